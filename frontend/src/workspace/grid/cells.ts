import type { State } from "./state";
import type { GridTexts } from "./texts";
import type { Column, TreePlace } from "./types";

/** One drawn cell and what stands in it, so that drawing it again touches only what changed. */
export interface Cell {
  readonly element: HTMLElement;
  readonly label: HTMLElement;
  readonly twisty: HTMLElement | null;
  classes: string;
  text: string | null;
}

/** One drawn row: a pool keeps it and gives it other keys while scrolling. */
export interface DrawnRow {
  readonly element: HTMLElement;
  readonly head: HTMLElement;
  readonly cells: Cell[];
  key: string;
  place: number;
  classes: string;
}

function part(className: string, parent: HTMLElement, tag = "div"): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

/** Where cells of a row stand: those that stay while the others scroll, and the others. One sticky part for a row costs
    a browser far less than a sticky cell for each. */
export function buildRow(className: string): { row: HTMLElement; pinned: HTMLElement; rest: HTMLElement } {
  const row = document.createElement("div");
  row.className = className;
  row.role = "row";
  const [pinned, rest] = [part("grid-pinned", row), part("grid-rest", row)];
  pinned.role = rest.role = "presentation";
  return { row, pinned, rest };
}

export class CellPainter<Row> {
  /** Shown columns that stay while the others scroll. */
  frozen = 0;

  constructor(
    private readonly state: State<Row>,
    private readonly texts: GridTexts,
    /** Prefix of element ids, one per grid on a page. */
    readonly id: string,
  ) {}

  /** An empty row with a cell for each shown column. */
  build(): DrawnRow {
    const { row, pinned, rest } = buildRow("grid-row");
    const head = part("grid-head", pinned);
    // It marks and drags the row and holds no words: a header would have to be read with every cell of the row.
    head.role = "gridcell";
    head.setAttribute("aria-colindex", "1");
    const cells = this.state.columns.visible.map((column, place) =>
      this.#buildCell(place < this.frozen ? pinned : rest, column, place),
    );
    return { element: row, head, cells, key: "", place: -1, classes: "grid-row" };
  }

