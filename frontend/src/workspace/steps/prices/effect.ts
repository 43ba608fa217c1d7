/** What the total would be with what is being typed: asked while somebody types, never written. */

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import type { Grid } from "../../grid";
import { type Acts, completed } from "./acts";
import type { PriceRow } from "./rows";
import type { Prices } from "./source";

const PAUSE = 180;

export class Effect {
  private timer = 0;
  private asked = 0;
  private readonly stops: (() => void)[];

  constructor(
    private readonly workspace: Workspace,
    private readonly prices: Prices,
    private readonly acts: Acts,
    private readonly grid: Grid<PriceRow>,
    private readonly label: string,
  ) {
    const { element } = grid;
    const typed = (): void => this.typed();
    const left = (): void => this.left();
    element.addEventListener("input", typed);
    element.addEventListener("keyup", left);
    element.addEventListener("focusout", left);
    this.stops = [
      () => element.removeEventListener("input", typed),
      () => element.removeEventListener("keyup", left),
      () => element.removeEventListener("focusout", left),
      workspace.store.on("answer", () => this.clear()),
    ];
  }

  destroy(): void {
    this.stops.forEach((stop) => stop());
    this.clear();
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), PAUSE);
  }

  /** The editor is closed and nothing of it is on its way. */
  private left(): void {
    queueMicrotask(() => {
      if (this.grid.draft() === null && this.workspace.store.cells.all().length === 0) this.clear();
    });
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.asked += 1;
    this.workspace.store.suppose(null);
  }

  private async ask(): Promise<void> {
    const draft = this.grid.draft();
    const row = draft ? this.prices.row(draft.key) : undefined;
    if (!draft || !row || draft.column !== "recorded") return;
    this.asked += 1;
    const { asked } = this;
    const { queue, store } = this.workspace;
    const typed = completed(row, { price: draft.text.trim() });
    if (!row.own && !typed.price) return store.suppose(null);
    try {
      const { totals } = await queue.preview("prices.set", this.acts.values([{ row, typed }]));
      if (asked === this.asked) store.suppose({ total: totals.rounded_total, lower: !totals.complete, label: this.label });
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      // What cannot be read yet has no effect yet.
      if (asked === this.asked) store.suppose(null);
    }
  }
}
