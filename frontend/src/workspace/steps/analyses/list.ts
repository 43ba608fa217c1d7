/** The analyses of the project in a grid: used, modified and own ones. */

import { createGrid, type Column, type Grid } from "../../grid";
import type { Workspace } from "../../context";
import { formatBound, formatCount, formatMoney } from "../../numbers";
import { redo, undo } from "../../shortcuts";
import type { AnalysesCommands } from "./commands";
import type { AnalysesData } from "./data";
import type { AnalysesTexts } from "./texts";
import type { Listed } from "./wire";

export const SHOWS = ["all", "modified", "own", "reference", "incomplete", "unused"] as const;
export type Show = (typeof SHOWS)[number];

export interface ListFilter {
  readonly words: string;
  readonly show: Show;
}

/** Where list and lines take turns. */
export const ONE_PANE = "(max-width: 720px)";

/** What the API and the grid know it by. */
export const namedOf = (row: Listed): string => row.key ?? row.code;

const PASSES: Readonly<Record<Show, (row: Listed) => boolean>> = {
  all: () => true,
  modified: ({ sort }) => sort === "modified",
  own: ({ sort }) => sort === "own",
  reference: ({ sort }) => sort === "reference",
  incomplete: ({ status }) => status !== "PRICED",
  unused: ({ items, nested }) => items === 0 && !nested,
};

/** Those whose code or name hold every word. */
export function narrowed(rows: readonly Listed[], { words, show }: ListFilter): Listed[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.code} ${row.name}`.toLowerCase();
    return PASSES[show](row) && wanted.every((word) => text.includes(word));
  });
}

export class List {
  private readonly grid: Grid<Listed>;
  private readonly stops: (() => void)[] = [];
  private filter: ListFilter = { words: "", show: "all" };
  private rows: Listed[] = [];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly commands: AnalysesCommands,
    private readonly data: AnalysesData,
    private readonly texts: AnalysesTexts,
    private readonly chosen: (row: Listed | null) => void,
  ) {
    this.grid = createGrid<Listed>(host, {
      columns: this.columns(),
      rows: [],
      keyOf: namedOf,
      label: texts.list,
      language: workspace.language,
      remember: "analyses-list",
      frozen: 1,
      readOnly: !workspace.may("write"),
      empty: texts.noAnalyses,
      onSelect: ({ active }) => this.chosen(active ? (this.grid.row(active.key) ?? null) : null),
      onRemove: (keys) => this.remove(keys),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
    });
    this.grid.setBusy(true);
    this.stops.push(
      data.topics.on("list", () => this.show()),
      workspace.store.on("head", () => this.grid.setReadOnly(!workspace.may("write"))),
    );
    if (data.listRead) this.show();
  }

  private columns(): Column<Listed>[] {
    const { texts, workspace } = this;
    const { language } = workspace;
    const fixed = { readOnly: true as const };
    return [
      {
        id: "code",
        title: texts.code,
        kind: "code",
        width: 118,
        ...fixed,
        text: (row) => `${row.code} ${texts.sortMarks[row.sort]}`.trim(),
        tone: (row) => `is-${row.sort}`,
        hint: (row) => [row.code, texts.sorts[row.sort], row.reference ? `${texts.fromReference}: ${row.reference}` : ""].filter(Boolean).join(" · "),
      },
      {
        id: "name",
        title: texts.name,
        kind: "text",
        width: 120,
        grow: true,
        ...fixed,
        text: (row) => row.name,
        hint: (row) => row.name,
      },
      {
        id: "sort",
        title: texts.origin,
        kind: "status",
        width: 74,
        hidden: true,
        ...fixed,
        text: (row) => texts.sorts[row.sort],
        tone: (row) => `is-${row.sort}`,
      },
      {
        id: "items",
        title: texts.items,
        kind: "number",
        width: 48,
        hidden: matchMedia(ONE_PANE).matches,
        ...fixed,
        text: (row) => (row.items > 0 ? formatCount(row.items, language) : row.nested ? "↳" : ""),
      },
      {
        id: "unit_price",
        title: texts.unitPrice,
        kind: "money",
        width: 112,
        ...fixed,
        text: (row) =>
          row.status === "UNPRICED" ? texts.statuses.UNPRICED : formatBound(row.unit_price, row.status === "PARTIAL", language),
        tone: (row) => (row.status === "PARTIAL" ? "is-bound" : row.status === "UNPRICED" ? "is-missing" : ""),
        hint: (row) => row.missing.join("; "),
      },
      { id: "unit", title: texts.unit, kind: "unit", width: 44, hidden: true, ...fixed, text: (row) => row.unit },
      {
        id: "amount",
        title: texts.amountAll,
        kind: "money",
        width: 120,
        hidden: true,
        ...fixed,
        text: (row) => formatMoney(row.amount, language),
      },
    ];
  }

  narrow(filter: Partial<ListFilter>): void {
    this.filter = { ...this.filter, ...filter };
    this.show();
  }

  private show(): void {
    this.rows = narrowed(this.data.list, this.filter);
    this.grid.setBusy(false);
    this.grid.setRows(this.rows);
  }

  /** Stand in the row of an analysis named by key or code, or in the first there is. */
  choose(named: string | null): void {
    const found = this.rows.find((row) => row.key === named || row.code === named) ?? this.rows[0];
    if (found) this.grid.select(namedOf(found), "code");
  }

  step(by: -1 | 1): void {
    const active = this.grid.selection().active?.key;
    const next = this.rows[this.rows.findIndex((row) => namedOf(row) === active) + by];
    if (next) this.grid.select(namedOf(next), "code");
  }

  private remove(keys: readonly string[]): void {
    const own = keys.flatMap((key) => this.grid.row(key) ?? []).filter((row) => row.key !== null);
    const names = own.map(({ code }) => code).join(", ");
    if (own.length > 0) void this.commands.remove(own.flatMap(({ key }) => key ?? []), this.texts.acts.remove(names));
  }

  focus(): void {
    this.grid.focus();
  }

  leave(): void {
    this.stops.forEach((stop) => stop());
    this.grid.destroy();
  }
}
