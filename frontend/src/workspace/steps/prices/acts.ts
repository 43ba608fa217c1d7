/** What a person does to prices becomes commands. */

import type { CellEdit as PendingEdit } from "../../cells";
import type { Workspace } from "../../context";
import type { CellEdit, EditCause } from "../../grid";
import { formatCount } from "../../numbers";
import type { Answer, Key, Values } from "../../wire";
import { fieldOf, type Field } from "./reader";
import type { PriceRow, Resource } from "./rows";
import type { Prices } from "./source";
import type { PriceTexts } from "./texts";

export type Typed = Readonly<Partial<Record<Field, string>>>;

export interface NewConversion {
  readonly name: string;
  readonly from_unit: string;
  readonly to_unit: string;
  readonly factor: string;
}

export class Acts {
  constructor(
    private readonly workspace: Workspace,
    private readonly prices: Prices,
    private readonly texts: PriceTexts,
  ) {}

  private count(value: number): string {
    return formatCount(value, this.workspace.language);
  }

  /** Cells of one act. A unit that is typed is asked about first: its price and its factor are other ones. */
  edit(edits: readonly CellEdit[], cause: EditCause, askUnit: (row: PriceRow, unit: string) => void): void {
    const rows = new Map<Key, { row: PriceRow; typed: Partial<Record<Field, string>> }>();
    for (const edit of edits) {
      const row = this.prices.row(edit.key);
      const field = fieldOf(edit.column);
      if (!row || !field) continue;
      if (field === "purchase_unit" && cause === "type" && edits.length === 1) return askUnit(row, edit.text.trim());
      const known = rows.get(row.key) ?? { row, typed: {} };
      known.typed[field] = edit.text.trim();
      rows.set(row.key, known);
    }
    const wanted = [...rows.values()].map(({ row, typed }) => ({ row, typed: completed(row, typed) }));
    this.set(wanted.filter(({ row, typed }) => row.own || typed.price), this.texts.acts.set(this.count(edits.length)));
  }

  set(
    rows: readonly { readonly row: PriceRow; readonly typed: Typed }[],
    label: string,
    conversions: readonly NewConversion[] = [],
  ): Promise<Answer | null> {
    if (rows.length === 0) return Promise.resolve(null);
    const cells: PendingEdit[] = rows.flatMap(({ row, typed }) =>
      Object.entries(typed).map(([field, text]) => ({ key: row.key, field, typed: text })),
    );
    return this.workspace.perform("prices.set", this.values(rows, conversions), { cells, label });
  }

  /** The arguments of prices.set. */
  values(
    rows: readonly { readonly row: PriceRow; readonly typed: Typed }[],
    conversions: readonly NewConversion[] = [],
  ): Values {
    const cells = rows.map(({ row, typed }) => ({ ...this.place(row), values: { ...typed } }));
    return conversions.length > 0 ? { cells, conversions: conversions.map((one) => ({ ...one })) } : { cells };
  }

  private place(row: PriceRow): { key: Key; resource: { kind: string; name: string; unit: string }; version: number | null } {
    return { key: row.key, resource: resourceOf(row), version: this.prices.body?.revision ?? null };
  }

  reset(keys: readonly Key[]): void {
    const rows = keys.flatMap((key) => this.prices.row(key) ?? []).filter((row) => row.own);
    if (rows.length === 0) return;
    const resources = rows.map((row) => this.place(row));
    void this.workspace.perform("prices.reset", { resources }, { label: this.texts.acts.reset(this.count(rows.length)) });
  }

  setConversion(conversion: NewConversion): Promise<Answer | null> {
    const values = { conversions: [{ ...conversion }] };
    return this.workspace.perform("conversions.set", values, { label: this.texts.acts.conversion });
  }

  removeConversion(key: Key): Promise<Answer | null> {
    return this.workspace.perform("conversions.remove", { keys: [key] }, { label: this.texts.acts.removeConversion });
  }
}

export const resourceOf = ({ kind, name, unit }: Resource): { kind: string; name: string; unit: string } => ({
  kind,
  name,
  unit,
});

/** A price typed over the book's is meant per the unit that stands beside it. */
export function completed(row: PriceRow, typed: Typed): Typed {
  const bare = typed.price && !row.own && typed.purchase_unit === undefined && row.recordedUnit !== row.unit;
  return bare ? { ...typed, purchase_unit: row.recordedUnit } : typed;
}
