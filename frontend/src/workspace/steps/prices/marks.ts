/** States of cells: what is being saved, what was refused, what conflicts, and what others changed. */

import type { PendingCell } from "../../cells";
import type { CellAddress, CellState, Grid } from "../../grid";
import type { Store } from "../../store";
import { columnOf } from "./reader";
import type { PriceRow } from "./rows";
import type { Prices } from "./source";

const STATES: Readonly<Record<PendingCell["state"], CellState>> = {
  saving: "saving",
  wrong: "error",
  conflict: "conflict",
};

export class CellMarks {
  private shown = new Map<string, CellAddress>();

  constructor(
    private readonly grid: Grid<PriceRow>,
    private readonly store: Store,
    private readonly prices: Prices,
  ) {}

  /** What is not saved yet, as it is now. */
  pending(): void {
    const now = new Map<string, CellAddress>();
    for (const cell of this.store.cells.all()) {
      const column = columnOf(cell.field);
      if (!column || !this.prices.row(cell.key)) continue;
      const address = { key: cell.key, column };
      now.set(`${address.key} ${address.column}`, address);
      this.grid.mark(address, STATES[cell.state], cell.text);
    }
    for (const [name, address] of this.shown) if (!now.has(name)) this.grid.mark(address, null);
    this.shown = now;
  }

  /** Prices that came with the last answer and were not written here. */
  others(): void {
    if (this.store.lastAnswer?.act !== undefined) return;
    const cells = this.prices.changed.map(({ key }) => ({ key, column: "recorded" }));
    if (cells.length > 0) this.grid.flash(cells);
  }
}
