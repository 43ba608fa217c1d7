/** The items of the bill with where their quantities come from. */

import { presenceMarks } from "../../company";
import { createGrid, type CellEdit, type Column, type Grid } from "../../grid";
import type { Workspace } from "../../context";
import type { Placed } from "../../document";
import { NUMBERING_RULES, type NumberingRule } from "../../numbering";
import { formatQuantity } from "../../numbers";
import { matchingWords, numbersOf, visibleRows } from "../../outline";
import { redo, undo } from "../../shortcuts";
import type { Key } from "../../wire";
import { typedNumber } from "../boq/typed";
import type { VolumeCommands } from "./commands";
import { Marks } from "./marks";
import type { VolumeTexts } from "./texts";
import { formulaEditor, offerNames } from "./typing";

export type Source = "number" | "formula" | "sheet" | "none";
export const SOURCES: readonly Source[] = ["none", "sheet", "formula", "number"];

export interface ItemsFilter {
  readonly words: string;
  readonly source: Source | null;
}

interface ItemRow {
  readonly key: Key;
  readonly placed: Placed;
  readonly number: string;
}

const NONE: ReadonlySet<Key> = new Set();

/** Where the quantity of an item comes from. */
export function sourceOf({ row }: Placed): Source {
  if (row.values["formula"]) return "formula";
  if (row.values["measured"]) return "sheet";
  return row.values["quantity"] === null ? "none" : "number";
}

export class Items {
  private readonly grid: Grid<ItemRow>;
  private readonly marks: Marks<ItemRow>;
  private readonly stops: (() => void)[] = [];
  private rows: ItemRow[] = [];
  private filter: ItemsFilter = { words: "", source: null };

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly commands: VolumeCommands,
    private readonly texts: VolumeTexts,
    private readonly chosen: (key: Key | null) => void,
  ) {
    this.grid = createGrid<ItemRow>(host, {
      columns: this.columns(),
      rows: [],
      keyOf: (row) => row.key,
      label: texts.items,
      language: workspace.language,
      remember: "volume-items",
      readOnly: !workspace.may("write"),
      toneOf: ({ placed }) => (placed.row.kind === "s" ? (placed.level === 0 ? "is-section" : "is-group") : ""),
      empty: texts.nothingMatches,
      onEdit: (edits) => this.edit(edits),
      onSelect: ({ active }) => this.chosen(active && active.key.startsWith("i") ? active.key : null),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onRefuse: (message) => workspace.toast(message, "error"),
    });
    this.marks = new Marks(this.grid, workspace.store);
    this.stops.push(
      workspace.store.on(["order", "rows", "settings"], () => this.show()),
      workspace.store.on("cells", () => this.mark()),
      workspace.store.on("head", () => this.grid.setReadOnly(!workspace.may("write"))),
      workspace.live.onPresence(() => this.showCompany()),
      offerNames(host, (place) => this.nameAt(place)),
    );
    this.show();
    this.showCompany();
  }

  private showCompany(): void {
    this.grid.setPresence(presenceMarks(this.workspace, "volume"));
  }

  private columns(): Column<ItemRow>[] {
    const { texts, workspace } = this;
    const { store, language } = workspace;
    const value = ({ placed }: ItemRow, field: string): string => String(placed.row.values[field] ?? "");
    const isItem = ({ placed }: ItemRow): boolean => placed.row.kind === "i";
    const pending = (row: ItemRow): string | undefined => store.cells.get(row.key, "quantity")?.typed;
    const quantity = (row: ItemRow): string => (isItem(row) ? value(row, "quantity") : "");
    const shown = (row: ItemRow): string => (quantity(row) ? formatQuantity(quantity(row), language) : "");
    const typed = (row: ItemRow): string =>
      pending(row) ?? (value(row, "formula") ? `=${value(row, "formula")}` : typedNumber(quantity(row)));
    const source = (row: ItemRow): string => (isItem(row) ? texts.sources[sourceOf(row.placed)] : "");
    return [
      { id: "number", title: texts.number, kind: "code", width: 42, readOnly: true, text: (row) => row.number },
      {
        id: "description",
        title: texts.description,
        kind: "text",
        width: 120,
        grow: true,
        readOnly: true,
        text: (row) => value(row, isItem(row) ? "description" : "name"),
        hint: (row) => value(row, isItem(row) ? "description" : "name"),
      },
      {
        id: "quantity",
        title: texts.quantity,
        kind: "number",
        width: 78,
        text: (row) => pending(row) ?? shown(row),
        typed,
        editor: formulaEditor,
        hint: (row) => (value(row, "formula") ? `=${value(row, "formula")}` : ""),
        readOnly: (row) => !isItem(row) || Boolean(row.placed.row.values["measured"]),
      },
      {
        id: "source",
        title: texts.source,
        kind: "status",
        width: 62,
        readOnly: true,
        text: source,
        tone: (row) => (isItem(row) ? `is-from-${sourceOf(row.placed)}` : ""),
      },
    ];
  }

  private nameAt(place: number): string | null {
    const row = this.rows[place]?.placed.row;
    return row?.kind === "i" ? `v${String(row.values["tag"])}` : null;
  }

  private edit(edits: readonly CellEdit[]): void {
    for (const { key, column, text } of edits) {
      const row = this.workspace.store.bill.row(key);
      if (row && column === "quantity") {
        void this.commands.setQuantity(key, row.version, text.trim(), this.texts.acts.quantity);
      }
    }
  }

  narrow(filter: Partial<ItemsFilter>): void {
    this.filter = { ...this.filter, ...filter };
    this.show();
  }

  private show(): void {
    const { store } = this.workspace;
    const { words, source } = this.filter;
    const byWords = matchingWords(words, ["description", "name", "code", "number"]);
    const bySource = source ? (placed: Placed) => placed.row.kind === "i" && sourceOf(placed) === source : null;
    const matches = byWords && bySource ? (placed: Placed) => byWords(placed) && bySource(placed) : (byWords ?? bySource);
    const numbers = numbersOf(store.bill, this.rule);
    this.rows = visibleRows(store.bill, { folded: NONE, matches }).map((placed) => ({
      key: placed.row.key,
      placed,
      number: numbers.get(placed.row.key) ?? "",
    }));
    this.grid.setRows(this.rows);
    this.mark();
  }

  private mark(): void {
    this.marks.draw(new Set(this.rows.map(({ key }) => key)));
    this.grid.refresh();
  }

  private get rule(): NumberingRule {
    const rule = this.workspace.store.settings?.numbering;
    return NUMBERING_RULES.find((known) => known === rule) ?? "written";
  }

  /** The number of an item by the rule of the project. */
  numberOf(key: Key): string {
    return this.rows.find((row) => row.key === key)?.number ?? "";
  }

  /** Stand in the row of an item, or in the first there is. */
  choose(key: Key | null): void {
    const found = this.rows.find((row) => row.key === key) ?? this.rows.find(({ placed }) => placed.row.kind === "i");
    if (found) this.grid.select(found.key, "description");
  }

  /** The item before or after the one that is chosen. */
  step(by: -1 | 1): void {
    const items = this.rows.filter(({ placed }) => placed.row.kind === "i");
    const at = items.findIndex(({ key }) => key === this.grid.selection().active?.key);
    const next = items[at + by];
    if (next) this.grid.select(next.key, "description");
  }

  focus(): void {
    this.grid.focus();
  }

  leave(): void {
    this.grid.commit();
    this.stops.forEach((stop) => stop());
    this.grid.destroy();
  }
}
