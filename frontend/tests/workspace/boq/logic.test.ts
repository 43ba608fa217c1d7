import { describe, expect, it } from "vitest";

import { BillDocument, type Row } from "../../../src/workspace/document";
import { counts, matching } from "../../../src/workspace/steps/boq/filters";
import { guess } from "../../../src/workspace/steps/boq/paste";
import { replaced, type Wanted } from "../../../src/workspace/steps/boq/replace";
import { boqTexts } from "../../../src/workspace/steps/boq/texts";
import { looksLikeCode, typedNumber } from "../../../src/workspace/steps/boq/typed";

describe("what a pasted block holds", () => {
  it("is told by its titles, which then are no row", () => {
    const cells = [
      ["No", "Uraian Pekerjaan", "Sat.", "Volume", "Harga Satuan (Rp)", "Jumlah"],
      ["1", "Galian tanah", "m3", "1.234,5", "107.360", "1"],
    ];
    expect(guess(cells, [])).toEqual({
      fields: ["number", "description", "unit", "quantity", "unit_price", "amount"],
      header: true,
    });
  });

  it("is told by its contents where there are no titles", () => {
    const cells = [
      ["I", "", "PEKERJAAN TANAH", "", "", ""],
      ["1", "1.2.1.1.1", "Galian tanah biasa sedalam 1 m", "m³", "118,45", "107.360,00"],
      ["2", "1.3.1.1", "Urukan kembali galian", "m³", "Rp 24", "71.500,00"],
    ];
    expect(guess(cells, [])).toEqual({
      fields: ["number", "code", "description", "unit", "quantity", "unit_price"],
      header: false,
    });
  });

  it("takes grouped amounts and formulas for numbers, not for codes", () => {
    const cells = [
      ["1", "Galian tanah", "m3", "1.250", "80.000"],
      ["2", "Urugan pasir", "m3", "=2*(3+4)", "150.000"],
      ["3", "Papan nama", "bh", "dua", "1.250.000"],
    ];
    expect(guess(cells, []).fields).toEqual(["number", "description", "unit", "quantity", "unit_price"]);
  });

  it("takes a column of codes for codes and one of words for descriptions", () => {
    expect(guess([["2.2.1.4.5"], ["3.6.1.8"]], []).fields).toEqual(["code"]);
    expect(guess([["Beton mutu f'c 20"], ["Bekisting kolom"]], []).fields).toEqual(["description"]);
  });

  it("falls back to the columns it was pasted over", () => {
    expect(guess([["12", "13"]], ["quantity", "unit_price"]).fields).toEqual(["quantity", "unit_price"]);
  });
});

describe("texts", () => {
  it("tells codes from words", () => {
    for (const code of ["2.2.1.4.5", "A.4.1.1.4", "3.1.(1)", "T.06.a.1)", "1.2.1.1.1."]) expect(looksLikeCode(code), code).toBe(true);
    for (const words of ["Beton f'c 20", "galian", "12", "1,5", "K-225", "Pipa 3/4"]) expect(looksLikeCode(words), words).toBe(false);
  });

  it("writes numbers as they are typed", () => {
    expect(["1234.50", "-0.125", "1000000", "", null].map(typedNumber)).toEqual(["1234,5", "-0,125", "1000000", "", ""]);
  });

  const wanted = (changes: Partial<Wanted>): Wanted => ({
    find: "beton",
    by: "Beton",
    columns: ["description"],
    matchCase: false,
    whole: false,
    ...changes,
  });

  it("replaces every occurrence, in any case unless asked", () => {
    expect(replaced("beton BETON batu", wanted({ by: "x" }))).toBe("x x batu");
    expect(replaced("beton BETON", wanted({ by: "x", matchCase: true }))).toBe("x BETON");
    expect(replaced("batu", wanted({}))).toBeNull();
    expect(replaced("Beton K-225", wanted({ whole: true }))).toBeNull();
    expect(replaced(" Beton ", wanted({ whole: true, by: "y" }))).toBe("y");
    expect(replaced("İstanbul beton", wanted({ by: "x" }))).toBe("İstanbul x");
    expect(replaced("$& a.b", wanted({ find: "a.b", by: "$1" }))).toBe("$& $1");
  });

  it("says the same in both languages", () => {
    expect(Object.keys(boqTexts.en.issue)).toEqual(Object.keys(boqTexts.id.issue));
  });
});

describe("filters", () => {
  const row = (key: string, version: number, description = ""): Row => ({
    key,
    kind: key.charAt(0),
    parent: null,
    position: Number(key.slice(1)),
    version,
    values: { description },
  });
  const bill = new BillDocument();
  bill.load([row("i1", 3, "Galian"), row("i2", 7, "Béton"), row("i3", 3), row("s4", 9)]);
  bill.setFigures(
    [
      ["i1", "1", "1", "PRICED", null],
      ["i2", "1", "1", "PARTIAL", ["analysis.partial"]],
      ["i3", null, null, "UNPRICED", ["quantity.missing", "item.unpriced"]],
      ["s4", null, "2", "PARTIAL", 2],
    ],
    true,
  );
  const found = (filter: Parameters<typeof matching>[1]): string[] => {
    const matches = matching(bill, filter);
    return bill.order.filter((place) => !matches || matches(place)).map((place) => place.row.key);
  };

  it("find items by their state, by what changed and by words", () => {
    expect(found({ state: "incomplete", since: { revision: 0, label: "" }, words: "" })).toEqual(["i2", "i3"]);
    expect(found({ state: "no-quantity", since: { revision: 0, label: "" }, words: "" })).toEqual(["i3"]);
    expect(found({ state: "changed", since: { revision: 5, label: "" }, words: "" })).toEqual(["i2", "s4"]);
    expect(found({ state: "changed", since: { revision: 5, label: "" }, words: "beton" })).toEqual(["i2"]);
    expect(matching(bill, { state: null, since: { revision: 0, label: "" }, words: " " })).toBeNull();
  });

  it("count each state", () => {
    expect(counts(bill, 5)).toEqual({ incomplete: 2, partial: 1, unpriced: 1, "no-quantity": 1, changed: 2 });
  });
});
