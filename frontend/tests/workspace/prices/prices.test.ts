import { describe, expect, it } from "vitest";

import { completed } from "../../../src/workspace/steps/prices/acts";
import { ALL, counts, shown, Standing } from "../../../src/workspace/steps/prices/filters";
import { pasteValues } from "../../../src/workspace/steps/prices/list-wire";
import {
  conversionOf,
  daysBetween,
  isMatterOfHours,
  keyOf,
  type PriceRow,
  type PricesBody,
  rowsOf,
} from "../../../src/workspace/steps/prices/rows";
import { today } from "../../../src/workspace/moments";
import { typedDecimal } from "../../../src/workspace/steps/prices/typed";
import { percentOf } from "../../../src/workspace/steps/prices/what-if";

const COLUMNS = [
  "kind", "name", "unit", "state", "price", "recorded", "recorded_unit", "factor", "book_price", "key", "version",
  "source", "region", "dated", "document", "note", "items", "cost", "share",
]; // prettier-ignore

const body = (rows: PricesBody["rows"]): PricesBody => ({
  revision: 7,
  book: { slug: "b", name: "Harga Kota", is_example: false, region: "Kota", valid_on: "2026-01-01", document: "SK 1" },
  hours_per_day: "7",
  old_after_days: 180,
  cost: "1000.00",
  columns: COLUMNS,
  rows,
  conversions: [
    { key: "c1", version: 3, name: "Semen", from_unit: "zak", to_unit: "kg", factor: "50", note: "" },
    { key: null, version: null, name: "Semen", from_unit: "zak", to_unit: "kg", factor: "40", note: "" },
  ],
});

const NOTHING = [null, null, null, null, null];
const ROWS = rowsOf(
  body([
    ["material", "Pasir", "m3", "missing", null, null, "m3", null, null, null, null, ...NOTHING, 1, null, null],
    ["labor", "Pekerja", "OH", "book", "120000", "120000", "OH", null, "120000", null, null, ...NOTHING, 4, "600", "0.6"],
    ["material", "Semen", "kg", "own", "1450", "72500", "zak", "0.02", "1300", "r5", 4, "", "", "2026-06-30", "", "", 2, "400.5", "0.4"],
  ]),
  "2026-07-10",
);
const [SAND, WORKER, CEMENT] = ROWS as [PriceRow, PriceRow, PriceRow];

describe("rows of prices", () => {
  it("take origin and age from the book where they have no own price", () => {
    expect([WORKER.source, WORKER.dated, WORKER.days, WORKER.old]).toEqual(["Harga Kota", "2026-01-01", 190, true]);
    expect([CEMENT.own, CEMENT.days, CEMENT.old]).toEqual([true, 10, false]);
    expect([SAND.own, SAND.days, SAND.source]).toEqual([false, null, ""]);
  });

  it("have a key of their identity, as a server's row key looks", () => {
    const keys = ROWS.map(keyOf);
    expect(new Set(keys).size).toBe(3);
    expect(keys.every((key) => /^r\d{5,18}$/.test(key))).toBe(true);
    expect(keyOf({ kind: "labor", name: "Pekerja", unit: "OJ" })).not.toBe(WORKER.key);
    expect(keyOf({ kind: "labor", name: "Pekerja", unit: "OH" })).toBe(WORKER.key);
  });

  it("count days between dates, over a leap day too, and never below none", () => {
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2026-07-11", "2026-07-10")).toBe(0);
    expect(daysBetween(null, "2026-07-10")).toBeNull();
    expect(daysBetween("1 Juli", "2026-07-10")).toBeNull();
    expect(today(new Date(2026, 0, 5))).toBe("2026-01-05");
  });

  it("find the factor that is used: the project's before the book's", () => {
    expect(conversionOf(CEMENT, body([]).conversions)?.factor).toBe("50");
    expect(conversionOf(WORKER, body([]).conversions)).toBeNull();
    expect([isMatterOfHours(WORKER, "OJ"), isMatterOfHours(CEMENT, "jam")]).toEqual([true, false]);
  });
});

describe("filters of prices", () => {
  it("keep what is asked for and its number", () => {
    expect(counts(ROWS)).toEqual({ missing: 1, old: 1, own: 1, unsourced: 1, unused: 0 });
    expect(shown(ROWS, { ...ALL, show: "missing" })).toEqual([SAND]);
    expect(shown(ROWS, { ...ALL, kind: "material", order: "cost" })).toEqual([CEMENT, SAND]);
    expect(shown(ROWS, { ...ALL, words: "kota pek" })).toEqual([WORKER]);
  });

  it("let rows stand where they are until they are asked again", () => {
    const standing = new Standing();
    expect(standing.rows([], { ...ALL, show: "missing" })).toEqual([]);
    expect(standing.rows(ROWS, { ...ALL, show: "missing" })).toEqual([SAND]);
    const priced = { ...SAND, state: "own" as const, price: "1" };
    expect(standing.rows([WORKER, CEMENT, priced], { ...ALL, show: "missing" })).toEqual([priced]);
    standing.forget();
    expect(standing.rows([WORKER, CEMENT, priced], { ...ALL, show: "missing" })).toEqual([]);
  });
});

describe("resources that the bill comes to need", () => {
  it("stand first while they lack a price, last when they have one", () => {
    const standing = new Standing();
    expect(standing.rows([WORKER], ALL)).toEqual([WORKER]);
    expect(standing.rows([WORKER, CEMENT, SAND], ALL)).toEqual([SAND, WORKER, CEMENT]);
  });
});

describe("what is typed", () => {
  it("over a book's price is meant per the unit that stands beside it", () => {
    const bought = { ...WORKER, recordedUnit: "OJ" };
    expect(completed(bought, { price: "20.000" })).toEqual({ price: "20.000", purchase_unit: "OJ" });
    expect(completed(WORKER, { price: "1" })).toEqual({ price: "1" });
    expect(completed(bought, { price: "" })).toEqual({ price: "" });
    expect(completed(CEMENT, { price: "70.000" })).toEqual({ price: "70.000" });
  });

  it("is written back so that it cannot be read otherwise", () => {
    expect(["1450.00", "12.555", "0.5", null].map(typedDecimal)).toEqual(["1450", "12,5550", "0,5", ""]);
  });

  it("as a percentage keeps its sign and its comma", () => {
    expect(["", "5", "−2,5", "-100", "1000"].map(percentOf)).toEqual(["0", "5", "-2.5", "-100", "1000"]);
    expect(["5%", "-101", "1001", "1.5", "=2"].map(percentOf)).toEqual([null, null, null, null, null]);
  });
});

describe("a price list on its way", () => {
  it("tells only the defaults that say something", () => {
    const sent = pasteValues({
      rows: [["Semen", "kg", "1"]],
      notation: "id",
      version: 3,
      without: [2],
      conversions: [],
      told: { source: "SSH", dated: " " },
    });
    expect(sent).toEqual({ rows: [["Semen", "kg", "1"]], notation: "id", version: 3, without: [2], conversions: [], source: "SSH" });
  });
});
