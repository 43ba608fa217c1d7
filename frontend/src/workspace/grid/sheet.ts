import { Commands } from "./commands";
import { RowDrag } from "./drag";
import { Editing } from "./editing";
import { FillDrag } from "./filling";
import { intentOf } from "./keys";
import { Moves } from "./moves";
import { Pointer } from "./pointer";
import type { Area, Point } from "./selection";
import { State } from "./state";
import { gridTexts } from "./texts";
import { Transfer } from "./transfer";
import type {
  CellAddress,
  CellEdit,
  CellState,
  ColumnState,
  EditorMove,
  Grid,
  GridOptions,
  GridSelection,
  PresenceMark,
} from "./types";
import { View } from "./view";

/** One grid: state, drawing, keys, pointer and clipboard put together. */
export class Sheet<Row> implements Grid<Row> {
  readonly #state: State<Row>;
  readonly #view: View<Row>;
  readonly #editing: Editing<Row>;
  readonly #moves: Moves<Row>;
  readonly #transfer: Transfer<Row>;
  readonly #commands: Commands<Row>;
  readonly #pointer: Pointer<Row>;
  readonly #drag: RowDrag<Row>;
  readonly #fill: FillDrag<Row>;
  /** Esc was pressed outside an editor: the next Tab leaves the grid. */
  #leaving = false;

  constructor(host: HTMLElement, options: GridOptions<Row>) {
    const texts = gridTexts[options.language];
    this.#state = new State(options, (keys) => this.#view.repaint(keys));
    this.#view = new View(this.#state, texts, host);
    const refuse = (): void => this.#say(texts.refusedReadOnly, true);
    this.#editing = new Editing(this.#state, this.#view, (move) => this.#leftEditor(move), refuse);
    this.#moves = new Moves(this.#state, () => this.#view.page());
    this.#transfer = new Transfer(this.#state, texts, (message, refused) => this.#say(message, refused));
    this.#commands = new Commands(this.#state, this.#editing, this.#transfer, this.#moves, () => this.#changed());
    this.#drag = new RowDrag(this.#state, this.#view, (event) => this.#pressedHead(event));
    this.#pointer = this.#listenPointer();
    this.#fill = this.#buildFill();
    this.#listen();
  }

