/** Rows that a person has begun and the server does not have yet, and where they stand among the others. */

import type { BillDocument, Placed } from "../../document";
import type { Target } from "../../moves";
import type { Key } from "../../wire";
import type { Field, Typed } from "./commands";

/** The blank row at the end, always there for whoever may write. */
export const TAIL = "new0";

export interface Draft {
  readonly key: Key;
  readonly kind: "s" | "i";
  readonly parent: Key | null;
  /** The row it stands behind; null: first in its section. */
  readonly after: Key | null;
  readonly typed: Typed;
  /** What an analysis that was chosen says of fields nobody typed. */
  readonly shown: Typed;
  /** On its way to the server. */
  readonly sent: boolean;
}

/** One row to show: of the bill, or a draft. */
export type Line =
  | { readonly placed: Placed; readonly draft: null; readonly level: number }
  | { readonly placed: null; readonly draft: Draft; readonly level: number };

export class Drafts {
  private list: Draft[] = [];
  private last = 0;
  /** The blank row is a section, or stands further out than the row above it. */
  private tail: { kind: "s" | "i"; out: number } = { kind: "i", out: 0 };

  get all(): readonly Draft[] {
    return this.list;
  }

  get(key: Key): Draft | undefined {
    return this.list.find((draft) => draft.key === key);
  }

  /** Begin a row; the one that was begun and left empty gives way. */
  open(target: Target, kind: "s" | "i" = "i"): Draft {
    this.dropEmpty();
    return this.put({ ...target, kind, key: this.newKey(), typed: {}, shown: {}, sent: false });
  }

  newKey(): Key {
    this.last += 1;
    return `new${this.last}`;
  }

  put(draft: Draft): Draft {
    const at = this.list.findIndex((one) => one.key === draft.key);
    if (at < 0) this.list.push(draft);
    else this.list[at] = draft;
    return draft;
  }

  remove(keys: Iterable<Key>): void {
    const gone = new Set(keys);
    this.list = this.list.filter((draft) => !gone.has(draft.key));
  }

  /** Drafts nothing was typed into; the keys that went. */
  dropEmpty(but?: Key): Key[] {
    const empty = this.list.filter((draft) => !draft.sent && draft.key !== but && Object.keys(draft.typed).length === 0);
    this.remove(empty.map((draft) => draft.key));
    return empty.map((draft) => draft.key);
  }

  /** The server has them: drafts that wait behind them know them by their keys. */
  made(keys: ReadonlyMap<Key, Key>): void {
    this.remove(keys.keys());
    const now = (key: Key | null): Key | null => (key === null ? null : (keys.get(key) ?? key));
    this.list = this.list.map((draft) => ({ ...draft, parent: now(draft.parent), after: now(draft.after) }));
  }

  /** The blank row, behind everything else. */
  tailOf(bill: BillDocument): Draft {
    return { key: TAIL, kind: this.tail.kind, ...this.tailTarget(bill), typed: {}, shown: {}, sent: false };
  }

  private tailTarget(bill: BillDocument): Target {
    let target = this.behindEverything(bill);
    for (let step = 0; step < this.tail.out && target.parent !== null; step += 1) {
      target = { parent: this.parentOf(bill, target.parent), after: target.parent };
    }
    return target;
  }

  private behindEverything(bill: BillDocument): Target {
    const draft = this.list.at(-1);
    const last = bill.order.at(-1);
    if (draft && this.isBehind(bill, draft)) {
      if (draft.kind === "s") return { parent: draft.key, after: null };
      return { parent: draft.parent, after: draft.key };
    }
    if (!last) return { parent: null, after: null };
    if (last.row.kind === "s") return { parent: last.row.key, after: null };
    return { parent: last.row.parent, after: last.row.key };
  }

  private isBehind(bill: BillDocument, draft: Draft): boolean {
    return boundary(bill, this.byKey(), draft) >= bill.order.length;
  }

  private parentOf(bill: BillDocument, key: Key): Key | null {
    return this.get(key)?.parent ?? bill.row(key)?.parent ?? null;
  }

  /** Alt+Shift and an arrow on the blank row. */
  shiftTail(bill: BillDocument, by: -1 | 1): void {
    const out = Math.max(0, this.tail.out - by);
    if (by > 0 || this.tailTarget(bill).parent !== null) this.tail = { ...this.tail, out };
  }

  /** The blank row becomes a section or an item; the other way when `kind` is left out. */
  turnTail(kind?: "s" | "i"): void {
    this.tail = { ...this.tail, kind: kind ?? (this.tail.kind === "s" ? "i" : "s") };
  }

  /** What was typed into the blank row makes it a row of its own; a fresh blank one follows. */
  takeTail(bill: BillDocument): Draft {
    const draft = { ...this.tailOf(bill), key: this.newKey() };
    this.tail = { kind: "i", out: 0 };
    return this.put(draft);
  }

  type(key: Key, field: Field, text: string): void {
    const draft = this.get(key);
    if (draft) this.put({ ...draft, typed: { ...draft.typed, [field]: text } });
  }

  byKey(): Map<Key, Draft> {
    return new Map(this.list.map((draft) => [draft.key, draft]));
  }

  /** Rows in view with the drafts among them, each where it will stand. */
  among(bill: BillDocument, visible: readonly Placed[], tail: Draft | null): Line[] {
    const lines: Line[] = visible.map((placed) => ({ placed, draft: null, level: placed.level }));
    const drafts = tail ? [...this.list, tail] : this.list;
    if (drafts.length === 0) return lines;
    const known = new Map(drafts.map((draft) => [draft.key, draft]));
    for (const draft of drafts) insert(bill, known, lines, draft);
    return lines;
  }
}

/** The place in the whole bill a draft stands before: past the row it follows and all that is in it. */
function boundary(bill: BillDocument, drafts: ReadonlyMap<Key, Draft>, draft: Draft): number {
  const before = draft.after === null ? undefined : drafts.get(draft.after);
  if (before) return boundary(bill, drafts, before);
  const around = draft.parent === null ? undefined : drafts.get(draft.parent);
  if (draft.after === null && around) return boundary(bill, drafts, around);
  if (draft.after !== null) return bill.place(draft.after)?.end ?? bill.order.length;
  return draft.parent === null ? 0 : (bill.place(draft.parent)?.index ?? bill.order.length - 1) + 1;
}

function levelOf(bill: BillDocument, drafts: ReadonlyMap<Key, Draft>, parent: Key | null): number {
  if (parent === null) return 0;
  const around = drafts.get(parent);
  return around ? levelOf(bill, drafts, around.parent) + 1 : (bill.place(parent)?.level ?? -1) + 1;
}

function insert(bill: BillDocument, drafts: ReadonlyMap<Key, Draft>, lines: Line[], draft: Draft): void {
  const line: Line = { placed: null, draft, level: levelOf(bill, drafts, draft.parent) };
  const behind = draft.after ?? draft.parent;
  const at = behind === null ? -1 : lines.findIndex((one) => one.draft?.key === behind);
  if (at >= 0) {
    // Behind another draft, and what already stands inside that one.
    let next = at + 1;
    while (lines[next]?.draft && draft.after !== null && lines[next]!.level > line.level) next += 1;
    lines.splice(next, 0, line);
    return;
  }
  const place = boundary(bill, drafts, draft);
  const found = lines.findIndex((one) => one.placed !== null && one.placed.index >= place);
  lines.splice(found < 0 ? lines.length : found, 0, line);
}
