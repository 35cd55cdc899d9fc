import { describe, expect, it } from "vitest";
import { type Line, mayPlace, mayTend, step } from "./rules";

const at = (organisation_id: string, role = "administrator", scope: string | null = null) => ({
  organisation_id,
  role,
  scope,
});

describe("what one may do", () => {
  it("follows from administering it or what is above", () => {
    expect(mayTend([at("a")], ["root", "a", "b"])).toBe(true);
    expect(mayTend([at("b")], ["root", "a"])).toBe(false);
    expect(mayTend([at("a", "organizer"), at("a", "administrator", "edition:1")], ["root", "a"])).toBe(false);
  });

  it("takes somebody above to move or end it, and nobody moves the root", () => {
    expect(mayPlace([at("a")], ["root", "a"])).toBe(false);
    expect(mayPlace([at("root")], ["root", "a"])).toBe(true);
    expect(mayPlace([at("root")], ["root"])).toBe(false);
  });
});

describe("keys in the tree", () => {
  const line = (id: string, parent: string | null, opens = false, open = false): Line => ({ id, parent, opens, open });
  const lines = [line("root", null, true, true), line("a", "root", true), line("b", "root")];

  it("go up and down, to the first and the last", () => {
    expect(step(lines, "root", "ArrowDown")).toEqual({ to: "a" });
    expect(step(lines, "root", "ArrowUp")).toBeUndefined();
    expect(step(lines, "a", "End")).toEqual({ to: "b" });
    expect(step(lines, "b", "Home")).toEqual({ to: "root" });
  });

  it("open, go in, close and go out", () => {
    expect(step(lines, "a", "ArrowRight")).toEqual({ open: "a" });
    expect(step(lines, "root", "ArrowRight")).toEqual({ to: "a" });
    expect(step(lines, "b", "ArrowRight")).toBeUndefined();
    expect(step(lines, "root", "ArrowLeft")).toEqual({ close: "root" });
    expect(step(lines, "b", "ArrowLeft")).toEqual({ to: "root" });
  });

  it("leave the rest alone", () => {
    expect(step(lines, "a", "x")).toBeUndefined();
    expect(step(lines, "nowhere", "End")).toBeUndefined();
  });
});
