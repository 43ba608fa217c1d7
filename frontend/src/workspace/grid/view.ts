import { CellPainter, type Cell, type DrawnRow } from "./cells";
import { buildHeader, paintHeader } from "./header";
import type { Point } from "./selection";
import type { State } from "./state";
import type { GridTexts } from "./texts";

/** Rows drawn beyond what is seen, so that a small scroll shows no gap. */
const SPARE = 6;
/** Width of the row heads, in pixels. */
export const HEAD = 26;

let grids = 0;

const element = (className: string, role?: string): HTMLElement => {
  const made = document.createElement("div");
  made.className = className;
  if (role) made.role = role;
  return made;
};

/** Where the text of a cell begins: after the twisty, which stands further in with each level. */
const indentOf = ({ twisty }: Cell): number => (twisty ? twisty.offsetLeft + twisty.offsetWidth : 0);

/** What is drawn: a frame, a scrolling table, and only the rows in sight (and the active one, which keeps the focus). */
export class View<Row> {
  readonly frame = element("grid-frame");
  readonly table = element("grid-table");
  readonly body = element("grid-body", "rowgroup");
  readonly status = element("grid-status", "status");
  readonly dropLine = element("grid-drop");
  readonly #titles = element("grid-top", "rowgroup");
  readonly #empty = element("grid-empty");
  readonly #painter: CellPainter<Row>;
  readonly #drawn = new Map<number, DrawnRow>();
  #spare: DrawnRow[] = [];
  #header: HTMLElement = element("");
  #rowHeight = 30;
  #height = 0;
  #width = 0;
  #top = 0;
  #watcher: ResizeObserver | null = null;

  constructor(
    private readonly state: State<Row>,
    texts: GridTexts,
    host: HTMLElement,
  ) {
    grids += 1;
    this.#painter = new CellPainter(state, texts, `grid-${grids}`);
    this.#build(host, texts);
    this.measure();
    this.rebuild();
    this.table.addEventListener("scroll", () => this.draw(), { passive: true });
    if (typeof ResizeObserver === "function") {
      this.#watcher = new ResizeObserver(() => this.#resized());
      this.#watcher.observe(this.table);
    }
  }

