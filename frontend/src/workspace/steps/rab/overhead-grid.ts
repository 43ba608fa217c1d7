/** The bill with the rate of overhead of each item; only the rate can be changed here. */

import type { Placed } from "../../document";
import { type Column, createGrid, type Grid } from "../../grid";
import { formatBound, formatMoney, formatNumber } from "../../numbers";
import type { NumberingRule } from "../../numbering";
import { numbersOf, visibleRows } from "../../outline";
import type { Key } from "../../wire";
import type { ViewParts } from "./view";

const RATE = "overhead";

export interface OverheadActs {
  edit(rates: readonly { key: Key; rate: string }[]): void;
  /** Items that are chosen, those in chosen sections among them. */
  choose(keys: readonly Key[]): void;
}

export class OverheadGrid {
  private readonly grid: Grid<Placed>;
  private readonly folded = new Set<Key>();
  private numbers: ReadonlyMap<Key, string> = new Map();
  private readonly stop: () => void;

  constructor(
    host: HTMLElement,
    private readonly parts: ViewParts,
    private readonly acts: OverheadActs,
  ) {
    const { workspace, texts } = parts;
    const { store } = workspace;
    this.grid = createGrid<Placed>(host, {
      columns: this.columns(),
      rows: this.rows(),
      keyOf: (place) => place.row.key,
      label: texts.gridLabel,
      language: workspace.language,
      remember: "rab-overhead",
      frozen: matchMedia("(max-width: 720px)").matches ? 0 : 2,
      readOnly: !workspace.may("write"),
      empty: texts.empty,
      treeOf: (place) => ({
        level: place.level,
        children: place.end > place.index + 1,
        collapsed: this.folded.has(place.row.key),
      }),
      toneOf: (place) => (place.row.kind === "s" ? "is-section" : ""),
      onToggle: (key, collapse) => this.toggle(key, collapse),
      onEdit: (edits) => acts.edit(edits.map(({ key, text }) => ({ key, rate: text.trim() }))),
      onSelect: ({ active, keys }) => this.select(active?.key ?? null, keys),
    });
    const redraw = [
      store.on(["order", "rows", "settings"], () => this.grid.setRows(this.rows())),
      store.on("figures", () => this.grid.update(store.bill.order)),
      store.on("cells", () => this.marks()),
      store.on("head", () => this.grid.setReadOnly(!workspace.may("write"))),
    ];
    this.stop = () => redraw.forEach((one) => one());
  }

  destroy(): void {
    this.stop();
    this.grid.destroy();
  }

  private rows(): Placed[] {
    const { bill, settings } = this.parts.workspace.store;
    this.numbers = numbersOf(bill, (settings?.numbering ?? "written") as NumberingRule);
    return visibleRows(bill, { folded: this.folded, matches: null });
  }

  private toggle(key: Key, collapse: boolean): void {
    if (collapse) this.folded.add(key);
    else this.folded.delete(key);
    this.grid.setRows(this.rows());
  }

  private select(active: Key | null, keys: readonly Key[]): void {
    const { store } = this.parts.workspace;
    if (active) store.select([active], RATE);
    const items = new Set<Key>();
    for (const key of keys) {
      const place = store.bill.place(key);
      if (!place) continue;
      for (const one of store.bill.order.slice(place.index, place.end)) if (one.row.kind === "i") items.add(one.row.key);
    }
    this.acts.choose([...items]);
  }

  private marks(): void {
    const { store } = this.parts.workspace;
    this.grid.clearMarks();
    for (const cell of store.cells.all()) {
      if (cell.field !== RATE) continue;
      this.grid.mark({ key: cell.key, column: RATE }, cell.state === "wrong" ? "error" : cell.state, cell.text ?? "");
    }
    this.grid.update(store.bill.order);
  }

  /** What counts for the item: its own rate, or the project's. */
  private rate(place: Placed): { text: string; source: string } {
    const { workspace, texts } = this.parts;
    const { store, language } = workspace;
    const { key, kind, values } = place.row;
    if (kind !== "i") return { text: "", source: "" };
    const typed = store.cells.get(key, RATE)?.typed;
    const own = values[RATE];
    if (typed) return { text: typed, source: texts.ofLine };
    if (typed === undefined && own !== null && own !== undefined) {
      return { text: formatNumber(String(own), language), source: texts.ofLine };
    }
    if (values["unit_price"] !== null && values["unit_price"] !== undefined) return { text: "", source: texts.ofOwnPrice };
    return { text: formatNumber(store.settings?.overhead ?? "", language), source: texts.ofProject };
  }

  private columns(): Column<Placed>[] {
    const { workspace, texts } = this.parts;
    const { store, language } = workspace;
    const own = (place: Placed): string => {
      const typed = store.cells.get(place.row.key, RATE)?.typed;
      const value = place.row.values[RATE];
      return typed ?? (value === null || value === undefined ? "" : formatNumber(String(value), "id"));
    };
    return [
      { id: "number", title: texts.no, kind: "code", width: 72, readOnly: true, text: (place) => this.numbers.get(place.row.key) ?? "" },
      {
        id: "description",
        title: texts.description,
        kind: "text",
        width: 320,
        readOnly: true,
        tree: true,
        text: ({ row }) => String(row.values["name"] ?? row.values["description"] ?? ""),
      },
      {
        id: "unit_price",
        title: texts.unitPrice,
        unit: "Rp",
        kind: "money",
        width: 118,
        readOnly: true,
        text: ({ row }) => (row.kind === "i" ? formatMoney(store.bill.figure(row.key)?.unitPrice, language) : ""),
      },
      {
        id: "amount",
        title: texts.amount,
        unit: "Rp",
        kind: "money",
        width: 140,
        readOnly: true,
        text: ({ row }) => {
          const figure = store.bill.figure(row.key);
          return formatBound(figure?.amount, figure?.status === "PARTIAL", language);
        },
        tone: ({ row }) => (store.bill.figure(row.key)?.status === "PARTIAL" ? "is-bound" : ""),
      },
      {
        id: RATE,
        title: texts.rateColumn,
        unit: "%",
        kind: "number",
        width: 80,
        readOnly: ({ row }) => row.kind !== "i",
        text: (place) => this.rate(place).text,
        typed: own,
        tone: (place) => (own(place) ? "" : "is-quiet"),
      },
      { id: "source", title: texts.source, kind: "unit", width: 104, readOnly: true, text: (place) => this.rate(place).source },
    ];
  }
}
