import { editIntentOf } from "./keys";
import { areaOf, isSingle } from "./selection";
import type { State } from "./state";
import type { CellEdit, CellEditor, Column, EditorContext, EditorMove } from "./types";
import type { View } from "./view";

/** The plain editor: one line of text, with a keyboard of figures on phones for numbers. */
export function lineEditor<Row>(context: EditorContext<Row>): CellEditor {
  const input = document.createElement("input");
  input.type = "text";
  input.className = "grid-input";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.value = context.initial;
  input.setAttribute("aria-label", context.column.title);
  if (context.column.kind === "number" || context.column.kind === "money") input.inputMode = "decimal";
  return {
    element: input,
    value: () => input.value,
    focus() {
      input.focus({ preventScroll: true });
      const end = input.value.length;
      input.setSelectionRange(end, end);
    },
  };
}

interface Open<Row> {
  key: string;
  readonly column: Column<Row>;
  readonly before: string;
  readonly editor: CellEditor;
  readonly cell: HTMLElement;
  replacing: boolean;
}

/** Opening, taking and leaving the editor of a cell. */
export class Editing<Row> {
  #open: Open<Row> | null = null;

  constructor(
    private readonly state: State<Row>,
    private readonly view: View<Row>,
    /** Where the cursor goes when an editor was left. */
    private readonly go: (move: EditorMove) => void,
    private readonly refuse: () => void,
  ) {}

  get isOpen(): boolean {
    return this.#open !== null;
  }

  draft(): CellEdit | null {
    const open = this.#open;
    return open && { key: open.key, column: open.column.id, text: open.editor.value() };
  }

  /** Open the active cell's editor; `typed` replaces its content. */
  start(typed?: string): void {
    if (this.#open) return;
    const at = this.state.active;
    const row = this.state.rows.at(at.row);
    const column = this.state.columns.visible[at.column];
    if (row === undefined || !column) return;
    if (!this.state.canEdit(at.row, at.column)) {
      this.refuse();
      return;
    }
    this.view.reveal(at);
    const cell = this.view.cell(at)?.element;
    if (!cell) return;
    const before = this.state.text(at.row, at.column);
    const editor = this.#create(column, row, typed ?? before, typed !== undefined);
    const key = this.state.rows.key(at.row) ?? "";
    this.#open = { key, column, before, editor, cell, replacing: typed !== undefined };
    cell.classList.add("is-editing");
    cell.closest(".grid-row")?.classList.add("is-edited");
    if (!column.tree && !column.paint) cell.textContent = "";
    cell.append(editor.element);
    editor.focus();
  }

  #create(column: Column<Row>, row: Row, initial: string, replacing: boolean): CellEditor {
    const context: EditorContext<Row> = {
      row,
      column,
      initial,
      replacing,
      commit: (move, text) => this.commit(move, text),
      cancel: () => this.cancel(),
    };
    return (column.editor ?? lineEditor)(context);
  }

  /** Take what was typed and go on from there. */
  commit(move: EditorMove, text?: string, fill = false): void {
    if (!this.#open) return;
    this.take(text, fill);
    this.go(move);
  }

  /** Take what was typed and stay where the focus is: one edit, or with `fill` one for each marked cell. */
  take(text?: string, fill = false): void {
    const open = this.#open;
    if (!open) return;
    const typed = text ?? open.editor.value();
    this.#close(open);
    const edits = fill ? this.#everyMarked(typed) : [{ key: open.key, column: open.column.id, text: typed }];
    if (fill || typed !== open.before) this.state.options.onEdit?.(edits, fill ? "fill" : "type");
  }

  #everyMarked(text: string): CellEdit[] {
    const edits: CellEdit[] = [];
    for (const area of this.state.areas()) {
      for (let row = area.top; row <= area.bottom; row += 1) {
        for (let column = area.left; column <= area.right; column += 1) {
          const address = this.state.address({ row, column });
          if (address && this.state.canEdit(row, column)) edits.push({ ...address, text });
        }
      }
    }
    return edits;
  }

  cancel(): void {
    if (!this.#open) return;
    this.#close(this.#open);
    this.go("stay");
  }

  /** Rows changed under an open editor: it stays while its row does, whatever its key is now. */
  rowsChanged(renamed?: ReadonlyMap<string, string>): void {
    if (this.#open) this.#open.key = renamed?.get(this.#open.key) ?? this.#open.key;
    if (this.#open && this.state.rows.place(this.#open.key) < 0) this.cancel();
  }

  #close(open: Open<Row>): void {
    this.#open = null;
    open.editor.destroy?.();
    open.editor.element.remove();
    open.cell.classList.remove("is-editing");
    this.view.forget(open.cell);
    this.view.repaint([open.key]);
  }

  /** A key in an open editor. */
  key(event: KeyboardEvent): void {
    const open = this.#open;
    if (!open || event.isComposing || open.editor.key?.(event)) return;
    const intent = editIntentOf(event, open.replacing);
    if (!intent) return;
    event.preventDefault();
    if (intent === "toggle") open.replacing = !open.replacing;
    else if (intent === "cancel") this.cancel();
    else if (intent === "fill") this.commit("stay", undefined, !this.#isSingle());
    else this.commit(intent);
  }

  #isSingle(): boolean {
    const last = this.state.spans.at(-1);
    return this.state.spans.length === 1 && last !== undefined && isSingle(areaOf(last));
  }
}
