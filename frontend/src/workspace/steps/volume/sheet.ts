/** The take-off sheet of one item in a grid. */

import { createGrid, type CellEdit, type Column, type EditCause, type Grid, type MoveTarget, type Paste } from "../../grid";
import type { Workspace } from "../../context";
import { formatCount } from "../../numbers";
import { redo, undo } from "../../shortcuts";
import type { Answer, Key, Value } from "../../wire";
import { newKey, type LineRow as WrittenLine, type LineTexts, type VolumeCommands } from "./commands";
import type { LineField, VolumeData } from "./data";
import { FIELDS, isField, LineDrafts, LineReader, type LineRow } from "./lines";
import { Marks } from "./marks";
import type { VolumeTexts } from "./texts";
import { formulaEditor } from "./typing";

export interface ActiveCell {
  readonly key: Key;
  readonly field: LineField;
  readonly typed: string;
  /** What is wrong with it. */
  readonly fault: string;
}

const WIDTHS: Readonly<Record<LineField, number>> = {
  description: 148,
  count: 60,
  length: 56,
  width: 56,
  height: 56,
  deduction: 60,
  formula: 128,
};

export class SheetBoard {
  private readonly grid: Grid<LineRow>;
  private readonly drafts = new LineDrafts();
  private readonly reader: LineReader;
  private readonly marks: Marks<LineRow>;
  private readonly stops: (() => void)[] = [];
  private rows: LineRow[] = [];
  private item: Key | null = null;

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly commands: VolumeCommands,
    private readonly data: VolumeData,
    private readonly texts: VolumeTexts,
    private readonly moved: (cell: ActiveCell | null) => void,
  ) {
    this.reader = new LineReader(workspace.store.cells, this.drafts, workspace.language);
    this.grid = this.makeGrid(host);
    this.marks = new Marks(this.grid, workspace.store);
    this.stops.push(
      data.topics.on("sheet", () => this.show()),
      workspace.store.on("cells", () => this.mark()),
      workspace.store.on("head", () => {
        this.grid.setReadOnly(!workspace.may("write"));
        this.show();
      }),
    );
  }

  private makeGrid(host: HTMLElement): Grid<LineRow> {
    const { workspace, texts } = this;
    return createGrid<LineRow>(host, {
      columns: this.columns(),
      rows: [],
      keyOf: (row) => row.key,
      label: texts.sheet,
      language: workspace.language,
      remember: "volume-sheet",
      frozen: 1,
      readOnly: !workspace.may("write"),
      toneOf: (row) => (row.key === this.drafts.tail ? "is-draft" : ""),
      isFixed: (row) => row.line === null,
      empty: texts.chooseItem,
      onEdit: (edits, cause) => this.edit(edits, cause),
      onPaste: (paste) => this.paste(paste),
      onInsert: ({ key, above }) => this.insert(key, above),
      onRemove: (keys) => this.remove(keys),
      onMove: (keys, to) => this.move(keys, to),
      onSelect: () => this.moved(this.active),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onRefuse: (message) => workspace.toast(message, "error"),
    });
  }

  private columns(): Column<LineRow>[] {
    const { reader, texts } = this;
    const cell = (field: LineField): Column<LineRow> => ({
      id: field,
      title: texts.cells[field],
      kind: field === "description" ? "text" : field === "formula" ? "code" : "number",
      width: WIDTHS[field],
      ...(field === "description" ? { grow: true } : { editor: formulaEditor }),
      text: (row) => (this.isInvitation(row, field) ? texts.tail : reader.shown(row, field)),
      typed: (row) => reader.typed(row, field),
      tone: (row) => (reader.isFormula(row, field) ? "is-formula" : ""),
      hint: (row) => (reader.isFormula(row, field) ? reader.typed(row, field) : ""),
    });
    const value: Column<LineRow> = {
      id: "value",
      title: texts.value,
      kind: "number",
      width: 84,
      readOnly: true,
      text: (row) => reader.value(row),
    };
    return [...FIELDS.map(cell), value];
  }

  private isInvitation(row: LineRow, field: LineField): boolean {
    return field === "description" && row.key === this.drafts.tail && this.rows.length === 1;
  }

  /** Another item. */
  open(item: Key | null): void {
    this.grid.commit();
    this.item = item;
    this.drafts.clear();
    this.show();
  }

  private show(): void {
    const { rows, renamed } = this.drafts.rows(this.data.sheet, this.workspace.may("write"));
    this.rows = rows;
    this.grid.setBusy(this.item !== null && this.data.sheet === null);
    this.grid.setRows(rows, renamed);
    this.mark();
    this.moved(this.active);
  }

  private mark(): void {
    this.marks.draw(new Set(this.rows.map(({ key }) => key)), this.reader.faults(this.rows));
    this.grid.refresh();
  }

  get active(): ActiveCell | null {
    const { active } = this.grid.selection();
    const row = active && this.grid.row(active.key);
    if (!row || !isField(active.column)) return null;
    const { column } = active;
    return { key: row.key, field: column, typed: this.reader.typed(row, column), fault: this.reader.fault(row, column) };
  }

  /** From the bar: the text of the cell that is active. */
  type(cell: ActiveCell, text: string): void {
    this.edit([{ key: cell.key, column: cell.field, text }], "type");
    this.grid.focus();
  }

  private count(value: number): string {
    return formatCount(value, this.workspace.language);
  }

  private edit(edits: readonly CellEdit[], cause: EditCause): void {
    const typed = new Map<Key, Partial<Record<LineField, string>>>();
    for (const { key, column, text } of edits) {
      if (!isField(column)) continue;
      typed.set(key, { ...typed.get(key), [column]: cause === "type" ? text.trim() : text });
    }
    const rows = [...typed].flatMap(([key, values]) => this.written(key, values));
    this.send(rows, this.texts.acts.cells(this.count(edits.length)), cause === "paste");
  }

  /** A line as it is sent; nothing for a blank line that stays blank. */
  private written(key: Key, values: LineTexts): WrittenLine[] {
    const line = this.grid.row(key)?.line;
    if (line) return [{ key, version: line.version, values }];
    if (key === this.drafts.tail && Object.values(values).every((text) => text.trim() === "")) return [];
    return [this.drafts.write(key, values)];
  }

  private send(rows: readonly WrittenLine[], label: string, lenient = false): void {
    if (this.item === null || rows.length === 0) return;
    // Lines that are made stand last unless they say otherwise: behind a line that is named before them they would follow it.
    const ordered = [...rows.filter(({ id }) => id), ...rows.filter(({ id }) => !id)];
    this.show();
    void this.commands.setLines(this.item, ordered, label, lenient).then((answer) => this.made(ordered, answer));
  }

  private made(rows: readonly WrittenLine[], answer: Answer | null): void {
    const keys: Value | undefined = answer?.result?.["keys"];
    rows.forEach(({ id }, at) => {
      if (id) this.drafts.settle(id, Array.isArray(keys) ? String(keys[at]) : null);
    });
    this.show();
  }

  /** Lines that are there are written over, further ones made; what no formula is stays as it came, with its error. */
  private paste({ cells, columns, keys }: Paste): void {
    const fields = columns.filter(isField);
    const rows = cells.flatMap((texts, at) => {
      const values = Object.fromEntries(fields.map((field, column) => [field, (texts[column] ?? "").trim()]));
      return this.written(keys[at] ?? newKey("t"), values as LineTexts);
    });
    this.send(rows, this.texts.acts.paste(this.count(rows.length)), true);
  }

  private insert(key: Key | null, above: boolean): void {
    const lines = this.rows.filter(({ line }) => line);
    const at = lines.findIndex((row) => row.key === key);
    const behind = above ? lines[at - 1] : lines[at];
    const id = newKey("t");
    if (at < 0 || this.item === null) return this.grid.select(this.drafts.tail, "description");
    const made = this.commands.setLines(this.item, [{ id, after: behind?.key ?? null, values: {} }], this.texts.acts.insert);
    void made.then(async (answer) => {
      const keys: Value | undefined = answer?.result?.["keys"];
      await this.data.readSheet();
      if (Array.isArray(keys)) this.grid.select(String(keys[0]), "description");
    });
  }

  private remove(keys: readonly Key[]): void {
    const there = keys.filter((key) => this.grid.row(key)?.line);
    if (there.length > 0) void this.commands.removeLines(there, this.texts.acts.remove(this.count(there.length)));
  }

  private move(keys: readonly Key[], to: MoveTarget): void {
    const lines = this.rows.flatMap(({ line }) => (line ? [line.key] : []));
    const moved = lines.filter((key) => keys.includes(key));
    const rest = lines.filter((key) => !keys.includes(key));
    const first = lines.indexOf(moved[0] ?? "");
    if (moved.length === 0 || this.item === null) return;
    const at =
      "by" in to
        ? Math.min(Math.max(first + to.by, 0), rest.length)
        : rest.indexOf(to.target) + (to.place === "before" ? 0 : 1);
    const order = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
    if (order.join() !== lines.join()) void this.commands.orderLines(this.item, order, this.texts.acts.move);
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
