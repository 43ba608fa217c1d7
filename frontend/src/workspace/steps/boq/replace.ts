/** Finding and replacing texts of the bill. */

import type { Field, SetRow, Typed } from "./commands";
import { fieldOf, type BoqRow, type Reader } from "./lines";

export interface Wanted {
  readonly find: string;
  readonly by: string;
  readonly columns: readonly string[];
  readonly matchCase: boolean;
  /** Only cells that are nothing else than what is looked for. */
  readonly whole: boolean;
}

/** The text after replacing, or null when it does not hold what is looked for. */
export function replaced(text: string, { find, by, matchCase, whole }: Wanted): string | null {
  if (find === "") return null;
  const [held, looked] = matchCase ? [text, find] : [text.toLowerCase(), find.toLowerCase()];
  if (whole) return held.trim() === looked.trim() ? by : null;
  // Lower case of some letters is longer than they are: then positions would not fit, and case is kept.
  const [within, sought] = held.length === text.length && looked.length === find.length ? [held, looked] : [text, find];
  if (!within.includes(sought)) return null;
  let result = "";
  let at = 0;
  for (let next = within.indexOf(sought); next >= 0; next = within.indexOf(sought, at)) {
    result += text.slice(at, next) + by;
    at = next + sought.length;
  }
  return result + text.slice(at);
}

/** Rows with their cells as they become; drafts are left alone. */
export function replacements(rows: readonly BoqRow[], reader: Reader, wanted: Wanted): SetRow[] {
  const found: SetRow[] = [];
  for (const row of rows) {
    if (!row.placed) continue;
    const typed: Partial<Record<Field, string>> = {};
    for (const column of wanted.columns) {
      const field = fieldOf(row, column);
      const text = field ? replaced(reader.text(row, field), wanted) : null;
      if (field && text !== null) typed[field] = text;
    }
    if (Object.keys(typed).length > 0) {
      found.push({ key: row.key, version: row.placed.row.version, values: typed as Typed });
    }
  }
  return found;
}

export const cellCount = (rows: readonly SetRow[]): number =>
  rows.reduce((sum, row) => sum + Object.keys(row.values).length, 0);
