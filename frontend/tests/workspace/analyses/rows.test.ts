import { beforeEach, describe, expect, it } from "vitest";

import { formatTsv } from "../../../src/workspace/grid";
import { PendingCells } from "../../../src/workspace/cells";
import { fieldOf, SheetReader, typedNumber } from "../../../src/workspace/steps/analyses/reader";
import { groupState, LineDrafts, placeBehind, sheetRows, type SheetRow } from "../../../src/workspace/steps/analyses/rows";
import { copyLines, pastedLines } from "../../../src/workspace/steps/analyses/clipboard";
import { narrowed } from "../../../src/workspace/steps/analyses/list";
import { isTaking, takenResource, takingKey, takingPath } from "../../../src/workspace/steps/analyses/taking";
import { analysesTexts } from "../../../src/workspace/steps/analyses/texts";
import type { Analysis, Line, Listed } from "../../../src/workspace/steps/analyses/wire";

const LINE: Line = {
  key: null, version: null, place: null, line_kind: "resource", group_kind: "labor", name: "", unit: "", nested_code: "",
  coefficient: null, percent: null, price: null, of: [], unit_cost: null, amount: null, status: "PRICED", issues: [],
  origin: null, nested: null, change: "same", fields: [], reference_position: null, reference: null, effect: null,
};

function line(key: string | null, values: Partial<Line> = {}): Line {
  return { ...LINE, key, version: key === null ? null : 1, ...values };
}

function analysis(lines: readonly Line[], values: Partial<Analysis> = {}): Analysis {
  return {
    key: "a1", version: 1, sort: "modified", code: "1.1-M1", name: "Galian", unit: "m3", note: "",
    edition: { slug: "u", title: "u", regulation: "SE", number: "1", annex: "I" }, reference: null, status: "PRICED",
    labor: "90000.0", material: "0", equipment: "0", direct_cost: "97600.000", overhead_rate: "0.1",
    overhead_and_profit: "9760", exact: "107360", unit_price: "107360.00", issues: [], lines, revision: 1, item_count: 0,
    items: [], nested_by: [], ...values,
  };
}

const WORKER = line("l1", { name: "Pekerja", unit: "OH", coefficient: "0.75", amount: "90000", unit_cost: "120000" });
const FOREMAN = line("l2", { name: "Mandor", unit: "OH", coefficient: "0.038" });
const CEMENT = line("l3", { group_kind: "material", name: "Semen", unit: "kg", coefficient: "8.4" });
const NESTED = line("l4", {
  line_kind: "nested", group_kind: "", nested_code: "1.3", coefficient: "2",
  nested: { key: null, code: "1.3", name: "Plesteran", sort: "reference" },
});
const keys = (rows: readonly SheetRow[]): string[] => rows.map(({ key }) => key);

describe("rows of the grid", () => {
  it("are groups with their lines, a blank one in each, and the sums below", () => {
    const drafts = new LineDrafts();
    const { rows } = sheetRows(analysis([WORKER, CEMENT, FOREMAN, NESTED]), drafts, true);
    expect(keys(rows)).toEqual([
      "group:labor", "l1", "l2", drafts.tail("labor"),
      "group:material", "l3", drafts.tail("material"),
      "group:equipment", drafts.tail("equipment"),
      "group:other", "l4", drafts.tail("other"),
      "total:direct", "total:overhead", "total:exact", "total:rounded",
    ]);
  });

  it("have nothing to type into for whoever may only look", () => {
    const { rows } = sheetRows(analysis([WORKER]), new LineDrafts(), false);
    expect(keys(rows).filter((key) => !key.startsWith("total:"))).toEqual(["group:labor", "l1"]);
  });

  it("keep the keys of what has none: by place, and by the line of the reference that is gone", () => {
    const gone = line(null, { change: "removed", reference_position: 5 });
    const { rows } = sheetRows(analysis([line(null, { place: 1 }), gone]), new LineDrafts(), false);
    expect(keys(rows).slice(0, 3)).toEqual(["group:labor", "place:1", "removed:5"]);
  });

  it("say whether a group is complete, a lower bound or unknown", () => {
    const missing = line("l9", { status: "UNPRICED" });
    expect(groupState([WORKER])).toBe("whole");
    expect(groupState([WORKER, missing])).toBe("bound");
    expect(groupState([missing])).toBe("none");
    expect(groupState([line(null, { status: "UNPRICED", change: "removed" })])).toBe("whole");
  });
});

