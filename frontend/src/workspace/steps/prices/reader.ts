/** Reads rows for the columns: what was typed and is not saved yet stands before what the server has. */

import { formatNumber } from "../../numbers";
import type { Store } from "../../store";
import type { Language } from "../../texts";
import type { PriceRow } from "./rows";
import type { PriceTexts } from "./texts";
import { typedDecimal } from "./typed";

/** Fields of the server that a person writes, by the column they stand in. */
export const FIELDS = {
  recorded: "price",
  recordedUnit: "purchase_unit",
  source: "source",
  region: "region",
  dated: "dated",
  document: "document",
  note: "note",
} as const;

export type EditColumn = keyof typeof FIELDS;
export type Field = (typeof FIELDS)[EditColumn];

export const fieldOf = (column: string): Field | null => (column in FIELDS ? FIELDS[column as EditColumn] : null);

export function columnOf(field: string): EditColumn | null {
  const found = Object.entries(FIELDS).find(([, name]) => name === field);
  return found ? (found[0] as EditColumn) : null;
}

export class Reader {
  constructor(
    private readonly store: Store,
    readonly texts: PriceTexts,
    readonly language: Language,
  ) {}

  pending(row: PriceRow, column: EditColumn): string | null {
    return this.store.cells.get(row.key, FIELDS[column])?.typed ?? null;
  }

  /** As it is shown. */
  text(row: PriceRow, column: EditColumn): string {
    const typed = this.pending(row, column);
    if (typed !== null) return typed;
    if (column === "recorded") return row.recorded === null ? "" : formatNumber(row.recorded, this.language, 0);
    if (column === "dated") return this.day(row.dated);
    return row[column];
  }

  /** As it would be typed. */
  typed(row: PriceRow, column: EditColumn): string {
    const typed = this.pending(row, column);
    if (typed !== null) return typed;
    return column === "recorded" ? typedDecimal(row.recorded) : this.text(row, column);
  }

  /** 2026-12-31 as 31/12/2026, which the server reads too. */
  day(iso: string | null): string {
    return (iso ?? "").replace(/^(\d{4})-(\d{2})-(\d{2})$/, "$3/$2/$1");
  }
}