  #build(host: HTMLElement, texts: GridTexts): void {
    const { options } = this.state;
    this.table.role = options.treeOf ? "treegrid" : "grid";
    this.table.tabIndex = 0;
    this.table.setAttribute("aria-label", options.label);
    this.table.setAttribute("aria-multiselectable", "true");
    const help = element("grid-help");
    help.id = `${this.#painter.id}-help`;
    help.textContent = texts.help;
    this.table.setAttribute("aria-describedby", help.id);
    this.dropLine.hidden = true;
    this.#empty.append(options.empty ?? "");
    this.table.append(this.#titles, this.body);
    this.body.append(this.dropLine);
    this.frame.append(this.table, this.#empty, help, this.status);
    host.append(this.frame);
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  get frozen(): number {
    return this.#painter.frozen;
  }

  /** Sizes that styles and the window decide. */
  measure(): void {
    const row = Number.parseFloat(getComputedStyle(this.frame).getPropertyValue("--row"));
    this.#rowHeight = Number.isFinite(row) && row > 0 ? row : 30;
    this.#height = this.table.clientHeight;
    this.#width = this.table.clientWidth;
  }

  #resized(): void {
    const height = this.#rowHeight;
    this.measure();
    if (this.state.columns.fit(this.#width - HEAD)) this.layoutColumns();
    const frozen = this.state.columns.frozenIn(this.#width, HEAD);
    if (frozen !== this.#painter.frozen || height !== this.#rowHeight) this.rebuild();
    else this.draw();
  }

  /** Columns or sizes changed: draw everything anew. */
  rebuild(): void {
    this.state.columns.fit(this.#width - HEAD);
    this.#painter.frozen = this.state.columns.frozenIn(this.#width || window.innerWidth, HEAD);
    for (const row of [...this.#drawn.values(), ...this.#spare]) row.element.remove();
    this.#drawn.clear();
    this.#spare = [];
    this.#header = buildHeader(this.state, this.#painter.frozen);
    this.#titles.replaceChildren(this.#header);
    this.table.setAttribute("aria-colcount", String(this.state.columns.visible.length + 1));
    this.layoutColumns();
    this.refresh();
  }

  /** Widths changed: properties of the table place every cell. */
  layoutColumns(): void {
    const widths = this.state.columns.visible.map((column) => `${this.state.columns.width(column)}px`);
    const { style } = this.table;
    style.setProperty("--grid-pinned", [`${HEAD}px`, ...widths.slice(0, this.#painter.frozen)].join(" "));
    style.setProperty("--grid-rest", widths.slice(this.#painter.frozen).join(" ") || "none");
    style.setProperty("--grid-width", `${HEAD + this.state.columns.total()}px`);
  }

  /** Rows came or went, or anything that every drawn row shows changed. */
  refresh(renamed?: ReadonlyMap<string, string>): void {
    this.body.style.height = `${this.state.rows.count * this.#rowHeight}px`;
    this.table.setAttribute("aria-rowcount", String(this.state.rows.count + 1));
    this.table.setAttribute("aria-readonly", String(this.state.readOnly));
    this.#empty.hidden = this.state.rows.count > 0 || this.table.ariaBusy === "true";
    this.#redraw(renamed);
    this.paintSelection();
    // What was shown is not to be found on the page any more, by whatever looks for its words.
    for (const { element } of this.#spare) element.remove();
  }

  /** Draw the rows in sight that are not drawn yet. */
  draw(): void {
    this.#top = this.table.scrollTop;
    const count = this.state.rows.count;
    const from = Math.max(0, Math.floor(this.#top / this.#rowHeight) - SPARE);
    const to = Math.min(count, Math.ceil((this.#top + this.#height) / this.#rowHeight) + SPARE);
    for (const place of [...this.#drawn.keys()]) {
      if ((place < from || place >= to) && place !== this.state.active.row) this.#release(place);
    }
    for (let place = from; place < to; place += 1) this.#require(place);
    if (count > 0) this.#require(this.state.active.row);
  }

  #require(place: number): void {
    if (this.#drawn.has(place) || place >= this.state.rows.count) return;
    const row = this.#spare.pop() ?? this.#painter.build();
    if (!row.element.isConnected) this.body.append(row.element);
    this.#drawn.set(place, row);
    this.#show(row, place);
  }

  #release(place: number): void {
    const row = this.#drawn.get(place);
    if (!row) return;
    this.#drawn.delete(place);
    this.#retire(row);
  }

  /** A row that is no longer shown waits for another key. */
  #retire(row: DrawnRow): void {
    row.element.hidden = true;
    delete row.element.dataset["place"];
    this.#spare.push(row);
  }

  /** Each drawn row goes where its key now is, so that nothing changes places under the pointer or an open editor. */
  #redraw(renamed?: ReadonlyMap<string, string>): void {
    const drawn = [...this.#drawn.values()];
    this.#drawn.clear();
    for (const row of drawn) {
      const place = this.state.rows.place(renamed?.get(row.key) ?? row.key);
      if (place < 0 || this.#drawn.has(place)) this.#retire(row);
      else {
        this.#drawn.set(place, row);
        this.#show(row, place);
      }
    }
  }

  #show(row: DrawnRow, place: number): void {
    row.element.style.transform = `translateY(${place * this.#rowHeight}px)`;
    row.element.hidden = false;
    this.#painter.paint(row, place);
    this.#painter.paintMarks(row);
  }

  /** Rows with these keys show something else; those out of sight are drawn when they come. */
  repaint(keys: readonly string[]): void {
    for (const key of new Set(keys)) {
      const row = this.#drawn.get(this.state.rows.place(key));
      if (!row) continue;
      this.#painter.paint(row, row.place);
      this.#painter.paintMarks(row);
    }
  }

  repaintAll(): void {
    for (const row of this.#drawn.values()) {
      this.#painter.paint(row, row.place);
      this.#painter.paintMarks(row);
    }
  }

  /** The selection changed: drawn rows show it and the focus is told. */
  paintSelection(): void {
    this.draw();
    for (const row of this.#drawn.values()) this.#painter.paintState(row);
    paintHeader(this.state, this.#header);
    const active = this.cell(this.state.active);
    if (!active) {
      this.table.removeAttribute("aria-activedescendant");
      return;
    }
    active.element.id = `${this.#painter.id}-active`;
    for (const other of this.body.querySelectorAll(`[id="${active.element.id}"]`)) {
      if (other !== active.element) other.removeAttribute("id");
    }
    this.table.setAttribute("aria-activedescendant", active.element.id);
  }

  cell(point: Point): Cell | undefined {
    return this.#drawn.get(point.row)?.cells[point.column];
  }

  /** What stood in this cell was replaced by an editor: draw it anew, whatever it shows. */
  forget(element: HTMLElement): void {
    for (const row of this.#drawn.values()) {
      const cell = row.cells.find((candidate) => candidate.element === element);
      if (cell) cell.text = null;
    }
  }

  /** How many whole rows are in sight. */
  page(): number {
    return Math.max(1, Math.floor((this.#height - this.#titles.offsetHeight) / this.#rowHeight) - 1);
  }

  /** Scroll as little as needed to see a cell beside the frozen columns and below the titles. */
  reveal(point: Point): void {
    const top = point.row * this.#rowHeight;
    const seen = this.#height - this.#titles.offsetHeight;
    if (top < this.table.scrollTop) this.table.scrollTop = top;
    else if (seen > 0 && top + this.#rowHeight > this.table.scrollTop + seen) {
      this.table.scrollTop = top + this.#rowHeight - seen;
    }
    if (point.column >= this.#painter.frozen) this.#revealColumn(point.column);
    this.draw();
  }

  #revealColumn(place: number): void {
    const widths = this.state.columns.visible.map((column) => this.state.columns.width(column));
    const before = (count: number): number => widths.slice(0, count).reduce((sum, width) => sum + width, HEAD);
    const stays = before(this.#painter.frozen);
    const left = before(place);
    if (left - stays < this.table.scrollLeft) this.table.scrollLeft = left - stays;
    else if (this.#width > 0 && left + (widths[place] ?? 0) > this.table.scrollLeft + this.#width) {
      this.table.scrollLeft = left + (widths[place] ?? 0) - this.#width;
    }
  }

  /** Widest content drawn in a column, for a double click on its grip. */
  contentWidth(place: number): number {
    const title = this.#header.querySelector(`[data-title="${place}"] .grid-title-text`);
    const measure = document.createRange();
    const right = (content: Element): number => {
      measure.selectNodeContents(content);
      return measure.getBoundingClientRect().width;
    };
    let width = title ? right(title) + 28 : 0;
    for (const row of this.#drawn.values()) {
      const cell = row.cells[place];
      if (cell) width = Math.max(width, right(cell.label) + indentOf(cell));
    }
    return Math.ceil(width);
  }

  destroy(): void {
    this.#watcher?.disconnect();
    this.frame.remove();
  }
}