  #buildCell(parent: HTMLElement, column: Column<Row>, place: number): Cell {
    const element = part("", parent);
    element.role = "gridcell";
    element.setAttribute("aria-colindex", String(place + 2));
    element.dataset["column"] = String(place);
    const twisty = column.tree ? part("grid-twisty", element, "span") : null;
    const label = column.tree ? part("grid-label", element, "span") : element;
    return { element, label, twisty, classes: "", text: null };
  }

  /** Draw the row of `place` into `drawn`. */
  paint(drawn: DrawnRow, place: number): void {
    const row = this.state.rows.at(place);
    const key = this.state.rows.key(place);
    if (row === undefined || key === null) return;
    const tree = this.state.options.treeOf?.(row);
    if (drawn.key !== key) drawn.element.id = `${this.id}-${key}`;
    drawn.key = key;
    drawn.place = place;
    drawn.element.dataset["place"] = String(place);
    drawn.element.setAttribute("aria-rowindex", String(place + 2));
    drawn.head.setAttribute("aria-label", `${this.texts.rowHead} ${place + 1}`);
    if (tree) this.#paintTree(drawn.element, tree);
    drawn.cells.forEach((cell, at) => {
      const column = this.state.columns.visible[at];
      if (!column) return;
      if (cell.twisty && tree) this.#paintTwisty(cell.twisty, tree);
      if (!isEditing(cell) || cell.label !== cell.element) this.#paintContent(cell, column, row);
    });
    this.paintState(drawn);
  }

  #paintRowState(drawn: DrawnRow, row: Row, place: number): void {
    const tone = this.state.options.toneOf?.(row) ?? "";
    const whole = this.state.wholeRows && this.state.isMarked(place, 0);
    const current = place === this.state.active.row ? " is-current" : "";
    const edited = drawn.cells.some(isEditing) ? " is-edited" : "";
    const classes = `grid-row ${tone}${whole ? " is-chosen" : ""}${current}${edited}`;
    if (drawn.classes !== classes) drawn.element.className = drawn.classes = classes;
    drawn.element.setAttribute("aria-selected", String(whole));
  }

  #paintTree(element: HTMLElement, tree: TreePlace): void {
    element.setAttribute("aria-level", String(tree.level + 1));
    if (tree.children) element.setAttribute("aria-expanded", String(!tree.collapsed));
    else element.removeAttribute("aria-expanded");
  }

  /** The selection changed: classes and words of a drawn row, not its contents. */
  paintState(drawn: DrawnRow): void {
    const row = this.state.rows.at(drawn.place);
    if (row === undefined) return;
    this.#paintRowState(drawn, row, drawn.place);
    drawn.cells.forEach((cell, at) => {
      const column = this.state.columns.visible[at];
      if (column) this.#paintCellState(cell, column, row, drawn.place, at);
    });
  }

  #paintCellState(cell: Cell, column: Column<Row>, row: Row, place: number, at: number): void {
    const editing = isEditing(cell) ? " is-editing" : "";
    const classes = `${this.#classes(column, row, place, at)}${editing}`;
    if (cell.classes !== classes) cell.element.className = cell.classes = classes;
    const marked = String(this.state.isMarked(place, at));
    if (cell.element.ariaSelected !== marked) cell.element.ariaSelected = marked;
  }

  #paintTwisty(twisty: HTMLElement, tree: TreePlace): void {
    twisty.style.setProperty("--level", String(tree.level));
    const classes = tree.children ? `grid-twisty ${tree.collapsed ? "is-shut" : "is-open"}` : "grid-twisty";
    if (twisty.className !== classes) twisty.className = classes;
    twisty.title = tree.children ? (tree.collapsed ? this.texts.expand : this.texts.collapse) : "";
  }

  #paintContent(cell: Cell, column: Column<Row>, row: Row): void {
    if (column.paint) {
      cell.label.replaceChildren();
      cell.text = null;
      column.paint(cell.label, row);
      return;
    }
    const text = column.text(row);
    if (cell.text === text) return;
    cell.text = text;
    cell.label.textContent = text;
  }

  #classes(column: Column<Row>, row: Row, place: number, at: number): string {
    const classes = [`grid-cell is-${column.kind}`, column.tone?.(row) ?? ""];
    if (!this.state.canEdit(place, at)) classes.push("is-fixed");
    classes.push(...this.#selectionClasses(place, at));
    return classes.filter(Boolean).join(" ");
  }

  /** Marked, active, and which sides of a marked area the cell lies on. */
  #selectionClasses(place: number, at: number): string[] {
    const { active } = this.state;
    const classes: string[] = [];
    if (place === active.row && at === active.column && this.state.spans.length > 0) classes.push("is-active");
    if (!this.state.isMarked(place, at)) return classes;
    classes.push("is-marked");
    if (!this.state.isMarked(place - 1, at)) classes.push("is-top");
    if (!this.state.isMarked(place + 1, at)) classes.push("is-bottom");
    if (!this.state.isMarked(place, at - 1)) classes.push("is-left");
    if (!this.state.isMarked(place, at + 1)) classes.push("is-right");
    if (this.state.isFillCorner(place, at)) classes.push("is-corner");
    return classes;
  }

  /** Marks, hints and their words; apart from `paint` because few cells have any. */
  paintMarks(drawn: DrawnRow): void {
    const row = this.state.rows.at(drawn.place);
    if (row === undefined) return;
    drawn.cells.forEach((cell, at) => {
      const column = this.state.columns.visible[at];
      if (column) this.#paintMark(cell.element, { key: drawn.key, column: column.id }, column.hint?.(row) ?? "");
    });
  }

  #paintMark(element: HTMLElement, address: { key: string; column: string }, hint: string): void {
    const mark = this.state.marks.state(address);
    const presence = this.state.marks.presence(address);
    setData(element, "state", mark?.state);
    setData(element, "initials", presence?.initials);
    setData(element, "flash", this.state.marks.flashing(address) ? "" : undefined);
    const words = [mark && (mark.message ?? this.texts[mark.state]), presence && this.texts.presence(presence.name), hint];
    const said = words.filter(Boolean).join(". ");
    if (element.title !== said) element.title = said;
    if (mark && mark.state !== "saving") element.setAttribute("aria-invalid", "true");
    else element.removeAttribute("aria-invalid");
  }
}

const isEditing = (cell: Cell): boolean => cell.element.classList.contains("is-editing");

function setData(element: HTMLElement, name: string, value: string | undefined): void {
  if (element.dataset[name] === value) return;
  if (value === undefined) delete element.dataset[name];
  else element.dataset[name] = value;
}