describe("lines on their way", () => {
  let drafts: LineDrafts;
  beforeEach(() => {
    drafts = new LineDrafts();
  });

  it("wait here until they say what they are of, and are then made once", () => {
    const key = drafts.tail("material");
    expect(drafts.write(key, "material", { name: "Semen" })).toBeNull();
    expect(drafts.tail("material")).not.toBe(key);
    expect(drafts.write(key, "material", { unit: "kg" })).toEqual({
      add: { key, line_kind: "resource", group_kind: "material", name: "Semen", unit: "kg" },
    });
    expect(drafts.write(key, "material", { coefficient: "1,5" })).toEqual({ set: { key, version: null, coefficient: "1,5" } });
    drafts.settle(key, "l7");
    expect(drafts.write(key, "material", { coefficient: "2" })).toEqual({ set: { key: "l7", version: null, coefficient: "2" } });
  });

  it("are analyses in the last group", () => {
    const key = drafts.tail("other");
    expect(drafts.write(key, "other", { nested_code: "1.1" })).toEqual({ add: { key, line_kind: "nested", nested_code: "1.1" } });
  });

  it("are made again with all that was typed once they were refused", () => {
    const key = drafts.tail("labor");
    drafts.write(key, "labor", { name: "Pekerja", unit: "OH", coefficient: "x" });
    drafts.settle(key, null);
    expect(drafts.write(key, "labor", { coefficient: "1" })).toMatchObject({ add: { key, name: "Pekerja", coefficient: "1" } });
  });

  it("are shown in their group until the analysis has them", () => {
    const key = drafts.tail("labor");
    drafts.write(key, "labor", { name: "Pekerja", unit: "OH" });
    drafts.settle(key, "l7");
    expect(keys(sheetRows(analysis([WORKER]), drafts, true).rows).slice(0, 3)).toEqual(["group:labor", "l1", key]);
    const now = sheetRows(analysis([WORKER, line("l7")]), drafts, true);
    expect([keys(now.rows).slice(0, 3), now.renamed.get(key)]).toEqual([["group:labor", "l1", "l7"], "l7"]);
  });

  it("can be given up as long as they were not sent", () => {
    const key = drafts.tail("labor");
    drafts.write(key, "labor", { name: "Pek" });
    expect(drafts.drop(key)).toBe(true);
    drafts.write(key, "labor", { name: "Pekerja", unit: "OH" });
    expect(drafts.drop(key)).toBe(false);
  });
});

describe("moving lines", () => {
  const whole = analysis([WORKER, CEMENT, FOREMAN, NESTED]);
  it("stays within the group by keys", () => {
    expect(placeBehind(whole, ["l1"], { by: 1 })).toEqual({ keys: ["l1"], after: "l2" });
    expect(placeBehind(whole, ["l2"], { by: -1 })).toEqual({ keys: ["l2"], after: null });
    expect(placeBehind(whole, ["l1"], { by: -1 })).toBeNull();
    expect(placeBehind(whole, ["l2"], { by: 1 })).toBeNull();
  });

  it("goes where they are dropped", () => {
    expect(placeBehind(whole, ["l4", "l1"], { target: "l3", place: "after" })).toEqual({ keys: ["l1", "l4"], after: "l3" });
    expect(placeBehind(whole, ["l4"], { target: "l2", place: "before" })).toEqual({ keys: ["l4"], after: "l3" });
    expect(placeBehind(whole, ["l4"], { target: "gone", place: "after" })).toBeNull();
  });
});

