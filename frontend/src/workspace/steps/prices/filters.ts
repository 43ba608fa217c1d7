/** Which prices are looked at, and in which order. */

import { compareNumbers } from "../../numbers";
import { folding } from "../../outline";
import type { Key } from "../../wire";
import type { Kind, PriceRow } from "./rows";

export const SHOWS = ["missing", "old", "own", "unsourced", "unused"] as const;
export type Show = (typeof SHOWS)[number];
export const ORDERS = ["missing", "cost", "name"] as const;
export type Order = (typeof ORDERS)[number];

export interface Filter {
  readonly kind: Kind | null;
  readonly show: Show | null;
  readonly order: Order;
  readonly words: string;
}

export const ALL: Filter = { kind: null, show: null, order: "missing", words: "" };

export const isShow = (text: string | undefined): text is Show => SHOWS.some((show) => show === text);

export const lacksPrice = (row: PriceRow): boolean => row.state === "missing" || row.state === "unconverted";

const MATCHES: Readonly<Record<Show, (row: PriceRow) => boolean>> = {
  missing: lacksPrice,
  old: (row) => row.old,
  own: (row) => row.own,
  unsourced: (row) => row.own && (row.source === "" || row.dated === null),
  unused: (row) => row.items === 0,
};

export function counts(rows: readonly PriceRow[]): Record<Show, number> {
  const found: Record<Show, number> = { missing: 0, old: 0, own: 0, unsourced: 0, unused: 0 };
  for (const row of rows) for (const show of SHOWS) found[show] += Number(MATCHES[show](row));
  return found;
}

function order(rows: PriceRow[], by: Order): PriceRow[] {
  if (by === "cost") return rows.sort((a, b) => compareNumbers(b.cost, a.cost));
  if (by === "name") return rows.sort((a, b) => a.name.localeCompare(b.name, "id"));
  // As the server gives them: missing ones first, then by kind and name.
  return rows;
}

export function shown(rows: readonly PriceRow[], filter: Filter): PriceRow[] {
  const wanted = folding(filter.words).split(/\s+/).filter(Boolean);
  const matches = (row: PriceRow): boolean => {
    if (filter.kind && row.kind !== filter.kind) return false;
    if (filter.show && !MATCHES[filter.show](row)) return false;
    if (wanted.length === 0) return true;
    const text = folding(`${row.name} ${row.unit} ${row.source} ${row.document}`);
    return wanted.every((word) => text.includes(word));
  };
  return order(rows.filter(matches), filter.order);
}

/** The rows of a filter as they stood when it was chosen: what is typed moves none of them, nor does it hide one. */
export class Standing {
  private keys: readonly Key[] | null = null;

  /** Ask the filter again. */
  forget(): void {
    this.keys = null;
  }

  rows(all: readonly PriceRow[], filter: Filter): readonly PriceRow[] {
    const matching = shown(all, filter);
    if (this.keys === null) {
      // Before anything is known nothing can stand.
      if (all.length > 0) this.keys = matching.map((row) => row.key);
      return matching;
    }
    const known = new Map(all.map((row) => [row.key, row]));
    const stood = new Set(this.keys);
    const newcomers = matching.filter((row) => !stood.has(row.key));
    // What somebody has yet to price is first here, also when the bill came to need it a moment ago.
    const first = filter.order === "missing" ? newcomers.filter(lacksPrice) : [];
    const rest = newcomers.filter((row) => !first.includes(row));
    return [...first, ...this.keys.flatMap((key) => known.get(key) ?? []), ...rest];
  }
}
