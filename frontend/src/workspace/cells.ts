/** Values that the server does not have yet, beside those it has. */

import type { CellConflict, Key, Value } from "./wire";

/** A cell and what was typed into it. */
export interface CellEdit {
  readonly key: Key;
  readonly field: string;
  readonly typed: string;
}

/** `saving` until the answer; `wrong` keeps the text with what is wrong with it; `conflict` waits for a decision. */
export type CellState = "saving" | "wrong" | "conflict";

export interface PendingCell extends CellEdit {
  readonly state: CellState;
  /** The command that carries it. */
  readonly command: string;
  readonly text?: string;
  readonly conflict?: CellConflict;
}

const idOf = (key: Key, field: string): string => `${key} ${field}`;

export class PendingCells {
  private readonly cells = new Map<string, PendingCell>();

  get(key: Key, field: string): PendingCell | undefined {
    return this.cells.get(idOf(key, field));
  }

  all(): PendingCell[] {
    return [...this.cells.values()];
  }

  of(command: string): PendingCell[] {
    return this.all().filter((cell) => cell.command === command);
  }

  /** Whether the row has something unsaved, and the worst state of it. */
  stateOf(key: Key): CellState | null {
    let worst: CellState | null = null;
    for (const cell of this.cells.values()) {
      if (cell.key !== key) continue;
      if (cell.state === "conflict") return "conflict";
      worst = cell.state === "wrong" ? "wrong" : (worst ?? "saving");
    }
    return worst;
  }

  put(command: string, edits: readonly CellEdit[]): void {
    for (const edit of edits) this.cells.set(idOf(edit.key, edit.field), { ...edit, command, state: "saving" });
  }

  mark(command: string, change: (cell: PendingCell) => PendingCell): void {
    for (const [id, cell] of this.cells) if (cell.command === command) this.cells.set(id, change(cell));
  }

  /** Forget what `command` carried; a cell that was typed again since belongs to a later command and stays. */
  drop(command: string): void {
    for (const [id, cell] of this.cells) if (cell.command === command) this.cells.delete(id);
  }

  /** Forget one cell: its person gave it up. */
  forget(key: Key, field: string): void {
    this.cells.delete(idOf(key, field));
  }

  rename(from: Key, to: Key): void {
    for (const [id, cell] of [...this.cells]) {
      if (cell.key !== from) continue;
      this.cells.delete(id);
      this.cells.set(idOf(to, cell.field), { ...cell, key: to });
    }
  }
}

export const typedText = (value: Value | undefined): string =>
  value === null || value === undefined ? "" : String(value);
