/** What each line of a pasted block is to become: a section, a work item, or nothing. Numbers are not read here. */

import { folding } from "../../outline";
import type { Field, NewRow, Typed } from "./commands";
import type { Mapping } from "./paste";

export type Became = "item" | "section" | "nothing";

export interface PastedLine {
  /** Position in the block, from 0. */
  readonly line: number;
  readonly became: Became;
  readonly id: string;
  /** The line of the section it stands in; null: at the target itself. */
  readonly inside: number | null;
  readonly typed: Typed;
}

const OF_ITEMS: readonly Field[] = ["code", "unit", "quantity", "unit_price", "overhead"];
/** Sums and headings of tables are no works: "Jumlah", "Sub total A", "Terbilang". */
const SUM = /^(sub\s?-?total|sub jumlah|jumlah|total|grand total|terbilang|ppn|dibulatkan|pembulatan)\b/;

function typedOf(cells: readonly string[], fields: Mapping): Partial<Record<Field, string>> {
  const typed: Partial<Record<Field, string>> = {};
  fields.forEach((field, at) => {
    const text = cells[at]?.replace(/\s+/g, " ").trim() ?? "";
    if (field && text !== "") typed[field] = text;
  });
  return typed;
}

function kindOf(typed: Typed): Became {
  const words = typed.description ?? "";
  if (typed.unit === undefined && SUM.test(folding(words))) return "nothing";
  if (OF_ITEMS.some((field) => typed[field] !== undefined)) return "item";
  return words === "" ? "nothing" : "section";
}

/** How a number is written tells sections of one level from those of another: "II", "B", "2", "A.1". */
export function styleOf(number: string): string {
  const parts = number.replace(/[.)\s]+$/, "").split(".");
  const last = parts.at(-1) ?? "";
  const style = /^[IVXLC]+$/.test(last) ? "I" : /^[A-Z]{1,2}$/.test(last) ? "A" : /^[a-z]{1,2}$/.test(last) ? "a" : "1";
  return number === "" ? "" : `${parts.length}${style}`;
}

interface OpenSection {
  readonly line: number;
  readonly style: string;
}

/** Sections that are open where a section of this style comes: one of the same style and all in it are closed.
    Without a number a section stands beside the last one, unless that one is still empty: then inside it. */
function around(open: readonly OpenSection[], style: string, lastIsSection: boolean): OpenSection[] {
  const same = open.findLastIndex((section) => section.style === style);
  if (style === "" && same >= 0 && lastIsSection) return [...open];
  return same < 0 ? [...open] : open.slice(0, same);
}

/** A letter that could be a Roman number is one only where Roman numbers were before. */
function told(style: string, number: string, open: readonly OpenSection[]): string {
  const letter = /(?:^|\.)[IVXLC][.)\s]*$/.test(number) && number !== "";
  const asLetter = style.replace("I", "A");
  return letter && open.some((section) => section.style === asLetter) && !open.some((section) => section.style === style)
    ? asLetter
    : style;
}

export function readLines(cells: readonly (readonly string[])[], fields: Mapping): PastedLine[] {
  let open: OpenSection[] = [];
  let lastIsSection = false;
  return cells.map((row, line) => {
    const { description, ...rest } = typedOf(row, fields);
    const typed: Typed = description === undefined ? rest : { ...rest, description };
    const became = kindOf(typed);
    const inside = (): number | null => open.at(-1)?.line ?? null;
    const id = `p${line}`;
    if (became === "nothing") return { line, became, id, inside: null, typed };
    if (became === "item") {
      lastIsSection = false;
      return { line, became, id, inside: inside(), typed };
    }
    const number = typed.number ?? "";
    const style = told(styleOf(number), number, open);
    open = around(open, style, lastIsSection);
    const made: PastedLine = { line, became, id, inside: inside(), typed: named(typed) };
    open.push({ line, style });
    lastIsSection = true;
    return made;
  });
}

const named = ({ number, description }: Typed): Typed => ({
  ...(number === undefined ? {} : { number }),
  ...(description === undefined ? {} : { name: description }),
});

/** Rows for the server. A section that is left out leaves what is in it to the section around. */
export function rowsFor(lines: readonly PastedLine[], without: ReadonlySet<number>): NewRow[] {
  const byLine = new Map(lines.map((one) => [one.line, one]));
  const standing = (line: number | null): string | null => {
    const one = line === null ? undefined : byLine.get(line);
    if (!one) return null;
    return without.has(one.line) ? standing(one.inside) : one.id;
  };
  return lines
    .filter((one) => one.became !== "nothing" && !without.has(one.line))
    .map(({ id, became, typed, inside }) => {
      const parent = standing(inside);
      const row: NewRow = { id, type: became === "section" ? "section" : "item", values: typed };
      return parent === null ? row : { ...row, parent };
    });
}
