/** States of the cells of a grid: what is saved, refused or in conflict, and what cannot be calculated. */

import type { CellAddress, CellState, Grid } from "../../grid";
import type { PendingCell } from "../../cells";
import type { Store } from "../../store";
import type { Key } from "../../wire";

const STATES: Readonly<Record<PendingCell["state"], CellState>> = {
  saving: "saving",
  wrong: "error",
  conflict: "conflict",
};

export interface Fault extends CellAddress {
  readonly text: string;
}

export class Marks<Row> {
  private shown = new Map<string, CellAddress>();

  constructor(
    private readonly grid: Grid<Row>,
    private readonly store: Store,
  ) {}

  /** As it is now; `faults` are of what the server has. */
  draw(keys: ReadonlySet<Key>, faults: readonly Fault[] = []): void {
    const now = new Map<string, { address: CellAddress; state: CellState; text: string | undefined }>();
    for (const { key, column, text } of faults) {
      now.set(`${key} ${column}`, { address: { key, column }, state: "error", text });
    }
    for (const cell of this.store.cells.all()) {
      if (!keys.has(cell.key)) continue;
      const address = { key: cell.key, column: cell.field };
      now.set(`${cell.key} ${cell.field}`, { address, state: STATES[cell.state], text: cell.text });
    }
    for (const [name, address] of this.shown) if (!now.has(name)) this.grid.mark(address, null);
    for (const { address, state, text } of now.values()) this.grid.mark(address, state, text);
    this.shown = new Map([...now].map(([name, { address }]) => [name, address]));
  }
}
