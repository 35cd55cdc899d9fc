import { describe, expect, it } from "vitest";
import { browserOf } from "./rules";

describe("browserOf", () => {
  it("names browser and system", () => {
    expect(browserOf("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0")).toBe(
      "Edge · Windows",
    );
    expect(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")).toBe(
      "Safari · iPhone",
    );
  });

  it("says of an unknown one what it calls itself", () => {
    expect(browserOf("curl/8.14")).toBe("curl");
    expect(browserOf("")).toBe("");
  });
});