  #listenPointer(): Pointer<Row> {
    return new Pointer(this.#state, this.#view, {
      changed: () => this.#changed(false),
      edit: () => this.#editing.start(),
      commit: () => this.commit(),
      toggle: (place) => void this.#commands.fold(place),
      dragRows: (event) => this.#mayDrag() && this.#drag.start(event),
      dragFill: (event) => this.#fill.start(event),
      isEditor: (target) => target.closest(".is-editing") !== null && !target.matches(".is-editing"),
    });
  }

  #buildFill(): FillDrag<Row> {
    const cellAt = (x: number, y: number): Point | null => {
      const hit = this.#pointer.near(x, y);
      return hit?.part === "head" ? null : (hit?.point ?? null);
    };
    const fill = (source: Area, target: Area): void => this.#transfer.fillFrom(source, target);
    return new FillDrag(this.#state, this.#view, cellAt, () => this.#changed(false), fill);
  }

  #listen(): void {
    const { table } = this.#view;
    table.addEventListener("keydown", (event) => this.#key(event));
    table.addEventListener("copy", (event) => this.#outsideEditor(() => this.#transfer.copy(event)));
    table.addEventListener("cut", (event) => this.#outsideEditor(() => this.#cut(event)));
    table.addEventListener("paste", (event) => this.#outsideEditor(() => this.#transfer.paste(event)));
    table.addEventListener("contextmenu", (event) => this.#menu(event));
    table.addEventListener("focusin", () => this.#view.frame.classList.add("is-focused"));
    table.addEventListener("focusout", (event) => this.#focusLeft(event));
  }

  #outsideEditor(act: () => void): void {
    if (!this.#editing.isOpen) act();
  }

  #cut(event: ClipboardEvent): void {
    this.#transfer.copy(event);
    if (!this.#state.readOnly) this.#transfer.clear("cut");
  }

  /** Focus that leaves the grid takes what was typed, as a click elsewhere in a spreadsheet does. */
  #focusLeft(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && this.#view.table.contains(to)) return;
    this.#view.frame.classList.remove("is-focused");
    this.#leaving = false;
    const inList = to instanceof Element && to.closest("[data-grid-popup]") !== null;
    // A window that lost the focus keeps its editor: the person comes back to it.
    if (!inList && (to !== null || document.hasFocus())) this.commit();
  }

  #key(event: KeyboardEvent): void {
    if (this.#editing.isOpen) {
      this.#editing.key(event);
      return;
    }
    if (event.isComposing) return;
    if (event.key === "Escape" && (this.#drag.cancel() || this.#fill.cancel())) return;
    if (this.#use(event)) event.preventDefault();
  }

  /** Do what a key outside an editor asks. True when it was used. */
  #use(event: KeyboardEvent): boolean {
    const intent = intentOf(event);
    const leaving = this.#leaving;
    this.#leaving = intent?.act === "escape" || (leaving && event.key === "Shift");
    if (!intent) return this.#state.options.onKey?.(event, this.selection()) ?? false;
    switch (intent.act) {
      case "step":
      case "edge":
      case "page":
      case "line":
      case "corner":
        this.#moves.move(intent);
        this.#changed();
        return true;
      case "tab":
        return !leaving && this.#commands.advance("tab", intent.back);
      case "enter":
        return this.#commands.advance("enter", intent.back);
      default:
        if (this.#state.options.onKey?.(event, this.selection())) return true;
        return this.#commands.run(intent);
    }
  }

  #leftEditor(move: EditorMove): void {
    this.#view.table.focus({ preventScroll: true });
    this.#moves.advance(move);
    this.#changed();
  }

  #mayDrag(): boolean {
    return !this.#state.readOnly && this.#state.options.onMove !== undefined;
  }

  #pressedHead(event: PointerEvent): void {
    const hit = this.#pointer.hit(document.elementFromPoint(event.clientX, event.clientY));
    if (!hit) return;
    this.#state.markRows(hit.point.row, hit.point.row, false);
    this.#changed(false);
  }

  #menu(event: MouseEvent): void {
    if (this.#editing.isOpen) return;
    const { options } = this.#state;
    const title = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-title]") : null;
    const column = title && this.#state.columns.visible[Number(title.dataset["title"])];
    if (column && options.onHeaderMenu) {
      event.preventDefault();
      options.onHeaderMenu(column.id, event.clientX, event.clientY);
    } else if (options.onMenu && !title && this.#state.spans.length > 0) {
      event.preventDefault();
      const [x, y] = this.#menuPlace(event);
      options.onMenu(this.selection(), x, y);
    }
  }

  /** The menu key opens it at the active cell: its event has no place of its own. */
  #menuPlace(event: MouseEvent): [x: number, y: number] {
    if (event.button === 2 || this.#pointer.hit(event.target)) return [event.clientX, event.clientY];
    const box = this.#view.cell(this.#state.active)?.element.getBoundingClientRect();
    return box ? [box.left, box.bottom] : [event.clientX, event.clientY];
  }

  #changed(reveal = true): void {
    if (reveal) this.#view.reveal(this.#state.spans.length === 1 ? this.#state.head : this.#state.active);
    this.#view.paintSelection();
    this.#state.options.onSelect?.(this.selection());
  }

  #say(message: string, refused: boolean): void {
    this.#view.status.textContent = message;
    if (refused) this.#state.options.onRefuse?.(message);
  }

  get element(): HTMLElement {
    return this.#view.frame;
  }

  setRows(rows: readonly Row[], renamed?: ReadonlyMap<string, string>): void {
    const before = this.#state.address(this.#state.active);
    this.#state.keeping(() => this.#state.rows.replace(rows), renamed);
    if (renamed) this.#state.marks.rename(renamed);
    this.#editing.rowsChanged(renamed);
    this.#view.refresh(renamed);
    const after = this.#state.address(this.#state.active);
    if (before?.key !== after?.key) this.#state.options.onSelect?.(this.selection());
  }

  update(rows: readonly Row[]): void {
    this.#state.rows.update(rows);
    this.#view.repaint(rows.map((row) => this.#state.options.keyOf(row)));
  }

  refresh(): void {
    this.#view.repaintAll();
  }

  row(key: string): Row | undefined {
    return this.#state.rows.at(this.#state.rows.place(key));
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly) this.#editing.cancel();
    this.#state.readOnly = readOnly;
    this.#view.refresh();
  }

  setBusy(busy: boolean): void {
    this.#view.table.ariaBusy = String(busy);
    this.#view.refresh();
  }

  selection(): GridSelection {
    return this.#state.selection();
  }

  select(key: string, column?: string, returnTo?: string): void {
    const row = this.#state.rows.place(key);
    if (row < 0 || !this.commit()) return;
    const wished = column === undefined ? this.#state.active.column : this.#state.columns.place(column);
    this.#state.place({ row, column: wished });
    const back = returnTo === undefined ? -1 : this.#state.columns.place(returnTo);
    this.#state.tabbedFrom = back < 0 ? null : back;
    this.#changed();
  }

  selectRows(keys: readonly string[]): void {
    const places = keys.map((key) => this.#state.rows.place(key)).filter((place) => place >= 0);
    const [first] = places;
    if (first === undefined || !this.commit()) return;
    this.#state.wholeRows = false;
    for (const [from, to] of runs(places)) this.#state.markRows(from, to, true);
    this.#state.active = { row: first, column: this.#state.active.column };
    this.#view.reveal(this.#state.active);
    this.#changed(false);
  }

  scrollTo(key: string): void {
    const row = this.#state.rows.place(key);
    if (row >= 0) this.#view.reveal({ row, column: this.#state.active.column });
  }

  focus(): void {
    this.#view.table.focus({ preventScroll: true });
  }

  edit(key: string, column: string): void {
    this.select(key, column);
    this.focus();
    this.#editing.start();
  }

  commit(): boolean {
    this.#editing.take();
    return !this.#editing.isOpen;
  }

  get editing(): boolean {
    return this.#editing.isOpen;
  }

  draft(): CellEdit | null {
    return this.#editing.draft();
  }

  mark(cell: CellAddress, state: CellState | null, message?: string): void {
    this.#state.marks.mark(cell, state, message);
  }

  clearMarks(state?: CellState): void {
    this.#state.marks.clear(state);
  }

  flash(cells: readonly CellAddress[]): void {
    this.#state.marks.flash(cells);
  }

  setPresence(marks: readonly PresenceMark[]): void {
    this.#state.marks.setPresence(marks);
  }

  columns(): readonly ColumnState[] {
    return this.#state.columns.states();
  }

  setHidden(column: string, hidden: boolean): void {
    this.#arrange(() =>
      this.#state.columns.show((id) => (id === column ? !hidden : !this.#state.columns.isHidden(id))),
    );
  }

  showColumns(ids: readonly string[]): void {
    const shown = new Set(ids);
    this.#arrange(() => this.#state.columns.show((id) => shown.has(id)));
  }

  resetColumns(): void {
    this.#arrange(() => this.#state.columns.reset());
  }

  #arrange(change: () => void): void {
    if (!this.commit()) return;
    this.#state.keeping(change);
    this.#view.rebuild();
  }

  copyText(): string {
    return this.#transfer.copyText();
  }

  destroy(): void {
    this.#pointer.stop();
    this.#state.marks.stop();
    this.#view.destroy();
  }
}

/** Neighbouring places as runs from first to last. */
function runs(places: readonly number[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else found.push([place, place]);
  }
  return found;
}
