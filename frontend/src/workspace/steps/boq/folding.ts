/** Which sections are folded: kept on this machine, one project at a time. */

import { memory } from "../../../dom";
import type { BillDocument } from "../../document";
import type { Key } from "../../wire";

export class Folding {
  readonly folded: Set<Key>;
  private readonly name: string;

  constructor(code: string) {
    this.name = `boq:folded:${code}`;
    this.folded = new Set((memory.read(this.name) ?? "").split(" ").filter(Boolean));
  }

  set(key: Key, fold: boolean): void {
    if (fold) this.folded.add(key);
    else this.folded.delete(key);
    this.keep();
  }

  /** Open a row and all around it. */
  open(bill: BillDocument, key: Key): void {
    for (const around of [...bill.ancestors(key), key]) this.folded.delete(around);
    this.keep();
  }

  /** Rows of so many levels stay in view; null opens everything. */
  toLevel(bill: BillDocument, levels: number | null): void {
    this.folded.clear();
    for (const { row, level, index, end } of bill.order) {
      if (levels !== null && level + 1 >= levels && end > index + 1) this.folded.add(row.key);
    }
    this.keep();
  }

  private keep(): void {
    memory.write(this.name, [...this.folded].join(" "));
  }
}

/** How many levels of sections there are. */
export const depthOf = (bill: BillDocument): number =>
  bill.order.reduce((most, { row, level }) => (row.kind === "s" ? Math.max(most, level + 1) : most), 0);
