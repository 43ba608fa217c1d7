import { beforeEach, describe, expect, it } from "vitest";

import { PendingCells } from "../../../src/workspace/cells";
import type { Takeoff, TakeoffLine } from "../../../src/workspace/steps/volume/data";
import { LineDrafts, LineReader } from "../../../src/workspace/steps/volume/lines";

const EMPTY = { description: "", count: "", length: "", width: "", height: "", deduction: "", formula: "" };

function line(key: string, cells: Partial<TakeoffLine> = {}): TakeoffLine {
  return { key, version: 1, ...EMPTY, values: {}, value: null, issues: {}, ...cells };
}

function sheet(...lines: TakeoffLine[]): Takeoff {
  return { revision: 1, item: "i1", tag: 1, formula: "", quantity: null, issues: [], lines, use_count: 0, uses: [] };
}

describe("lines on their way", () => {
  let drafts: LineDrafts;
  beforeEach(() => {
    drafts = new LineDrafts();
  });

  it("are made once, however many cells are typed before the answer", () => {
    const key = drafts.tail;
    expect(drafts.write(key, { description: "As A" })).toEqual({ id: key, values: { description: "As A" } });
    expect(drafts.tail).not.toBe(key);
    expect(drafts.write(key, { count: "2" })).toEqual({ key, version: null, values: { count: "2" } });
    drafts.settle(key, "t7");
    expect(drafts.write(key, { length: "3" })).toEqual({ key: "t7", version: null, values: { length: "3" } });
  });

  it("are made again with all that was typed once they were refused", () => {
    const key = drafts.tail;
    drafts.write(key, { description: "As A" });
    drafts.write(key, { count: "2 m" });
    drafts.settle(key, null);
    expect(drafts.write(key, { count: "2" })).toEqual({ id: key, values: { description: "As A", count: "2" } });
  });

  it("are shown until the sheet has them, under the key they get", () => {
    const key = drafts.tail;
    drafts.write(key, { description: "As A" });
    expect(drafts.rows(sheet(), true).rows.map((row) => row.key)).toEqual([key, drafts.tail]);
    drafts.settle(key, "t7");
    expect(drafts.rows(sheet(), true).renamed.size).toBe(0);
    const now = drafts.rows(sheet(line("t7")), true);
    expect(now.rows.map((row) => row.key)).toEqual(["t7", drafts.tail]);
    expect(now.renamed.get(key)).toBe("t7");
    expect(drafts.rows(sheet(line("t7")), true).renamed.size).toBe(0);
  });

  it("have no blank line for whoever may only look, nor before the sheet is here", () => {
    expect(drafts.rows(sheet(line("t1")), false).rows).toHaveLength(1);
    expect(drafts.rows(null, true).rows).toHaveLength(0);
  });
});

describe("what a cell shows", () => {
  const cells = new PendingCells();
  const reader = new LineReader(cells, new LineDrafts(), "id");
  const row = { key: "t1", line: line("t1", { count: "2", length: "1,5*3", height: "x", values: { count: "2", length: "4.5" } }) };

  it("is a number as it was typed and a formula as what it comes to", () => {
    expect(reader.shown(row, "count")).toBe("2");
    expect(reader.shown(row, "length")).toBe("4,5");
    expect(reader.typed(row, "length")).toBe("1,5*3");
    expect(reader.isFormula(row, "length")).toBe(true);
    expect(reader.isFormula(row, "count")).toBe(false);
  });

  it("is what was typed where that has no value", () => {
    expect(reader.shown(row, "height")).toBe("x");
  });

  it("is what is not saved yet before what the server has", () => {
    cells.put("c", [{ key: "t1", field: "length", typed: "9" }]);
    expect(reader.shown(row, "length")).toBe("9");
    cells.drop("c");
  });

  it("is marked where the server cannot calculate it", () => {
    const issue = { code: "formula.unknown_name", severity: "error", text: "x belum ada" };
    const faulty = { key: "t2", line: line("t2", { height: "x", issues: { height: issue, "": issue } }) };
    expect(reader.faults([faulty])).toEqual([
      { key: "t2", column: "height", text: "x belum ada" },
      { key: "t2", column: "value", text: "x belum ada" },
    ]);
    expect(reader.fault(faulty, "height")).toBe("x belum ada");
  });
});
