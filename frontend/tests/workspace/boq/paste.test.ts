import { describe, expect, it } from "vitest";

import type { Field } from "../../../src/workspace/steps/boq/commands";
import { readLines, rowsFor } from "../../../src/workspace/steps/boq/paste-rows";

const FIELDS: (Field | null)[] = ["number", "code", "description", "unit", "quantity"];

/** What each line became, with the line of its section. */
const told = (cells: string[][], fields = FIELDS): string[] =>
  readLines(cells, fields).map(({ became, inside }) => (inside === null ? became : `${became} in ${inside}`));

describe("lines of a pasted bill", () => {
  it("are sections by their numbers, and items in the section above them", () => {
    const cells = [
      ["I", "", "PEKERJAAN PERSIAPAN", "", ""],
      ["1", "", "Mobilisasi", "Ls", "1"],
      ["II", "", "PEKERJAAN TANAH", "", ""],
      ["A", "", "Galian", "", ""],
      ["1", "1.2.1.1.1", "Galian biasa", "m3", "118,45"],
      ["B", "", "Urukan", "", ""],
      ["1", "1.3.1.1", "Urukan kembali", "m3", "188,2"],
      ["III", "", "PEKERJAAN STRUKTUR", "", ""],
      ["1", "", "Beton", "m3", "42"],
    ];
    expect(told(cells)).toEqual([
      "section",
      "item in 0",
      "section",
      "section in 2",
      "item in 3",
      "section in 2",
      "item in 5",
      "section",
      "item in 7",
    ]);
  });

  it("nest by dots, and by standing directly below each other where nothing is numbered", () => {
    expect(told([["A", "", "X"], ["A.1", "", "Y"], ["", "2.2.1", "z"], ["A.2", "", "W"], ["B", "", "V"]])).toEqual([
      "section",
      "section in 0",
      "item in 1",
      "section in 0",
      "section",
    ]);
    expect(told([["", "", "BANGUNAN"], ["", "", "Tanah"], ["", "", "Galian", "m3"], ["", "", "Beton"]])).toEqual([
      "section",
      "section in 0",
      "item in 1",
      "section in 0",
    ]);
  });

  it("read C and D after A and B as letters, and I and V after II as Roman numbers", () => {
    const sections = (numbers: string[]): string[] => told(numbers.map((number) => [number, "", "X"]));
    expect(sections(["A", "B", "C", "D"])).toEqual(["section", "section", "section", "section"]);
    expect(sections(["I", "II", "V"])).toEqual(["section", "section", "section"]);
  });

  it("are nothing when they are empty, sums, or words of the table", () => {
    const cells = [["", "", ""], ["", "", "JUMLAH A"], ["", "", "Sub Total", "", "12"], ["", "", "Total station", "unit", "1"]];
    expect(told(cells)).toEqual(["nothing", "nothing", "nothing", "item"]);
  });

  it("keep what was typed, with one space between words", () => {
    const [line] = readLines([["1.", " 1.2.1 ", "Galian\n tanah  biasa", "m³", "1.234,5"]], FIELDS);
    expect(line?.typed).toEqual({
      number: "1.",
      code: "1.2.1",
      description: "Galian tanah biasa",
      unit: "m³",
      quantity: "1.234,5",
    });
  });
});

it("makes rows of lines, and leaves what is in a section that is left out to the section around", () => {
  const lines = readLines([["I", "", "A"], ["A", "", "B"], ["1", "", "c", "m3"], ["", "", "Jumlah"]], FIELDS);
  expect(rowsFor(lines, new Set())).toEqual([
    { id: "p0", type: "section", values: { number: "I", name: "A" } },
    { id: "p1", type: "section", parent: "p0", values: { number: "A", name: "B" } },
    { id: "p2", type: "item", parent: "p1", values: { number: "1", description: "c", unit: "m3" } },
  ]);
  expect(rowsFor(lines, new Set([1])).map((row) => row.parent)).toEqual([undefined, "p0"]);
});
