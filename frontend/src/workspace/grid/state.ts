import { Columns } from "./columns";
import { Marks } from "./marks";
import { Rows } from "./rows";
import { areaOf, holds, touched, within, type Area, type Extent, type Point, type Span } from "./selection";
import type { CellAddress, Column, GridOptions, GridSelection } from "./types";

/** Whether a cell may be changed, whatever asks. */
function editable<Row>(column: Column<Row>, row: Row): boolean {
  return typeof column.readOnly === "function" ? !column.readOnly(row) : !column.readOnly;
}

/** Rows, columns and the selection of one grid. Drawing and events stand around it; it knows neither. */
export class State<Row> {
  readonly rows: Rows<Row>;
  readonly columns: Columns<Row>;
  readonly marks: Marks;
  readOnly: boolean;
  /** Areas marked; the last one holds the active cell. Empty in an empty grid. */
  spans: Span[] = [];
  active: Point = { row: 0, column: 0 };
  wholeRows = false;
  /** Column a run of Tabs began in: Enter returns to it. */
  tabbedFrom: number | null = null;

  constructor(
    readonly options: GridOptions<Row>,
    redraw: (keys: readonly string[]) => void,
  ) {
    this.rows = new Rows((row) => options.keyOf(row), options.rows);
    this.columns = new Columns(options.columns, options.frozen ?? 0, options.remember);
    this.marks = new Marks(redraw);
    this.readOnly = options.readOnly ?? false;
    this.place({ row: 0, column: this.#firstOpen() });
  }

  get extent(): Extent {
    return { rows: this.rows.count, columns: this.columns.visible.length };
  }

  /** The column typing begins in: the tree's, where texts are, else the first that may be changed. */
  #firstOpen(): number {
    const tree = this.columns.visible.findIndex((column) => column.tree);
    return Math.max(0, tree >= 0 ? tree : this.columns.visible.findIndex((column) => column.readOnly !== true));
  }

  areas(): Area[] {
    return this.spans.map(areaOf);
  }

  isMarked(row: number, column: number): boolean {
    return this.spans.some((span) => holds(areaOf(span), row, column));
  }

  /** The cell that carries the square to fill from: the last of a single area that may be written. */
  isFillCorner(row: number, column: number): boolean {
    const [span, more] = this.spans;
    if (!span || more || this.wholeRows || this.readOnly || !this.options.onEdit) return false;
    const { bottom, right } = areaOf(span);
    return row === bottom && column === right;
  }

  text(row: number, column: number): string {
    const shown = this.columns.visible[column];
    const found = this.rows.at(row);
    return shown && found !== undefined ? (shown.typed ?? shown.text).call(shown, found) : "";
  }

  canEdit(row: number, column: number): boolean {
    const shown = this.columns.visible[column];
    const found = this.rows.at(row);
    return !this.readOnly && shown !== undefined && found !== undefined && editable(shown, found);
  }

  address(point: Point): CellAddress | null {
    const key = this.rows.key(point.row);
    const column = this.columns.visible[point.column];
    return key !== null && column ? { key, column: column.id } : null;
  }

  /** One cell, active and marked alone. */
  place(point: Point): void {
    this.wholeRows = false;
    this.active = within(point, this.extent);
    this.spans = this.rows.count > 0 ? [{ anchor: this.active, head: this.active }] : [];
  }

  /** The last area grows or shrinks to `head`; the active cell stays where marking began. */
  extend(head: Point): void {
    const last = this.spans.at(-1);
    if (last) this.spans = [...this.spans.slice(0, -1), { anchor: last.anchor, head: within(head, this.extent) }];
  }

  get head(): Point {
    return this.spans.at(-1)?.head ?? this.active;
  }

  add(span: Span, active: Point): void {
    this.spans = [...this.spans, span];
    this.active = active;
  }

  /** Whole rows from one to another, in place of what is marked or beside it. */
  markRows(from: number, to: number, beside: boolean): void {
    const span = {
      anchor: { row: from, column: 0 },
      head: { row: to, column: Math.max(0, this.extent.columns - 1) },
    };
    const kept = beside && this.wholeRows ? this.spans : [];
    this.wholeRows = true;
    this.spans = [...kept, span];
    this.active = { row: from, column: this.active.column };
  }

  selection(): GridSelection {
    const areas = this.areas();
    const keys = touched(areas, "rows").flatMap((row) => this.rows.key(row) ?? []);
    const columns = touched(areas, "columns").flatMap((at) => this.columns.visible[at]?.id ?? []);
    return { active: this.address(this.active), keys, columns, wholeRows: this.wholeRows };
  }

  /** Carry the selection over a change of rows or columns: by key (as it is now) and name, else by position. */
  keeping(change: () => void, renamed?: ReadonlyMap<string, string>): void {
    const named = (point: Point): [Point, CellAddress | null] => [point, this.address(point)];
    const active = named(this.active);
    const spans = this.spans.map((span) => [named(span.anchor), named(span.head)] as const);
    change();
    const found = ([point, address]: [Point, CellAddress | null]): Point => {
      const row = address ? this.rows.place(renamed?.get(address.key) ?? address.key) : -1;
      const column = address ? this.columns.place(address.column) : -1;
      const at = { row: row < 0 ? point.row : row, column: column < 0 ? point.column : column };
      return within(at, this.extent);
    };
    this.active = found(active);
    this.spans = spans.map(([anchor, head]) => ({ anchor: found(anchor), head: found(head) }));
    if (this.rows.count === 0) this.spans = [];
    else if (this.spans.length === 0) this.place(this.active);
    if (!this.isMarked(this.active.row, this.active.column)) this.place(this.active);
  }
}
