import { describe, expect, it } from "vitest";
import { instantOf, wallOf } from "./times";

describe("wall times", () => {
  it("are those of the place, and lead back to the instant", () => {
    expect(wallOf("2031-05-02T01:30:00Z", "Asia/Shanghai")).toBe("2031-05-02T09:30");
    expect(instantOf("2031-05-02T09:30", "Asia/Shanghai")).toBe("2031-05-02T01:30:00.000Z");
    expect(instantOf("2031-07-01T09:30", "Europe/Paris")).toBe("2031-07-01T07:30:00.000Z");
  });

  it("come before the change of clocks where they are twice", () => {
    expect(instantOf("2031-10-26T02:30", "Europe/Paris")).toBe("2031-10-26T00:30:00.000Z");
  });

  it("are empty where there is none", () => {
    expect(wallOf(null, "Asia/Shanghai")).toBe("");
    expect(instantOf("", "Asia/Shanghai")).toBeNull();
  });
});
