import type { Editing } from "./editing";
import type { Intent } from "./keys";
import type { Moves } from "./moves";
import type { State } from "./state";
import type { Transfer } from "./transfer";

type Plain = Exclude<Intent, { act: "step" | "edge" | "page" | "line" | "corner" | "enter" | "tab" }>;

/** What keys other than those that move do. True: the key was used. */
export class Commands<Row> {
  constructor(
    private readonly state: State<Row>,
    private readonly editing: Editing<Row>,
    private readonly transfer: Transfer<Row>,
    private readonly moves: Moves<Row>,
    /** The selection changed. */
    private readonly changed: () => void,
  ) {}

  run(intent: Plain): boolean {
    switch (intent.act) {
      case "edit":
        this.editing.start();
        return true;
      case "type":
        return this.#type(intent.text);
      case "erase":
        this.editing.start("");
        return true;
      case "clear":
        return this.#clear();
      case "fill":
        this.transfer.fillDown();
        return true;
      case "fill-right":
        this.transfer.fillRight();
        return true;
      case "all":
      case "row":
      case "column":
        this.#mark(intent.act);
        return true;
      default:
        return this.#tell(intent);
    }
  }

  /** What only the step can do. Without its handler the key stays the browser's. */
  #tell(intent: Plain): boolean {
    const { options } = this.state;
    const { keys } = this.state.selection();
    const moving = keys.filter((key) => !this.#fixed(key));
    switch (intent.act) {
      case "insert":
        return this.#may(options.onInsert, (insert) =>
          insert.call(options, { key: this.state.rows.key(this.state.active.row), above: intent.above }),
        );
      case "remove":
        return this.#may(options.onRemove, (remove) => keys.length > 0 && remove.call(options, keys));
      case "indent":
        return this.#may(options.onIndent, (indent) => keys.length > 0 && indent.call(options, keys, intent.by));
      case "shift":
        return this.#may(options.onMove, (move) => moving.length > 0 && move.call(options, moving, { by: intent.by }));
      case "undo":
        return this.#may(options.onUndo, (undo) => undo.call(options));
      case "redo":
        return this.#may(options.onRedo, (redo) => redo.call(options));
      case "fold":
        return this.fold(this.state.active.row, intent.shut);
      default:
        return false;
    }
  }

  /** Where nothing may be changed the key is used all the same: a browser must not undo or go back in our place. */
  #may<Act>(act: Act | undefined, use: (act: Act) => unknown): boolean {
    if (act === undefined) return false;
    if (!this.state.readOnly) use(act);
    return true;
  }

  #fixed(key: string): boolean {
    const row = this.state.rows.at(this.state.rows.place(key));
    return row !== undefined && (this.state.options.isFixed?.(row) ?? false);
  }

  #type(text: string): boolean {
    if (text === " " && this.#onTwisty()) return this.fold(this.state.active.row);
    this.editing.start(text);
    return true;
  }

  /** The active cell is the tree's, of a row that holds others: there a space opens and closes. */
  #onTwisty(): boolean {
    const row = this.state.rows.at(this.state.active.row);
    const column = this.state.columns.visible[this.state.active.column];
    return Boolean(column?.tree && row !== undefined && this.state.options.treeOf?.(row).children);
  }

  /** Open or close the row at a place; the other way when `shut` is left out. */
  fold(place: number, shut?: boolean): boolean {
    const row = this.state.rows.at(place);
    const key = this.state.rows.key(place);
    const tree = row === undefined ? undefined : this.state.options.treeOf?.(row);
    if (!tree?.children || key === null) return false;
    const collapse = shut ?? !tree.collapsed;
    if (collapse !== tree.collapsed) this.state.options.onToggle?.(key, collapse);
    return true;
  }

  #clear(): boolean {
    if (this.state.wholeRows && this.state.options.onRemove) return this.#tell({ act: "remove" });
    this.transfer.clear("clear");
    return true;
  }

  #mark(what: "all" | "row" | "column"): void {
    const { rows, columns } = this.state.extent;
    if (rows === 0) return;
    const { head, active } = this.state;
    const anchor = this.state.spans.at(-1)?.anchor ?? active;
    if (what === "row") this.state.markRows(anchor.row, head.row, false);
    else {
      const [left, right] = what === "all" ? [0, columns - 1] : [anchor.column, head.column];
      this.state.wholeRows = false;
      this.state.spans = [{ anchor: { row: 0, column: left }, head: { row: rows - 1, column: right } }];
    }
    this.changed();
  }

  /** After Enter or Tab. */
  advance(act: "enter" | "tab", back: boolean): boolean {
    const moved = this.moves.advance(act === "enter" ? (back ? "up" : "down") : back ? "left" : "right");
    if (moved) this.changed();
    return moved;
  }
}
