import { describe, expect, it } from "vitest";
import { kindsBy, readRows } from "./pasted";

const named = kindsBy((kind) => (kind === "panel" ? ["圆桌对话", "Panel"] : []));

describe("pasted rows", () => {
  it("are read with what people leave out, and as they type digits and kinds", () => {
    const text = "开幕式\tOpening\t４５分钟\t圆桌对话\r\n\r\n\tTides\t\t\r\n海流\t\t90\tPLENARY";
    const rows = readRows(text, named);
    expect(rows.map((line) => line.number)).toEqual([1, 3, 4]);
    expect(rows.map((line) => line.row)).toEqual([
      { title: { zh: "开幕式", en: "Opening" }, minutes: 45, kind: "panel" },
      { title: { zh: "", en: "Tides" }, minutes: null, kind: "talk" },
      { title: { zh: "海流", en: "" }, minutes: 90, kind: "plenary" },
    ]);
  });

  it("are refused one by one, with every reason", () => {
    const [first, second] = readRows("\t\tlong\tdance\n海流\tTides\t0", named);
    expect(first?.refusals).toEqual(["paste.no_title", "paste.bad_minutes", "paste.bad_kind"]);
    expect(first?.row).toBeUndefined();
    expect(second?.refusals).toEqual(["paste.bad_minutes"]);
  });
});
