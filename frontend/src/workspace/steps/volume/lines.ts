/** The rows of the take-off grid: lines of the server, lines on their way, and the blank one at the end. */

import type { PendingCells } from "../../cells";
import { formatNumber } from "../../numbers";
import type { Language } from "../../texts";
import type { Key } from "../../wire";
import { newKey, type LineRow as WrittenLine, type LineTexts } from "./commands";
import { CELLS, type Cell, type LineField, type Takeoff, type TakeoffLine } from "./data";
import type { Fault } from "./marks";
import { isPlain } from "./typing";

export interface LineRow {
  readonly key: Key;
  /** Null for a line that the server does not have yet. */
  readonly line: TakeoffLine | null;
}

/** Decimals of a measure and of a value; more are there, and the server keeps them. */
const MOST_DECIMALS = 6;

export const FIELDS: readonly LineField[] = ["description", ...CELLS];
export const isField = (column: string): column is LineField => FIELDS.some((field) => field === column);
const isCell = (field: string): field is Cell => CELLS.some((cell) => cell === field);

interface Draft {
  readonly values: LineTexts;
  /** On its way, or there under the key `made`. */
  sent: boolean;
  made: Key | null;
}

/** Lines that were typed and have no key of the server yet. */
export class LineDrafts {
  tail: Key = newKey("t");
  private readonly drafts = new Map<Key, Draft>();

  /** How a line that is not in the sheet is written: made once with all that was typed, changed from then on. */
  write(key: Key, values: LineTexts): WrittenLine {
    if (key === this.tail) this.tail = newKey("t");
    const before = this.drafts.get(key);
    const draft = { values: { ...before?.values, ...values }, sent: true, made: before?.made ?? null };
    this.drafts.set(key, draft);
    if (before?.sent) return { key: before.made ?? key, version: null, values };
    return { id: key, values: draft.values };
  }

  /** The answer to what made it: its key, or null if it was refused and is to be mended. */
  settle(key: Key, made: Key | null): void {
    const draft = this.drafts.get(key);
    if (!draft) return;
    draft.made = made;
    draft.sent = made !== null;
  }

  /** Rows to show, and the keys of those that are known by another now. */
  rows(sheet: Takeoff | null, mayWrite: boolean): { rows: LineRow[]; renamed: Map<Key, Key> } {
    const lines = sheet?.lines ?? [];
    const there = new Set(lines.map(({ key }) => key));
    const renamed = new Map<Key, Key>();
    for (const [key, { made }] of this.drafts) {
      if (made === null || !there.has(made)) continue;
      renamed.set(key, made);
      this.drafts.delete(key);
    }
    const rows: LineRow[] = lines.map((line) => ({ key: line.key, line }));
    for (const key of this.drafts.keys()) rows.push({ key, line: null });
    if (mayWrite && sheet) rows.push({ key: this.tail, line: null });
    return { rows, renamed };
  }

  text(key: Key, field: LineField): string {
    return this.drafts.get(key)?.values[field] ?? "";
  }

  /** Another item is looked at. */
  clear(): void {
    this.drafts.clear();
    this.tail = newKey("t");
  }
}

/** Reads lines for the columns. */
export class LineReader {
  constructor(
    private readonly cells: PendingCells,
    private readonly drafts: LineDrafts,
    private readonly language: Language,
  ) {}

  /** As it was typed, what is not saved yet included. */
  typed({ key, line }: LineRow, field: LineField): string {
    return this.cells.get(key, field)?.typed ?? line?.[field] ?? this.drafts.text(key, field);
  }

  isFormula(row: LineRow, field: LineField): boolean {
    const typed = this.typed(row, field);
    return isCell(field) && typed.trim() !== "" && !isPlain(typed);
  }

  /** A formula as what it comes to, anything else as it was typed. */
  shown(row: LineRow, field: LineField): string {
    const typed = this.typed(row, field);
    const saved = this.cells.get(row.key, field) === undefined;
    if (!saved || !isCell(field) || field === "formula" || !this.isFormula(row, field)) return typed;
    const value = row.line?.values[field];
    return value === undefined ? typed : formatNumber(value, this.language, 0, MOST_DECIMALS);
  }

  value({ line }: LineRow): string {
    return line?.value == null ? "" : formatNumber(line.value, this.language, 2, MOST_DECIMALS);
  }

  /** What is wrong with a cell: as it was refused, or as the server has it. */
  fault({ key, line }: LineRow, field: LineField): string {
    const pending = this.cells.get(key, field);
    if (pending) return pending.text ?? "";
    return (isCell(field) && line?.issues[field]?.text) || "";
  }

  /** What cannot be calculated, at its cell; of the whole line at its value. */
  faults(rows: readonly LineRow[]): Fault[] {
    return rows.flatMap(({ key, line }) =>
      Object.entries(line?.issues ?? {}).flatMap(([cell, issue]) =>
        issue ? [{ key, column: cell === "" ? "value" : cell, text: issue.text }] : [],
      ),
    );
  }
}
