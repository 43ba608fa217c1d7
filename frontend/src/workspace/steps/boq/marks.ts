/** States of cells in the grid: what is being saved, what was refused, what conflicts, and what others changed. */

import type { CellAddress, CellState, Grid } from "../../grid";
import type { PendingCell } from "../../cells";
import type { Row } from "../../document";
import type { Store } from "../../store";
import type { Key } from "../../wire";
import type { BoqRow } from "./lines";

/** Sections write their name where items write what they are. */
const columnOf = (field: string): string => (field === "name" ? "description" : field);

const STATES: Readonly<Record<PendingCell["state"], CellState>> = {
  saving: "saving",
  wrong: "error",
  conflict: "conflict",
};

export class CellMarks {
  private shown = new Map<string, CellAddress>();
  private seen = new Map<Key, Row>();

  constructor(
    private readonly grid: Grid<BoqRow>,
    private readonly store: Store,
  ) {}

  /** What is not saved yet, as it is now. */
  pending(): void {
    const now = new Map<string, CellAddress>();
    for (const cell of this.store.cells.all()) {
      const address = { key: cell.key, column: columnOf(cell.field) };
      now.set(`${address.key} ${address.column}`, address);
      this.grid.mark(address, STATES[cell.state], cell.text);
    }
    for (const [name, address] of this.shown) if (!now.has(name)) this.grid.mark(address, null);
    this.shown = now;
  }

  /** Cells that the last answer brought and nobody here typed stand out. */
  others(): void {
    const answer = this.store.lastAnswer;
    // A command of this page names its act; what came of others' does not.
    const foreign = answer !== null && answer.act === undefined;
    const changed = foreign ? answer.rows.flatMap(({ key }) => this.differing(key)) : [];
    if (changed.length > 0) this.grid.flash(changed);
    for (const { key } of answer?.rows ?? []) this.see(key);
  }

  /** All rows are known as they are: nothing of them is a change. */
  learn(): void {
    this.seen = new Map(this.store.bill.order.map(({ row }) => [row.key, row]));
  }

  private see(key: Key): void {
    const row = this.store.bill.row(key);
    if (row) this.seen.set(key, row);
  }

  private differing(key: Key): CellAddress[] {
    const [before, now] = [this.seen.get(key), this.store.bill.row(key)];
    if (!now || before === now) return [];
    if (!before) return [{ key, column: "description" }];
    const fields = Object.keys(now.values).filter((field) => now.values[field] !== before.values[field]);
    return fields.map((field) => ({ key, column: columnOf(field) }));
  }
}
