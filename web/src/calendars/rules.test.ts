import { describe, expect, it } from "vitest";
import { addressOf, clientNamed, kindOf, webcal } from "./rules";

describe("addresses", () => {
  it("of a public feed stand in the folder of its kind", () => {
    const url = addressOf("https://huitang.example", "edition", "forum-2027");
    expect(url).toBe("https://huitang.example/calendars/editions/forum-2027.ics");
    expect(webcal(url)).toBe("webcal://huitang.example/calendars/editions/forum-2027.ics");
    expect(webcal("http://localhost:8000/calendars/all.ics")).toBe("webcal://localhost:8000/calendars/all.ics");
  });
});

it("a topic's kind is at the beginning of its key", () => {
  expect(kindOf("series:7")).toBe("series");
  expect(kindOf("track:7")).toBeUndefined();
});

it("calendar programs are named as their owners know them", () => {
  expect(clientNamed("iOS/18.0 (22A) dataaccessd/1.0")).toBe("iPhone / iPad");
  expect(clientNamed("Mozilla/5.0 Thunderbird/140.0")).toBe("Thunderbird");
  expect(clientNamed("khal/0.11")).toBe("khal");
  expect(clientNamed("")).toBe("");
});
