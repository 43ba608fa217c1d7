/** The prices of the project, shared by the step and the inspector, asked for again when the revision rises. */

import type { Workspace } from "../../context";
import { FigureSource } from "../../figure-source";
import { Topics } from "../../topics";
import type { Answer, Key } from "../../wire";
import { type PriceRow, type PricesBody, rowsOf } from "./rows";

export class Prices {
  readonly topics = new Topics<"prices">();
  rows: readonly PriceRow[] = [];
  /** Rows that differ from those before. */
  changed: readonly PriceRow[] = [];
  private readonly source: FigureSource<PricesBody>;
  private byKey = new Map<Key, PriceRow>();
  private seen: PricesBody | null = null;

  constructor(workspace: Workspace) {
    const told = ({ prices }: Answer): PricesBody | undefined => prices as PricesBody | undefined;
    this.source = new FigureSource<PricesBody>(workspace, () => "prices-grid/", () => this.take(), told);
  }

  get body(): PricesBody | null {
    return this.source.value;
  }

  get failure(): string | null {
    return this.source.failure;
  }

  row(key: Key): PriceRow | undefined {
    return this.byKey.get(key);
  }

  destroy(): void {
    this.source.destroy();
  }

  private take(): void {
    const { value } = this.source;
    if (value && value !== this.seen) {
      const before = this.byKey;
      this.rows = rowsOf(value);
      this.byKey = new Map(this.rows.map((row) => [row.key, row]));
      this.changed = this.seen ? this.rows.filter((row) => differs(before.get(row.key), row)) : [];
      this.seen = value;
    }
    this.topics.tell("prices");
  }
}

function differs(before: PriceRow | undefined, now: PriceRow): boolean {
  return before?.recorded !== now.recorded || before.recordedUnit !== now.recordedUnit || before.source !== now.source;
}

const shared = new WeakMap<Workspace, { readonly prices: Prices; users: number }>();

/** The prices of the workspace and how to leave them: who leaves last lets them go. */
export function usePrices(workspace: Workspace): { readonly prices: Prices; readonly leave: () => void } {
  const known = shared.get(workspace) ?? { prices: new Prices(workspace), users: 0 };
  known.users += 1;
  shared.set(workspace, known);
  let left = false;
  const leave = (): void => {
    if (left) return;
    left = true;
    known.users -= 1;
    if (known.users > 0) return;
    known.prices.destroy();
    shared.delete(workspace);
  };
  return { prices: known.prices, leave };
}
