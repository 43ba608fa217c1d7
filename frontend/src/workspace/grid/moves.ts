import { areaOf, cycle, edge, isSingle, step, tab, within, type Point } from "./selection";
import type { Intent } from "./keys";
import type { State } from "./state";
import type { EditorMove } from "./types";

type Movement = Extract<Intent, { act: "step" | "edge" | "page" | "line" | "corner" }>;

const DIRECTIONS: Record<EditorMove, readonly [rows: number, columns: number]> = {
  down: [1, 0],
  up: [-1, 0],
  right: [0, 1],
  left: [0, -1],
  stay: [0, 0],
};

/** How the cursor moves: changes the state only, and says whether it moved. */
export class Moves<Row> {
  constructor(
    private readonly state: State<Row>,
    /** Whole rows in sight. */
    private readonly page: () => number,
  ) {}

  move(intent: Movement): void {
    const from = intent.extend ? this.state.head : this.state.active;
    const to = this.#target(intent, from);
    this.state.tabbedFrom = null;
    if (!intent.extend) this.state.place(to);
    else if (this.state.wholeRows) this.state.markRows(this.state.active.row, to.row, false);
    else this.state.extend(to);
  }

  #target(intent: Movement, from: Point): Point {
    const { extent } = this.state;
    switch (intent.act) {
      case "step":
        return step(from, intent.rows, intent.columns, extent);
      case "edge":
        return edge(from, intent.rows, intent.columns, extent, (row, column) => this.state.text(row, column) !== "");
      case "page":
        return step(from, intent.pages * this.page(), 0, extent);
      case "line":
        return within({ row: from.row, column: intent.end ? extent.columns : 0 }, extent);
      case "corner":
        return intent.end ? { row: extent.rows - 1, column: extent.columns - 1 } : { row: 0, column: 0 };
    }
  }

  /** Enter and Tab, in the grid and out of an editor. False: there is nowhere further, the focus may leave. */
  advance(move: EditorMove): boolean {
    const area = this.state.spans.length === 1 && this.state.spans[0] ? areaOf(this.state.spans[0]) : null;
    const sideways = move === "left" || move === "right";
    if (move === "stay") return true;
    if (area && !isSingle(area) && !this.state.wholeRows) {
      this.state.active = cycle(area, this.state.active, sideways ? "rows" : "columns", move === "left" || move === "up");
      return true;
    }
    return sideways ? this.#tab(move === "left") : this.#enter(move);
  }

  #tab(back: boolean): boolean {
    const from = this.state.tabbedFrom ?? this.state.active.column;
    const to = tab(this.state.active, back, this.state.extent);
    if (!to) return false;
    const sameRow = to.row === this.state.active.row;
    this.state.place(to);
    this.state.tabbedFrom = sameRow ? from : null;
    return true;
  }

  /** Enter after a run of Tabs goes to where the run began, one row on. */
  #enter(move: EditorMove): boolean {
    const [rows] = DIRECTIONS[move];
    const column = this.state.tabbedFrom ?? this.state.active.column;
    this.state.tabbedFrom = null;
    this.state.place(step({ row: this.state.active.row, column }, rows, 0, this.state.extent));
    return true;
  }

  /** An arrow that left an editor. */
  arrow(move: EditorMove): void {
    const [rows, columns] = DIRECTIONS[move];
    this.state.tabbedFrom = null;
    this.state.place(step(this.state.active, rows, columns, this.state.extent));
  }
}
