/** The analysis that is open, in a grid. */

import { createGrid, type CellEdit, type EditCause, type Grid, type GridSelection, type Paste } from "../../grid";
import { presenceMarks } from "../../company";
import type { Workspace } from "../../context";
import { formatCount } from "../../numbers";
import { redo, undo } from "../../shortcuts";
import type { Answer, Key, Value } from "../../wire";
import { copyLines, pastedLines } from "./clipboard";
import { rowTone, sheetColumns, shownColumns } from "./columns";
import type { AnalysesCommands, LineField, LineTexts, NewLine, SetLine } from "./commands";
import type { AnalysesData } from "./data";
import { SheetMarks } from "./marks";
import { SheetReader, fieldOf } from "./reader";
import { resourceEditor } from "./resource-editor";
import { LineDrafts, placeBehind, sheetRows, type Group, type SheetRow } from "./rows";
import type { AnalysesTexts } from "./texts";
import type { KnownResource, Line } from "./wire";

export class SheetBoard {
  private readonly grid: Grid<SheetRow>;
  private readonly drafts = new LineDrafts();
  readonly reader: SheetReader;
  private readonly marks: SheetMarks;
  private readonly stops: (() => void)[] = [];
  private rows: SheetRow[] = [];
  private shown: string | null = null;
  private fresh = false;
  private comparing: boolean | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly commands: AnalysesCommands,
    private readonly data: AnalysesData,
    private readonly texts: AnalysesTexts,
    private readonly moved: (line: Line | null) => void,
  ) {
    this.reader = new SheetReader(workspace.store.cells, this.drafts, texts, workspace.language);
    this.grid = this.makeGrid();
    this.marks = new SheetMarks(this.grid, workspace.store);
    const copy = (): void => this.copied();
    host.addEventListener("copy", copy);
    this.stops.push(
      () => host.removeEventListener("copy", copy),
      data.topics.on("analysis", () => this.show()),
      workspace.store.on("cells", () => this.mark()),
      workspace.store.on("head", () => this.show()),
      workspace.live.onPresence(() => this.showCompany()),
    );
    this.showCompany();
  }

  private showCompany(): void {
    this.grid.setPresence(presenceMarks(this.workspace, "analyses"));
  }

  /** "l12.coefficient": where the cursor is, for the others; "" outside of own lines. */
  get cell(): string {
    const { active } = this.grid.selection();
    return active && this.line?.key ? `${active.key}.${active.column}` : "";
  }

  private makeGrid(): Grid<SheetRow> {
    const { workspace, texts } = this;
    const pick = (row: SheetRow, found: KnownResource): void => this.pick(row, found);
    return createGrid<SheetRow>(this.host, {
      columns: sheetColumns(this.reader, texts, resourceEditor({ workspace, texts, pick })),
      rows: [],
      keyOf: (row) => row.key,
      label: texts.sheet,
      language: workspace.language,
      remember: "analysis-sheet",
      frozen: 1,
      readOnly: true,
      toneOf: rowTone,
      isFixed: (row) => row.sort !== "line" || row.line.key === null,
      empty: texts.choose,
      onEdit: (edits, cause) => this.edit(edits, cause),
      onPaste: (paste) => this.paste(paste),
      onInsert: ({ key }) => this.insert(key),
      onRemove: (keys) => this.remove(keys),
      onMove: (keys, to) => this.move(keys, to),
      onSelect: () => this.moved(this.line),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onRefuse: (message) => workspace.toast(this.mayWrite ? message : texts.readOnlyReference),
    });
  }

  /** Whether lines of this analysis may be changed: it is an own one, and so is the right. */
  private get mayWrite(): boolean {
    return this.workspace.may("write") && typeof this.data.analysis?.key === "string";
  }

  private show(): void {
    const { analysis, named } = this.data;
    if (named !== this.shown) {
      this.grid.commit();
      this.drafts.clear();
      this.shown = named;
      this.fresh = true;
    }
    this.reader.analysis = analysis;
    const { rows, renamed } = sheetRows(analysis, this.drafts, this.mayWrite);
    this.rows = rows;
    this.grid.setReadOnly(!this.mayWrite);
    this.grid.setBusy(named !== null && analysis === null);
    this.compare(analysis?.reference != null);
    this.grid.setRows(rows, renamed);
    this.stand();
    this.mark();
    this.moved(this.line);
  }

  /** Columns that compare are only there where there is something to compare with. */
  private compare(modified: boolean): void {
    if (modified === this.comparing) return;
    this.comparing = modified;
    this.grid.showColumns(shownColumns(modified));
  }

  /** In an analysis that was opened just now: in the first coefficient. */
  private stand(): void {
    const first = this.rows.find((row) => row.sort === "line");
    if (!this.fresh || !first) return;
    this.fresh = false;
    this.grid.select(first.key, "coefficient");
  }

  private mark(): void {
    this.marks.draw(new Set(this.rows.map(({ key }) => key)));
    this.grid.refresh();
  }

  /** The line the cursor is in. */
  get line(): Line | null {
    const { active } = this.grid.selection();
    const row = active && this.grid.row(active.key);
    return row?.sort === "line" ? row.line : null;
  }

  /** The lines any marked cell is in. */
  get lines(): Line[] {
    return this.selected.flatMap((row) => (row.sort === "line" ? [row.line] : []));
  }

  private get selected(): SheetRow[] {
    return this.grid.selection().keys.flatMap((key) => this.grid.row(key) ?? []);
  }

  private count(value: number): string {
    return formatCount(value, this.workspace.language);
  }

  private edit(edits: readonly CellEdit[], cause: EditCause): void {
    const typed = new Map<string, { row: SheetRow; values: Partial<Record<LineField, string>> }>();
    for (const { key, column, text } of edits) {
      const row = this.grid.row(key);
      const field = row && fieldOf(row, column);
      if (!row || !field) continue;
      const known = typed.get(key)?.values;
      typed.set(key, { row, values: { ...known, [field]: this.cleaned(field, text, cause) } });
    }
    this.write([...typed.values()], edits.length);
  }

  private cleaned(field: LineField, text: string, cause: EditCause): string {
    const trimmed = cause === "clear" ? text : text.trim();
    return field === "percent" ? trimmed.replace(/\s*%$/, "") : trimmed;
  }

  private write(rows: readonly { row: SheetRow; values: LineTexts }[], cells: number): void {
    const sets: SetLine[] = [];
    const adds: NewLine[] = [];
    for (const { row, values } of rows) {
      if (row.sort === "line" && row.line.key !== null) sets.push({ key: row.line.key, version: row.line.version, ...values });
      if (row.sort !== "draft" || this.isNothing(row, values)) continue;
      const written = this.drafts.write(row.key, row.group, values);
      if (written && "add" in written) adds.push(written.add);
      else if (written) sets.push(written.set);
    }
    this.show();
    if (sets.length > 0) void this.commands.setLines(sets, this.texts.acts.cells(this.count(cells)));
    if (adds.length > 0) this.add(adds);
  }

  private isNothing(row: { readonly key: Key; readonly tail: boolean }, values: LineTexts): boolean {
    return row.tail && Object.values(values).every((text) => text === "");
  }

  private add(rows: readonly NewLine[]): void {
    const key = this.data.analysis?.key;
    if (!key) return;
    const made = this.commands.addLines(key, rows, this.texts.acts.lines(this.count(rows.length)));
    void made.then((answer) => this.settle(rows, answer));
  }

  private settle(rows: readonly NewLine[], answer: Answer | null): void {
    const keys = (answer?.result?.["keys"] ?? {}) as { readonly [name: string]: Value };
    for (const { key } of rows) this.drafts.settle(key, typeof keys[key] === "string" ? keys[key] : null);
    this.show();
  }

  private pick(row: SheetRow, { kind, name, unit }: KnownResource): void {
    if (row.sort === "draft") this.write([{ row, values: { name, unit } }], 1);
    else if (row.sort === "line" && row.line.key !== null) {
      const { key, version } = row.line;
      void this.commands.setLines([{ key, version, group_kind: kind, name, unit }], this.texts.acts.cells("1"));
    }
    this.grid.select(row.key, "coefficient");
  }

  /** Lines that were copied come as they are; any other block is written cell by cell, with further lines made. */
  private paste(paste: Paste): void {
    const whole = pastedLines(paste.cells);
    const { analysis } = this.data;
    if (whole && analysis?.key) {
      const at = this.line?.key;
      const values = { to: analysis.key, ...whole.values, ...(at ? { after: at } : {}) };
      void this.commands.copyLines(values, this.texts.acts.copy(this.count(whole.count)));
      return;
    }
    const first = paste.at && this.grid.row(paste.at.key);
    const group: Group | null = first && first.sort !== "total" ? first.group : null;
    const typed = paste.cells.flatMap((texts, down) => this.pasted(texts, paste.columns, paste.keys[down], group));
    this.write(typed, typed.length * paste.columns.length);
  }

  /** Cells of a line that is there; below the last of a group, of one that is to be made. */
  private pasted(
    texts: readonly string[],
    columns: readonly string[],
    key: string | undefined,
    group: Group | null,
  ): { row: SheetRow; values: LineTexts }[] {
    const there = key === undefined ? undefined : this.grid.row(key);
    const known = there && (there.sort === "line" || there.sort === "draft") && (group === null || there.group === group);
    if (!known && group === null) return [];
    const row: SheetRow = known ? there : { sort: "draft", key: this.drafts.tail(group ?? "other"), group: group ?? "other", tail: true };
    const values: Partial<Record<LineField, string>> = {};
    columns.forEach((column, right) => {
      const field = fieldOf(row, column);
      const text = texts[right];
      if (field && text !== undefined) values[field] = this.cleaned(field, text, "paste");
    });
    if (Object.keys(values).length === 0) return [];
    // A line to be made takes the blank row; the next one needs another.
    if (row.sort === "draft" && row.tail) this.drafts.reserve(row.key, row.group);
    return [{ row, values }];
  }

  private copied(): void {
    const { analysis } = this.data;
    if (!analysis || !this.grid.selection().wholeRows) return;
    const count = copyLines(analysis, this.selected, this.grid.copyText());
    if (count > 0) this.workspace.toast(this.texts.copiedLines(this.count(count)));
  }

  private insert(key: string | null): void {
    const row = key === null ? undefined : this.grid.row(key);
    const group = row && row.sort !== "total" ? row.group : "labor";
    this.grid.select(this.drafts.tail(group), "name");
  }

  remove(keys: readonly string[]): void {
    const own: Key[] = [];
    for (const key of keys) {
      const row = this.grid.row(key);
      if (row?.sort === "line" && row.line.key !== null) own.push(row.line.key);
      if (row?.sort === "draft" && this.drafts.drop(row.key)) this.show();
    }
    if (own.length > 0) void this.commands.removeLines(own, this.texts.acts.removeLines(this.count(own.length)));
  }

  private move(keys: readonly string[], to: Parameters<typeof placeBehind>[2]): void {
    const { analysis } = this.data;
    const place = analysis && placeBehind(analysis, keys, to);
    if (place) void this.commands.moveLines(place.keys, place.after, this.texts.acts.move);
  }

  selection(): GridSelection {
    return this.grid.selection();
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
