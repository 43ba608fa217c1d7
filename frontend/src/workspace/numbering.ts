/** Numbers of sections and work items by rule, as ahsp.engine.numbering does (tests/golden/numbering.json). */

export type NumberingRule = "written" | "decimal" | "letters" | "roman";

export const NUMBERING_RULES: readonly NumberingRule[] = ["written", "decimal", "letters", "roman"];

export interface Numbered {
  /** 0 at the top, and at most one more than that of the row above. */
  readonly level: number;
  readonly written: string;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];
const LARGEST_ROMAN = 3999;

/** I, II, … MMMCMXCIX; beyond 3,999, which Roman numbers do not write, digits. */
export function roman(value: number): string {
  if (value > LARGEST_ROMAN) return String(value);
  let text = "";
  let left = value;
  for (const [worth, digits] of ROMAN) {
    while (left >= worth) {
      text += digits;
      left -= worth;
    }
  }
  return text;
}

/** A … Z, AA, AB … as the columns of a spreadsheet. */
export function letters(value: number): string {
  let text = "";
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(65 + ((left - 1) % 26)) + text;
  }
  return text;
}

type Style = (value: number) => string;

/** The first levels of each rule; deeper ones are digits. */
const STYLES: Readonly<Record<Exclude<NumberingRule, "written">, readonly Style[]>> = {
  decimal: [],
  letters: [letters],
  roman: [roman, String, (value) => letters(value).toLowerCase()],
};

/** The number of each row, in document order. Sections and items of one parent share one count. */
export function numberRows(rows: readonly Numbered[], rule: NumberingRule): string[] {
  if (rule === "written") return rows.map((row) => row.written);
  const styles = STYLES[rule];
  const counts: number[] = [];
  const parts: string[] = [];
  return rows.map((row) => {
    const level = Math.min(row.level, counts.length);
    counts.length = Math.min(counts.length, level + 1);
    counts[level] = (counts[level] ?? 0) + 1;
    parts.length = level;
    parts[level] = (styles[level] ?? String)(counts[level]);
    return parts.join(".");
  });
}
