/** Which rows of the bill are looked at, by their state, by what changed, and by words. */

import type { BillDocument, Placed } from "../../document";
import { matchingWords } from "../../outline";
import type { Since } from "./since";

export const STATES = ["incomplete", "partial", "unpriced", "no-quantity", "changed"] as const;
export type State = (typeof STATES)[number];

export interface Filter {
  readonly state: State | null;
  /** For "changed": rows written after this revision, and what it is called. */
  readonly since: Since;
  readonly words: string;
}

export const ALL: Filter = { state: null, since: { revision: 0, label: "" }, words: "" };

const WORDS = ["description", "name", "code", "number", "unit"];

type Matches = (place: Placed) => boolean;

function stateMatches(bill: BillDocument, state: State, since: number): Matches {
  if (state === "changed") return ({ row }) => row.version > since;
  return ({ row }) => {
    const figure = row.kind === "i" ? bill.figure(row.key) : undefined;
    if (!figure) return false;
    if (state === "no-quantity") return figure.issues.includes("quantity.missing");
    if (state === "incomplete") return figure.status !== "PRICED";
    return figure.status === (state === "partial" ? "PARTIAL" : "UNPRICED");
  };
}

/** Null shows everything. */
export function matching(bill: BillDocument, filter: Filter): Matches | null {
  const byState = filter.state ? stateMatches(bill, filter.state, filter.since.revision) : null;
  const byWords = matchingWords(filter.words, WORDS);
  if (!byState || !byWords) return byState ?? byWords;
  return (place) => byState(place) && byWords(place);
}

/** How many items there are of each state. */
export function counts(bill: BillDocument, since: number): Record<State, number> {
  const found: Record<State, number> = { incomplete: 0, partial: 0, unpriced: 0, "no-quantity": 0, changed: 0 };
  const matches = STATES.map((state) => [state, stateMatches(bill, state, since)] as const);
  for (const place of bill.order) {
    for (const [state, holds] of matches) if (holds(place)) found[state] += 1;
  }
  return found;
}

export const isState = (text: string | undefined): text is State => STATES.some((state) => state === text);
