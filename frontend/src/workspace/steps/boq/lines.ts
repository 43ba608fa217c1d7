/** The rows of the grid: a line of the bill or a draft, with what the columns read of it. */

import type { Figure, Placed } from "../../document";
import type { Store } from "../../store";
import type { Key, Value } from "../../wire";
import type { Field } from "./commands";
import { TAIL, type Draft, type Line } from "./drafts";

export interface BoqRow {
  readonly key: Key;
  readonly kind: "s" | "i";
  readonly level: number;
  /** A section that holds something. */
  readonly children: boolean;
  readonly collapsed: boolean;
  /** By the rule of the project. */
  readonly number: string;
  readonly placed: Placed | null;
  readonly draft: Draft | null;
}

export function rowOfLine(line: Line, number: string, collapsed: (key: Key) => boolean): BoqRow {
  const { placed, draft, level } = line;
  if (!placed) {
    return { key: draft.key, kind: draft.kind, level, children: false, collapsed: false, number: "", placed, draft };
  }
  const { row } = placed;
  const children = placed.end > placed.index + 1;
  const kind = row.kind === "s" ? "s" : "i";
  return { key: row.key, kind, level, children, collapsed: children && collapsed(row.key), number, placed, draft: null };
}

export const isTail = (row: BoqRow): boolean => row.key === TAIL;

/** The field of the server behind a column, for this kind of row; null where the row has no such field. */
export function fieldOf(row: BoqRow, column: string): Field | null {
  if (row.kind === "s") return column === "description" ? "name" : column === "number" ? "number" : null;
  return FIELDS.has(column) ? (column as Field) : null;
}

const FIELDS = new Set(["number", "code", "description", "unit", "quantity", "unit_price", "overhead"]);

/** Reads rows for the columns: what was typed and is not saved yet stands before what the server has. */
export class Reader {
  constructor(readonly store: Store) {}

  /** Text that is not saved yet, or null. */
  pending(row: BoqRow, field: Field): string | null {
    return row.draft?.typed[field] ?? this.store.cells.get(row.key, field)?.typed ?? null;
  }

  value(row: BoqRow, field: string): Value {
    return row.placed?.row.values[field] ?? null;
  }

  text(row: BoqRow, field: Field): string {
    const value = this.pending(row, field) ?? row.draft?.shown[field] ?? this.value(row, field);
    return value === null ? "" : String(value);
  }

  /** Open threads about the row. */
  notes(row: BoqRow): number {
    return this.store.comments[row.key] ?? 0;
  }

  figure(row: BoqRow): Figure | undefined {
    return this.store.bill.figure(row.key);
  }
}
