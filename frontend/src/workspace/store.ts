/** What the workspace knows: the bill, its figures, the totals, what is selected, and what is not saved yet. */

import { PendingCells, typedText } from "./cells";
import { BillDocument, rowOf } from "./document";
import { Topics } from "./topics";
import type { Answer, Figures, GridPart, Head, HeadStep, Key, Totals, Value, WireRow } from "./wire";

/** `rows` values, `order` places, `figures` prices and amounts, `cells` what is not saved, `others` rows of other kinds. */
export type Topic = "head" | "rows" | "order" | "figures" | "totals" | "cells" | "selection" | "others" | "answer";

export interface Selection {
  readonly keys: readonly Key[];
  /** The column the cursor stands in. */
  readonly field: string | null;
}

export class Store {
  readonly topics = new Topics<Topic>();
  readonly bill = new BillDocument();
  readonly cells = new PendingCells();
  head: Head | null = null;
  totals: Totals | null = null;
  steps: readonly HeadStep[] = [];
  selection: Selection = { keys: [], field: null };
  /** Everything up to this revision is here. */
  revision = 0;
  /** Whether the bill was read; before that answers change totals only. */
  loaded = false;
  /** The last answer, for steps that keep rows of their own kind (parameters, lines, prices). */
  lastAnswer: Answer | null = null;
  private figuresAt = 0;

  on(topic: Topic | readonly Topic[], listener: () => void): () => void {
    return this.topics.onAny(typeof topic === "string" ? [topic] : topic, listener);
  }

  get rights(): Readonly<Record<string, boolean>> {
    return this.head?.rights ?? {};
  }

  setHead(head: Head): void {
    this.head = head;
    this.steps = head.steps;
    this.totals = head.totals;
    this.revision = Math.max(this.revision, this.loaded ? 0 : head.revision);
    this.topics.tell("head", "totals");
  }

  /** The whole bill from its parts, all of one revision. */
  setBill(parts: readonly GridPart[]): void {
    this.bill.load(parts.flatMap((part) => part.rows.map(rowOf)));
    this.bill.setFigures(
      parts.flatMap((part) => part.figures.rows),
      true,
    );
    this.revision = parts[0]?.revision ?? this.revision;
    this.figuresAt = this.revision;
    this.loaded = true;
    this.topics.tell("order", "rows", "figures");
  }

  /** What a command did, or what others did. True if it follows on what is here, so that nothing is missing. */
  apply(answer: Answer): boolean {
    const follows = answer.base <= this.revision;
    this.takeRows(answer.rows, answer.removed);
    this.takeFigures(answer.figures, answer.revision);
    if (answer.revision >= this.revision || follows) this.totals = answer.totals;
    if (follows) this.revision = Math.max(this.revision, answer.revision);
    this.lastAnswer = answer;
    this.topics.tell("totals", "answer");
    return follows;
  }

  private takeRows(rows: readonly WireRow[], removed: readonly Key[]): void {
    const ofBill = rows.filter((row) => isOfBill(row.key)).map(rowOf);
    const gone = removed.filter(isOfBill);
    if (ofBill.length + gone.length > 0 && this.loaded) {
      this.topics.tell("rows");
      if (this.bill.merge(ofBill, gone)) this.topics.tell("order");
    }
    if (rows.length > ofBill.length || removed.length > gone.length) this.topics.tell("others");
  }

  private takeFigures(figures: Figures, revision: number): void {
    if (!this.loaded || revision < this.figuresAt || (!figures.full && figures.rows.length === 0)) return;
    this.figuresAt = revision;
    this.bill.setFigures(figures.rows, figures.full);
    this.topics.tell("figures");
  }

  /** What the cell shows: the text a person typed, as long as it is not saved, else what the server has. */
  shown(key: Key, field: string): Value {
    return this.cells.get(key, field)?.typed ?? this.bill.row(key)?.values[field] ?? null;
  }

  shownText(key: Key, field: string): string {
    return typedText(this.shown(key, field));
  }

  select(keys: readonly Key[], field: string | null = null): void {
    const same = keys.length === this.selection.keys.length && keys.every((key, at) => key === this.selection.keys[at]);
    if (same && field === this.selection.field) return;
    this.selection = { keys, field };
    this.topics.tell("selection");
  }
}

const isOfBill = (key: Key): boolean => key.startsWith("i") || key.startsWith("s");