describe("what cells show", () => {
  const percentage = line("l5", {
    line_kind: "percentage", group_kind: "equipment", name: "Alat", percent: "5", of: ["l1", "l3"],
  });
  const reader = new SheetReader(new PendingCells(), new LineDrafts(), analysesTexts.id, "id");
  const row = (one: Line): SheetRow => ({ sort: "line", key: one.key ?? "x", group: "labor", line: one });
  reader.analysis = analysis([WORKER, CEMENT, percentage]);

  it("reads numbers in the language and types them in Indonesian", () => {
    expect(reader.text(row(WORKER), "coefficient")).toBe("0,75");
    expect(reader.typed(row(WORKER), "coefficient")).toBe("0,75");
    expect(typedNumber("1234.5")).toBe("1234,5");
    expect(typedNumber(null)).toBe("");
  });

  it("says what a percentage is of", () => {
    expect(reader.text(row(percentage), "name")).toBe("Alat (dari Pekerja, Semen)");
    expect(reader.typed(row(percentage), "name")).toBe("Alat");
    expect(reader.text(row(percentage), "coefficient")).toBe("5\u00a0%");
    expect([fieldOf(row(percentage), "coefficient"), fieldOf(row(percentage), "unit")]).toEqual(["percent", null]);
  });

  it("tells differences by a shape, a word and the value before", () => {
    const before = { ...WORKER, coefficient: "0.5", of: [], amount: "60000" };
    const changed = line("l1", { ...WORKER, change: "changed", fields: ["coefficient"], reference: before, effect: "30000.0" });
    expect(reader.text(row(changed), "difference")).toBe("≠ 0,5");
    expect(reader.text(row(changed), "effect")).toBe("+30.000");
    expect(reader.text(row(line(null, { change: "removed", effect: "-500" })), "effect")).toBe("\u2212500");
    expect(reader.text(row(line("l8", { change: "added" })), "difference")).toBe("+ baru");
    expect(reader.signed("0.000")).toBe("");
  });

  it("marks what has no price, and lower bounds", () => {
    const missing = line("l6", { name: "Pasir", unit: "m3", status: "UNPRICED" });
    expect(reader.text(row(missing), "unit_cost")).toBe("belum ada");
    expect(reader.text(row(missing), "amount")).toBe("");
    const group: SheetRow = { sort: "group", key: "group:labor", group: "labor" };
    expect(reader.text(group, "amount")).toBe("90.000,00");
    reader.analysis = analysis([WORKER, missing], { status: "PARTIAL" });
    expect(reader.text(group, "amount")).toBe("≥\u00a090.000,00");
    const total: SheetRow = { sort: "total", key: "total:direct", total: "direct" };
    expect(reader.text(total, "amount")).toBe("≥\u00a097.600,00");
    expect(reader.text({ ...total, total: "overhead" }, "coefficient")).toBe("10\u00a0%");
  });

  it("offers nothing to change in what is not the project's", () => {
    expect(fieldOf(row(line(null, { place: 1 })), "coefficient")).toBeNull();
    expect(fieldOf(row(NESTED), "name")).toBe("nested_code");
    expect(fieldOf(row(line("l7", { line_kind: "lump_sum" })), "unit_cost")).toBe("price");
  });
});

describe("copied lines", () => {
  it("are pasted as lines only where the clipboard still holds them", () => {
    const rows: SheetRow[] = [WORKER, FOREMAN].map((one) => ({ sort: "line", key: one.key ?? "", group: "labor", line: one }));
    expect(copyLines(analysis([WORKER, FOREMAN]), rows, formatTsv([["Pekerja", "OH"], ["Mandor", "OH"]]))).toBe(2);
    expect(pastedLines([["Pekerja", "OH"], ["Mandor", "OH"]])).toEqual({ values: { keys: ["l1", "l2"] }, count: 2 });
    expect(pastedLines([["Pekerja", "OH"]])).toBeNull();
  });

  it("of the edition are named by their place", () => {
    const one = line(null, { place: 3 });
    copyLines(analysis([one], { key: null, code: "1.1" }), [{ sort: "line", key: "place:3", group: "labor", line: one }], "x");
    expect(pastedLines([["x"]])).toEqual({ values: { keys: [], reference: "1.1", positions: [3] }, count: 1 });
  });
});

describe("the list", () => {
  const row = (code: string, values: Partial<Listed>): Listed => ({
    key: null, version: null, sort: "reference", code, name: `Pekerjaan ${code}`, unit: "m3", reference: null,
    status: "PRICED", direct_cost: "1", unit_price: "1", items: 1, amount: "1", nested: false, missing: [], ...values,
  });
  const rows = [row("1.1", {}), row("1.1-M1", { sort: "modified", status: "PARTIAL" }), row("P-1", { sort: "own", items: 0 })];
  const codes = (words: string, show: "all" | "modified" | "own" | "incomplete" | "unused"): string[] =>
    narrowed(rows, { words, show }).map(({ code }) => code);

  it("is narrowed by words of code and name and by state", () => {
    expect(codes("m1 pekerjaan", "all")).toEqual(["1.1-M1"]);
    expect([codes("", "modified"), codes("", "own"), codes("", "incomplete"), codes("", "unused")]).toEqual([
      ["1.1-M1"], ["P-1"], ["1.1-M1"], ["P-1"],
    ]);
  });
});

describe("what the inspector is asked", () => {
  it("is about the resource of a line, the analysis it nests, or the whole", () => {
    const resource = takingKey(analysis([]), WORKER) ?? "";
    expect(isTaking(resource)).toBe(true);
    expect(takingPath(resource)).toBe("where-used/?kind=labor&name=Pekerja&unit=OH");
    expect(takenResource(resource)).toEqual({ kind: "labor", name: "Pekerja", unit: "OH" });
    expect(takingPath(takingKey(analysis([]), NESTED) ?? "")).toBe("where-used/?analysis=1.3");
    expect(takingPath(takingKey(analysis([]), null) ?? "")).toBe("where-used/?analysis=a1");
    expect([takingKey(null, null), isTaking("i12")]).toEqual([null, false]);
  });
});
