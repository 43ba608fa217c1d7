/** The step at work: the bill in a grid, kept in step with the store. */

import { createGrid, type Column, type EditorFactory, type Grid, type GridSelection } from "../../grid";
import { presenceMarks } from "../../company";
import type { Workspace } from "../../context";
import { NUMBERING_RULES, type NumberingRule } from "../../numbering";
import { numbersOf, visibleRows } from "../../outline";
import { redo, undo } from "../../shortcuts";
import type { Key } from "../../wire";
import { Acts } from "./acts";
import { Catalog } from "./catalog";
import { BoqColumns, forPhone, SETS } from "./columns";
import { BillCommands } from "./commands";
import { Drafts, TAIL, type Line } from "./drafts";
import { ALL, counts, isState, matching, type Filter, type State } from "./filters";
import { Dialogs } from "./dialogs";
import { depthOf, Folding } from "./folding";
import { fieldOf, isTail, Reader, rowOfLine, type BoqRow } from "./lines";
import { CellMarks } from "./marks";
import { searchEditor } from "./search-editor";
import { askSince, type Since } from "./since";
import { boqTexts, type BoqTexts } from "./texts";
import { Toolbar, type SetName } from "./toolbar";

const NARROW = 720;

export class Board {
  private readonly texts: BoqTexts;
  private readonly drafts = new Drafts();
  private readonly commands: BillCommands;
  private readonly catalog: Catalog;
  private readonly reader: Reader;
  private readonly folding: Folding;
  private readonly acts: Acts;
  private readonly dialogs: Dialogs;
  private readonly toolbar: Toolbar;
  private readonly grid: Grid<BoqRow>;
  private readonly marks: CellMarks;
  private readonly hint = document.createElement("div");
  private readonly stops: (() => void)[] = [];
  private readonly openedAt: number;
  private filter: Filter = ALL;
  private numbers = new Map<Key, string>();
  private facts: { readonly counts: Record<State, number>; readonly depth: number } | null = null;

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    const { store, language, code } = workspace;
    this.texts = boqTexts[language];
    this.commands = new BillCommands(workspace);
    this.catalog = new Catalog(workspace);
    this.reader = new Reader(store);
    this.folding = new Folding(code);
    this.openedAt = store.revision;
    this.acts = this.makeActs();
    this.dialogs = this.makeDialogs();
    const bar = document.createElement("div");
    const place = document.createElement("div");
    place.className = "boq-grid";
    host.append(bar, place);
    this.toolbar = new Toolbar(bar, this.texts, language, this.toolbarActs());
    this.grid = this.makeGrid(place);
    this.acts.use(this.grid);
    this.dialogs.use(this.grid);
    this.marks = new CellMarks(this.grid, store);
    this.makeHint(place);
    this.listen();
    this.route();
    this.renumber();
    this.show();
    this.marks.learn();
    this.marks.pending();
    this.showCompany();
    this.reveal(this.workspace.router.place.params["row"]);
    this.grid.focus();
  }

  private get mayWrite(): boolean {
    return this.workspace.may("write");
  }

  private makeActs(): Acts {
    const { workspace, commands, drafts, texts, folding } = this;
    return new Acts({
      workspace,
      commands,
      drafts,
      texts,
      folded: () => folding.folded,
      show: (renamed) => this.show(renamed),
      open: (key) => folding.open(workspace.store.bill, key),
    });
  }

  private makeDialogs(): Dialogs {
    const { workspace, commands, catalog, acts, reader, texts } = this;
    const all = (): BoqRow[] =>
      this.rows(workspace.store.bill.order.map((placed): Line => ({ placed, draft: null, level: placed.level })));
    return new Dialogs({ workspace, commands, catalog, acts, reader, texts, all });
  }

  private makeGrid(host: HTMLElement): Grid<BoqRow> {
    const columns = this.makeColumns();
    const narrow = window.innerWidth < NARROW;
    return createGrid<BoqRow>(host, {
      columns: narrow ? columns.map(forPhone) : columns,
      rows: [],
      keyOf: (row) => row.key,
      label: this.texts.grid,
      language: this.workspace.language,
      remember: narrow ? "boq-phone" : "boq",
      frozen: 3,
      readOnly: !this.mayWrite,
      treeOf: (row) => row,
      toneOf: (row) => tone(row),
      canHold: (row) => row.kind === "s",
      isFixed: (row) => row.draft !== null,
      empty: this.texts.nothingMatches,
      ...this.gridEvents(),
    });
  }

  private makeColumns(): Column<BoqRow>[] {
    const { reader, texts, acts, catalog } = this;
    const { language } = this.workspace;
    const editor = (applies: (row: BoqRow) => boolean): EditorFactory<BoqRow> =>
      searchEditor({ catalog, texts, language, applies, pick: acts.pick.bind(acts) });
    // A description of an item with an analysis is the person's own words: there is nothing to look up for it.
    const description = editor((row) => row.kind === "i" && (row.draft !== null || !this.hasAnalysis(row)));
    const editors = { description, code: editor((row) => row.kind === "i") };
    return new BoqColumns({ reader, texts, language, numbersTyped: () => this.rule === "written", editors }).all();
  }

  private gridEvents() {
    const { acts, workspace, dialogs } = this;
    return {
      onEdit: acts.edit.bind(acts),
      onPaste: dialogs.paste.bind(dialogs),
      onInsert: ({ key, above }: { key: string | null; above: boolean }) => acts.insert(key, above),
      onRemove: (keys: readonly string[]) => acts.remove(keys),
      onIndent: acts.indent.bind(acts),
      onMove: acts.move.bind(acts),
      onToggle: (key: string, collapse: boolean) => this.fold(key, collapse),
      onSelect: (selection: GridSelection) => this.selected(selection),
      onMenu: dialogs.menu.bind(dialogs),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onKey: (event: KeyboardEvent) => this.key(event),
      onRefuse: (message: string) => workspace.toast(message, "error"),
    };
  }

  /** A cursor that stands in what is folded goes to the section. */
  private fold(key: Key, collapse: boolean): void {
    const { bill } = this.workspace.store;
    const inside = this.cursor !== null && bill.ancestors(this.cursor).includes(key);
    this.folding.set(key, collapse);
    this.show();
    if (collapse && inside) this.grid.select(key);
  }

  private hasAnalysis(row: BoqRow): boolean {
    return this.reader.value(row, "analysis") !== null || this.reader.value(row, "own") !== null;
  }

  private makeHint(place: HTMLElement): void {
    const [title, text] = [document.createElement("h2"), document.createElement("p")];
    title.textContent = this.texts.emptyTitle;
    text.textContent = this.texts.emptyText;
    this.hint.className = "empty boq-hint";
    this.hint.append(title, text);
    place.append(this.hint);
  }

  private listen(): void {
    const { store, router, live } = this.workspace;
    this.stops.push(
      store.on(["order", "rows", "figures", "answer"], () => this.answered()),
      store.on(["totals", "comments"], () => this.grid.refresh()),
      store.on("cells", () => this.marks.pending()),
      store.on(["settings", "head"], () => {
        this.grid.setReadOnly(!this.mayWrite);
        this.renumber();
        this.show();
      }),
      router.on(() => this.route()),
      live.onPresence(() => this.showCompany()),
    );
  }

  private showCompany(): void {
    this.grid.setPresence(presenceMarks(this.workspace, "boq"));
  }

  /** "3 incomplete" in the bar of totals leads here. */
  private route(): void {
    const { step, params } = this.workspace.router.place;
    if (step !== "boq") return;
    const shown = params["show"];
    this.filter = { ...this.filter, since: this.sinceOf(params["since"]), state: isState(shown) ? shown : null };
    this.facts = null;
    if (this.grid.columns().length > 0) this.show();
    this.reveal(params["row"]);
  }

  /** The revision that the address names; what it was called is known as long as it is looked at. */
  private sinceOf(named: string | undefined): Since {
    const revision = named !== undefined && /^\d+$/.test(named) ? Number(named) : this.openedAt;
    if (revision === this.filter.since.revision && this.filter.since.label) return this.filter.since;
    return { revision, label: revision === this.openedAt ? this.texts.since.opened : this.texts.since.revision(String(revision)) };
  }

  private async chooseSince(): Promise<void> {
    const since = await askSince(this.workspace, this.texts, this.openedAt);
    this.facts = null;
    if (since) this.setFilter({ state: "changed", since });
    else this.drawToolbar();
  }

  /** The row that the address names is in view, with the cursor on it. */
  private reveal(key: Key | undefined): void {
    const { bill } = this.workspace.store;
    if (key === undefined || !bill.row(key)) return;
    this.filter = { ...this.filter, words: "" };
    this.folding.open(bill, key);
    this.show();
    this.grid.select(key, "description");
  }

  private get rule(): NumberingRule {
    const rule = this.workspace.store.settings?.numbering;
    return NUMBERING_RULES.find((known) => known === rule) ?? "written";
  }

  private renumber(): void {
    this.numbers = numbersOf(this.workspace.store.bill, this.rule);
  }

  /** Rows, places or figures changed. */
  private answered(): void {
    this.facts = null;
    this.renumber();
    this.show();
    this.marks.others();
  }

  private lines(): Line[] {
    const { bill } = this.workspace.store;
    const matches = matching(bill, this.filter);
    const visible = visibleRows(bill, { folded: this.folding.folded, matches });
    const tail = this.mayWrite && !matches ? this.drafts.tailOf(bill) : null;
    return this.drafts.among(bill, visible, tail);
  }

  private rows(lines: readonly Line[]): BoqRow[] {
    const open = this.filter.state !== null || this.filter.words.trim() !== "";
    const collapsed = (key: Key): boolean => !open && this.folding.folded.has(key);
    return lines.map((line) => rowOfLine(line, this.numbers.get(line.placed?.row.key ?? "") ?? "", collapsed));
  }

  private show(renamed?: ReadonlyMap<Key, Key>): void {
    this.grid.setRows(this.rows(this.lines()), renamed);
    this.hint.hidden = !this.workspace.store.loaded || this.workspace.store.bill.size > 0 || this.drafts.all.length > 0;
    this.drawToolbar();
  }

  private drawToolbar(): void {
    const { bill } = this.workspace.store;
    this.facts ??= { counts: counts(bill, this.filter.since.revision), depth: depthOf(bill) };
    this.toolbar.draw({
      filter: this.filter,
      ...this.facts,
      columns: this.grid.columns(),
      numbering: this.rule,
      mayWrite: this.mayWrite,
      selected: this.grid.selection().keys.length,
    });
  }

  private selected(selection: GridSelection): void {
    const { store } = this.workspace;
    const { active } = selection;
    // The row of the cursor first: it is the one that is looked at beside the grid.
    const rest = selection.keys.filter((key) => key !== active?.key);
    const keys = (active ? [active.key, ...rest] : rest).filter((key) => store.bill.row(key));
    store.select(keys, active?.column ?? null);
    this.drawToolbar();
    const { drafts } = this;
    const left = drafts.dropEmpty(active?.key);
    if (left.length > 0) this.show();
  }

  private setFilter(changes: Partial<Filter>): void {
    this.filter = { ...this.filter, ...changes };
    const { state, since } = this.filter;
    const more = state === "changed" && since.revision !== this.openedAt ? { since: String(since.revision) } : {};
    if ("state" in changes) this.workspace.router.adjust(state ? { show: state, ...more } : {});
    this.show();
  }

  private get cursor(): Key | null {
    return this.grid.selection().active?.key ?? null;
  }

  private toolbarActs() {
    const { acts } = this;
    const keys = (): readonly string[] => this.grid.selection().keys;
    return {
      filter: (changes: Partial<Filter>) => this.setFilter(changes),
      since: () => void this.chooseSince(),
      levels: (levels: number | null) => {
        this.folding.toLevel(this.workspace.store.bill, levels);
        this.show();
      },
      columns: (set: SetName) => {
        this.grid.showColumns(SETS[set] ?? this.grid.columns().map((column) => column.id));
        this.drawToolbar();
      },
      column: (id: string, hidden: boolean) => {
        this.grid.setHidden(id, hidden);
        this.drawToolbar();
      },
      resetColumns: () => {
        this.grid.resetColumns();
        this.drawToolbar();
      },
      add: (kind: "s" | "i") => this.add(kind),
      pick: () => void this.dialogs.pick(),
      replace: () => void this.dialogs.replace(),
      bulk: () => void this.dialogs.bulk(),
      duplicate: () => void acts.duplicate(keys()),
      remove: () => acts.remove(keys()),
      indent: (by: -1 | 1) => acts.indent(keys(), by),
      numbering: (rule: NumberingRule) => acts.numbering(rule),
    };
  }

  private add(kind: "s" | "i"): void {
    if (this.filter.state || this.filter.words) this.setFilter({ state: null, words: "" });
    this.acts.insert(this.cursor ?? TAIL, false, kind);
    this.grid.focus();
  }

  /** Keys of this step alone; those of every grid are the grid's. */
  private key(event: KeyboardEvent): boolean {
    if (event.key === "Escape") return this.giveUp();
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (control && key === "f" && !event.shiftKey) this.toolbar.focusFilter();
    else if (!control || !this.mayWrite) return false;
    else if (key === "d" && event.shiftKey) void this.acts.duplicate(this.grid.selection().keys);
    else if (key === "h" && !event.shiftKey) void this.dialogs.replace();
    else if (key === "b" && !event.shiftKey) this.add("s");
    else if (key === "enter" && event.shiftKey) void this.dialogs.pick();
    else return false;
    return true;
  }

  /** Esc on a cell that was refused: what was typed is let go, and what the server has is shown again. */
  private giveUp(): boolean {
    const { store } = this.workspace;
    const { active } = this.grid.selection();
    const row = active ? this.grid.row(active.key) : undefined;
    const field = row && active ? fieldOf(row, active.column) : null;
    if (!row?.placed || !field || store.cells.get(row.key, field)?.state !== "wrong") return false;
    store.cells.forget(row.key, field);
    store.topics.tell("cells");
    return true;
  }

  leave(): void {
    this.grid.commit();
    this.stops.forEach((stop) => stop());
    this.grid.destroy();
  }
}

function tone(row: BoqRow): string {
  if (row.draft) return isTail(row) ? "is-draft" : row.kind === "s" ? "is-group" : "";
  if (row.kind !== "s") return "";
  return row.level === 0 ? "is-section" : "is-group";
}
