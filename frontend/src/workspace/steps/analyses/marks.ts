/** States of the cells of an analysis: what is being saved, refused or in conflict. */

import type { CellAddress, CellState, Grid } from "../../grid";
import type { PendingCell } from "../../cells";
import type { Store } from "../../store";
import type { LineField } from "./commands";
import { COLUMN_OF } from "./reader";
import type { SheetRow } from "./rows";

const STATES: Readonly<Record<PendingCell["state"], CellState>> = {
  saving: "saving",
  wrong: "error",
  conflict: "conflict",
};

export class SheetMarks {
  private shown = new Map<string, CellAddress>();

  constructor(
    private readonly grid: Grid<SheetRow>,
    private readonly store: Store,
  ) {}

  draw(keys: ReadonlySet<string>): void {
    const now = new Map<string, CellAddress>();
    for (const cell of this.store.cells.all()) {
      const column = COLUMN_OF[cell.field as LineField];
      if (!keys.has(cell.key) || column === undefined) continue;
      const address = { key: cell.key, column };
      now.set(`${cell.key} ${column}`, address);
      this.grid.mark(address, STATES[cell.state], cell.text);
    }
    for (const [name, address] of this.shown) if (!now.has(name)) this.grid.mark(address, null);
    this.shown = now;
  }
}
