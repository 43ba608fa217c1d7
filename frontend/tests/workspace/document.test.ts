// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { figuresOf, rowOf, rowsOf } from "../../src/workspace/document";
import { dropTarget, indent, insertTarget, moveDown, moveUp, outdent, rootsOf, withContent } from "../../src/workspace/moves";
import { letters, numberRows, type NumberingRule, roman } from "../../src/workspace/numbering";
import { foldable, matchingWords, numbersOf, visibleRows } from "../../src/workspace/outline";
import { missingAt, missingIn } from "../../src/workspace/step-states";
import type { WireRow } from "../../src/workspace/wire";
import { billOf, item, keysOf, part, section, TOTALS } from "./rows";

const everything = { folded: new Set<string>(), matches: null };

describe("places", () => {
  it("are in document order with their level and their end", () => {
    const bill = billOf();
    expect(keysOf(bill.order)).toEqual(["s1", "i1", "s2", "i2", "i3", "i4", "i5", "s3"]);
    expect(bill.order.map((place) => place.level)).toEqual([0, 1, 1, 2, 2, 1, 0, 0]);
    expect(bill.place("s1")?.end).toBe(6);
    expect(keysOf(bill.children("s1"))).toEqual(["i1", "s2", "i4"]);
    expect(keysOf(bill.children(null))).toEqual(["s1", "i5", "s3"]);
    expect(bill.ancestors("i3")).toEqual(["s1", "s2"]);
  });

  it("put a row whose section is not there at the top rather than lose it", () => {
    expect(keysOf(billOf([item("i1", "s9", 1)]).order)).toEqual(["i1"]);
  });

  it("follow what was written, made and removed", () => {
    const bill = billOf();
    expect(bill.merge([rowOf(item("i1", "s1", 1, { description: "new" }, 5))], [])).toBe(false);
    expect(bill.order[1]?.row.values["description"]).toBe("new");
    expect(bill.merge([rowOf(item("i6", "s3", 1, {}, 6))], ["i2"])).toBe(true);
    expect(keysOf(bill.order)).toEqual(["s1", "i1", "s2", "i3", "i4", "i5", "s3", "i6"]);
  });

  it("keep the later version of a row", () => {
    const bill = billOf();
    bill.merge([rowOf(item("i1", "s1", 1, { description: "later" }, 9))], []);
    bill.merge([rowOf(item("i1", "s1", 1, { description: "earlier" }, 8))], []);
    expect(bill.row("i1")?.values["description"]).toBe("later");
  });

  it("take figures for some rows, or for all", () => {
    const bill = billOf();
    bill.setFigures([["i1", "2", "20", "PRICED", null], ["i2", null, null, "UNPRICED", ["item.unpriced"]]], false);
    bill.setFigures([["i1", "3", "30", "PRICED", null], ["s2", null, "30", "PARTIAL", 2]], false);
    expect([bill.figure("i1")?.amount, bill.figure("i2")?.status, bill.figure("s2")?.incomplete]).toEqual(["30", "UNPRICED", 2]);
    bill.setFigures([["i1", "3", "30", "PRICED", null]], true);
    expect(bill.figure("i2")).toBeUndefined();
  });

  it("come in parts, each row behind its key", () => {
    const sent = part();
    expect(rowsOf(sent)).toEqual(expect.arrayContaining([expect.objectContaining({ key: "i2", parent: "s2", position: 1 })]));
    expect(figuresOf(sent)).toHaveLength(8);
  });

  it("tell what each step has yet to mend", () => {
    const bill = billOf();
    bill.setFigures(
      [
        ["i1", "1", null, "PARTIAL", ["quantity.missing"]],
        ["i2", null, null, "UNPRICED", ["analysis.unknown"]],
        ["i3", "5", "5", "PARTIAL", ["analysis.partial", "unit.contradicts"]],
        ["s1", null, "5", "PARTIAL", 3],
      ],
      true,
    );
    const missing = missingIn(bill);
    expect(missing).toEqual({ quantity: 1, analysis: 1, price: 1 });
    expect(missingAt("prices", missing, TOTALS)).toBe(1);
    expect(missingAt("needs", missing, TOTALS)).toBeNull();
    expect(missingAt("volume", missing, { ...TOTALS, item_count: 0 })).toBeNull();
  });
});

describe("what is in view", () => {
  it("leaves out what stands in folded sections", () => {
    const bill = billOf();
    expect(keysOf(visibleRows(bill, { ...everything, folded: new Set(["s2"]) }))).toEqual(["s1", "i1", "s2", "i4", "i5", "s3"]);
    expect(keysOf(visibleRows(bill, { ...everything, folded: new Set(["s1", "s2"]) }))).toEqual(["s1", "i5", "s3"]);
    expect(foldable(bill)).toEqual(["s1", "s2"]);
  });

  it("keeps the sections around what a filter finds, folded or not", () => {
    const view = { folded: new Set(["s1"]), matches: (place: { row: { key: string } }) => place.row.key === "i3" };
    expect(keysOf(visibleRows(billOf(), view))).toEqual(["s1", "s2", "i3"]);
  });

  it("finds words without capitals and accents", () => {
    const find = (words: string): string[] =>
      keysOf(visibleRows(billOf(), { ...everything, matches: matchingWords(words, ["description", "unit"]) }));
    expect(find("beton F'C")).toEqual(["s1", "i1"]);
    expect(find("tanah m3")).toEqual(["i5"]);
    expect(find("tanah kolom")).toEqual([]);
    expect(matchingWords("  ", ["description"])).toBeNull();
  });
});

