/** Which rows of the bill are in view: folded sections hide what is in them, filters keep the sections around. */

import type { BillDocument, Placed } from "./document";
import { numberRows, type NumberingRule } from "./numbering";
import type { Key } from "./wire";

export interface View {
  readonly folded: ReadonlySet<Key>;
  /** Null shows everything. With a filter folded sections open as far as they hold what was found. */
  readonly matches: ((place: Placed) => boolean) | null;
}

/** Rows to show, in order. */
export function visibleRows(document: BillDocument, view: View): Placed[] {
  return view.matches ? filtered(document.order, view.matches) : unfolded(document.order, view.folded);
}

function unfolded(order: readonly Placed[], folded: ReadonlySet<Key>): Placed[] {
  if (folded.size === 0) return [...order];
  const shown: Placed[] = [];
  for (let at = 0; at < order.length; ) {
    const place = order[at]!;
    shown.push(place);
    at = folded.has(place.row.key) ? place.end : at + 1;
  }
  return shown;
}

/** From the last row to the first, so that each section knows whether something in it was found. */
function filtered(order: readonly Placed[], matches: (place: Placed) => boolean): Placed[] {
  const shown: Placed[] = [];
  let nearest = order.length;
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const place = order[at]!;
    const holdsMore = nearest < place.end;
    if (holdsMore || matches(place)) {
      shown.push(place);
      nearest = at;
    }
  }
  return shown.reverse();
}

/** Sections that hold something. */
export function foldable(document: BillDocument): Key[] {
  return document.order.filter((place) => place.end > place.index + 1).map((place) => place.row.key);
}

/** Numbers by the rule of the project, by key. */
export function numbersOf(document: BillDocument, rule: NumberingRule): Map<Key, string> {
  const order = document.order;
  const rows = order.map((place) => ({ level: place.level, written: String(place.row.values["number"] ?? "") }));
  const numbers = numberRows(rows, rule);
  return new Map(order.map((place, at) => [place.row.key, numbers[at] ?? ""]));
}

/** Words without capitals and accents, so that "Béton" is found by "beton". */
export const folding = (text: string): string => text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();

/** A filter by words: every word stands in one of the fields. */
export function matchingWords(words: string, fields: readonly string[]): ((place: Placed) => boolean) | null {
  const wanted = folding(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return null;
  return ({ row }) => {
    const text = folding(fields.map((field) => String(row.values[field] ?? "")).join(" "));
    return wanted.every((word) => text.includes(word));
  };
}
