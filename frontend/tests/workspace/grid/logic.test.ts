import { describe, expect, it } from "vitest";

import { dropPlace } from "../../../src/workspace/grid/drag";
import { filledArea } from "../../../src/workspace/grid/filling";
import { editIntentOf, intentOf, type Key } from "../../../src/workspace/grid/keys";
import { copyArea, cycle, edge, tab, touched, type Extent } from "../../../src/workspace/grid/selection";
import { formatTsv, parseTsv, tile } from "../../../src/workspace/grid/tsv";

const key = (name: string, held: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("texts of clipboards", () => {
  it("reads rows and cells as spreadsheets write them, without the empty line at the end", () => {
    expect(parseTsv("Galian\tm³\t1.234,5\r\nUrugan\tm³\t7\r\n", 100)).toEqual([
      ["Galian", "m³", "1.234,5"],
      ["Urugan", "m³", "7"],
    ]);
  });

  it("reads line ends, tabs and quotes in quoted cells", () => {
    expect(parseTsv('"baris 1\r\nbaris 2"\t"a\tb"\n"kata ""beton"""\tx', 100)).toEqual([
      ["baris 1\nbaris 2", "a\tb"],
      ['kata "beton"', "x"],
    ]);
  });

  it("takes a quote that quotes nothing for what it is", () => {
    expect(parseTsv('3" pipa\t"a" b\n"tidak ditutup', 100)).toEqual([
      ['3" pipa', '"a" b'],
      ['"tidak ditutup', ""],
    ]);
  });

  it("makes all rows as wide as the widest and keeps empty cells", () => {
    expect(parseTsv("a\n\t\nb\tc\td", 100)).toEqual([
      ["a", "", ""],
      ["", "", ""],
      ["b", "c", "d"],
    ]);
  });

  it("stops at the limit, also when only the width of one row makes it too much", () => {
    expect(parseTsv("1\t2\n3\t4", 4)).not.toBeNull();
    expect(parseTsv("1\t2\n3\t4\n5", 4)).toBeNull();
    expect(parseTsv(`${"\t".repeat(50)}\n1\n2\n3`, 60)).toBeNull();
  });

  it("writes what it reads", () => {
    const cells = [
      ["a\tb", 'kata "x"', "baris\nbaris"],
      ["", "1.234,5", "=A1"],
    ];
    expect(parseTsv(formatTsv(cells), 100)).toEqual(cells);
  });

  it("repeats a block over an area that is a multiple of it", () => {
    expect(tile([["7"]], 2, 2)).toEqual([
      ["7", "7"],
      ["7", "7"],
    ]);
    expect(tile([["1"], ["2"]], 3, 1)).toEqual([["1"], ["2"]]);
  });
});

describe("where the cursor goes", () => {
  const extent: Extent = { rows: 10, columns: 4 };
  const filledRows = new Set([0, 1, 2, 5, 6]);
  const down = (row: number): number =>
    edge({ row, column: 0 }, 1, 0, extent, (at) => filledRows.has(at)).row;

  it("jumps to the end of a run, over a gap, and to the border", () => {
    expect(down(0)).toBe(2);
    expect(down(2)).toBe(5);
    expect(down(5)).toBe(6);
    expect(down(6)).toBe(9);
    expect(down(9)).toBe(9);
  });

  it("goes round in a marked area", () => {
    const area = { top: 2, left: 1, bottom: 3, right: 2 };
    expect(cycle(area, { row: 3, column: 1 }, "columns", false)).toEqual({ row: 2, column: 2 });
    expect(cycle(area, { row: 3, column: 2 }, "columns", false)).toEqual({ row: 2, column: 1 });
    expect(cycle(area, { row: 2, column: 1 }, "rows", true)).toEqual({ row: 3, column: 2 });
  });

  it("goes on in the next row after the last column, and ends at the very end", () => {
    expect(tab({ row: 0, column: 3 }, false, extent)).toEqual({ row: 1, column: 0 });
    expect(tab({ row: 1, column: 0 }, true, extent)).toEqual({ row: 0, column: 3 });
    expect(tab({ row: 9, column: 3 }, false, extent)).toBeNull();
    expect(tab({ row: 0, column: 0 }, true, extent)).toBeNull();
  });

  it("copies several areas together only when they span the same columns", () => {
    const first = { top: 0, left: 0, bottom: 1, right: 2 };
    const same = { top: 5, left: 0, bottom: 5, right: 2 };
    const other = { top: 3, left: 1, bottom: 3, right: 1 };
    expect(copyArea([first, same]).rows).toEqual([0, 1, 5]);
    expect(copyArea([first, other])).toEqual({ rows: [3], columns: [1] });
    expect(touched([same, first], "rows")).toEqual([0, 1, 5]);
  });
});

describe("what keys mean", () => {
  it("moves, marks and jumps", () => {
    expect(intentOf(key("ArrowDown"))).toEqual({ act: "step", rows: 1, columns: 0, extend: false });
    expect(intentOf(key("ArrowLeft", { ctrlKey: true, shiftKey: true }))).toEqual({
      act: "edge",
      rows: 0,
      columns: -1,
      extend: true,
    });
    expect(intentOf(key("End", { ctrlKey: true }))).toEqual({ act: "corner", end: true, extend: false });
  });

  it("indents, moves and folds with Alt, and leaves the browser its own", () => {
    expect(intentOf(key("ArrowRight", { altKey: true, shiftKey: true }))).toEqual({ act: "indent", by: 1 });
    expect(intentOf(key("ArrowUp", { altKey: true }))).toEqual({ act: "shift", by: -1 });
    expect(intentOf(key("_", { altKey: true, shiftKey: true }))).toEqual({ act: "fold", shut: true });
    expect(intentOf(key("ArrowLeft", { altKey: true }))).toBeNull();
    expect(intentOf(key("c", { ctrlKey: true }))).toBeNull();
    expect(intentOf(key("F5"))).toBeNull();
  });

  it("fills down and to the right as spreadsheets do, and leaves Ctrl+Shift+R to the browser", () => {
    expect(intentOf(key("d", { ctrlKey: true }))).toEqual({ act: "fill" });
    expect(intentOf(key("r", { ctrlKey: true }))).toEqual({ act: "fill-right" });
    expect(intentOf(key("R", { ctrlKey: true, shiftKey: true }))).toBeNull();
    const area = { top: 2, left: 1, bottom: 3, right: 2 };
    expect(filledArea(area, { row: 6, column: 3 })).toEqual({ ...area, bottom: 6 });
    expect(filledArea(area, { row: 4, column: 7 })).toEqual({ ...area, right: 7 });
    expect(filledArea(area, { row: 0, column: 0 })).toBe(area);
  });

  it("types characters, those of AltGr too", () => {
    expect(intentOf(key("g"))).toEqual({ act: "type", text: "g" });
    expect(intentOf(key("²", { ctrlKey: true, altKey: true }))).toEqual({ act: "type", text: "²" });
  });

  it("lets arrows leave an editor that typing opened, and move the caret after F2", () => {
    expect(editIntentOf(key("ArrowDown"), true)).toBe("down");
    expect(editIntentOf(key("ArrowLeft"), false)).toBeNull();
    expect(editIntentOf(key("Enter", { shiftKey: true }), false)).toBe("up");
    expect(editIntentOf(key("Tab"), false)).toBe("right");
    expect(editIntentOf(key("Enter", { ctrlKey: true }), false)).toBe("fill");
  });
});

it("drops into rows that hold others only in their middle", () => {
  expect([0.1, 0.5, 0.9].map((share) => dropPlace(share, true))).toEqual(["before", "inside", "after"]);
  expect([0.1, 0.9].map((share) => dropPlace(share, false))).toEqual(["before", "after"]);
});