describe("numbers", () => {
  const golden = JSON.parse(
    readFileSync(new URL("../../../tests/golden/numbering.json", import.meta.url), "utf8"),
  ) as {
    trees: { name: string; rows: (Record<NumberingRule, string> & { level: number })[] }[];
    letters: [number, string][];
    roman: [number, string][];
  };

  it.each(golden.trees)("of $name are those of the engine", ({ rows }) => {
    for (const rule of ["written", "decimal", "letters", "roman"] as const) {
      expect(numberRows(rows, rule)).toEqual(rows.map((row) => row[rule]));
    }
  });

  it("of one level are those of the engine", () => {
    for (const [value, text] of golden.letters) expect(letters(value)).toBe(text);
    for (const [value, text] of golden.roman) expect(roman(value)).toBe(text);
  });

  it("stand by the rows they belong to", () => {
    expect(numbersOf(billOf(), "roman").get("i3")).toBe("I.2.b");
  });
});

describe("moving", () => {
  const bill = billOf();

  it("takes a section with all that stands in it, once", () => {
    expect(keysOf(rootsOf(bill, ["i3", "s2", "i1"]))).toEqual(["i1", "s2"]);
    expect(keysOf(withContent(bill, ["s2", "i2"]))).toEqual(["s2", "i2", "i3"]);
  });

  it("goes up and down among the rows of one parent", () => {
    expect(moveUp(bill, ["i4"])).toEqual({ parent: "s1", after: "i1" });
    expect(moveUp(bill, ["s2"])).toEqual({ parent: "s1", after: null });
    expect(moveUp(bill, ["i1"])).toBeNull();
    expect(moveDown(bill, ["i1", "s2"])).toEqual({ parent: "s1", after: "i4" });
    expect(moveDown(bill, ["s3"])).toBeNull();
    expect(moveUp(bill, ["i1", "i2"])).toBeNull();
  });

  it("goes into the section before and out of the one around", () => {
    expect(indent(bill, ["i4"])).toEqual({ parent: "s2", after: "i3" });
    expect(indent(bill, ["i5"])).toEqual({ parent: "s1", after: "i4" });
    expect(indent(bill, ["i1"])).toBeNull();
    expect(indent(bill, ["s3"])).toBeNull();
    expect(outdent(bill, ["i2", "i3"])).toEqual({ parent: "s1", after: "s2" });
    expect(outdent(bill, ["s3"])).toBeNull();
  });

  it("drops before, behind and inside, but never inside itself", () => {
    expect(dropTarget(bill, ["i5"], "i1", "before")).toEqual({ parent: "s1", after: null });
    expect(dropTarget(bill, ["i1"], "i4", "before")).toEqual({ parent: "s1", after: "s2" });
    expect(dropTarget(bill, ["i1"], "s2", "before")).toEqual({ parent: "s1", after: null });
    expect(dropTarget(bill, ["i5"], "s2", "after")).toEqual({ parent: "s1", after: "s2" });
    expect(dropTarget(bill, ["i5"], "s2", "inside")).toEqual({ parent: "s2", after: "i3" });
    expect(dropTarget(bill, ["i5"], "i1", "inside")).toBeNull();
    expect(dropTarget(bill, ["s1"], "i3", "after")).toBeNull();
  });

  it("makes a row where the cursor stands", () => {
    expect(insertTarget(bill, "i2", new Set())).toEqual({ parent: "s2", after: "i2" });
    expect(insertTarget(bill, "s2", new Set())).toEqual({ parent: "s2", after: null });
    expect(insertTarget(bill, "s2", new Set(["s2"]))).toEqual({ parent: "s1", after: "s2" });
    expect(insertTarget(bill, null, new Set())).toEqual({ parent: null, after: "s3" });
  });
});

it("arranges, folds, filters and numbers 12,000 rows in steps that grow with the rows", () => {
  const rows: WireRow[] = [];
  for (let group = 0; group < 400; group += 1) {
    rows.push(section(`s${group}`, group % 20 === 0 ? null : `s${group - (group % 20)}`, group));
    for (let at = 0; at < 29; at += 1) rows.push(item(`i${group * 29 + at}`, `s${group}`, 1000 + at));
  }
  const bill = billOf(rows);
  expect(bill.size).toBe(12_000);
  expect(keysOf(visibleRows(bill, { folded: new Set(foldable(bill)), matches: null }))).toHaveLength(20);
  expect(numbersOf(bill, "decimal").size).toBe(12_000);
});
