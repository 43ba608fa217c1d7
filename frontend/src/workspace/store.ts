/** What the workspace knows: the bill, its figures, the totals, what is selected, and what is not saved yet. */

import { PendingCells, typedText } from "./cells";
import { BillDocument, figuresOf, rowOf, rowsOf } from "./document";
import { missingIn } from "./step-states";
import { Topics } from "./topics";
import type { Answer, Figures, GridPart, Head, Key, Missing, Settings, Totals, Value, WireRow } from "./wire";

/** `rows` values, `order` places, `figures` prices and amounts, `cells` what is not saved, `settings` those of the
 * project, `others` rows of other kinds, `answer` whatever the server said,
 * `supposed` a total that is only thought of, `comments` how many threads about a row are open. */
export type Topic =
  | "head"
  | "rows"
  | "order"
  | "figures"
  | "totals"
  | "cells"
  | "selection"
  | "settings"
  | "others"
  | "answer"
  | "comments"
  | "supposed";

/** A total that is not the project's: with what is being typed, or if prices were others. */
export interface Supposed {
  readonly total: string;
  /** A lower bound. */
  readonly lower: boolean;
  /** What it rests on, in words. */
  readonly label: string;
}

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
  settings: Settings | null = null;
  selection: Selection = { keys: [], field: null };
  /** Open threads by the key of the row they are about. */
  comments: Readonly<Record<Key, number>> = {};
  /** Shown beside the true total as long as somebody supposes something. */
  supposed: Supposed | null = null;
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

  /** What the person may do: "write", "comment", "approve", "own". Null until the head is here. */
  get rights(): readonly string[] | null {
    return this.head?.rights ?? null;
  }

  /** How many items lack what each step is there for: counted here once the bill is here. */
  get missing(): Missing | null {
    return this.loaded ? missingIn(this.bill) : (this.head?.steps.missing ?? null);
  }

  setHead(head: Head): void {
    this.head = head;
    // It was asked for before anything was typed, and may come after what was typed since was answered.
    const late = head.revision < this.revision;
    this.settings = late && this.settings ? this.settings : head.settings;
    this.totals = late && this.totals ? this.totals : head.totals;
    this.comments = late ? { ...head.comments, ...this.comments } : (head.comments ?? {});
    if (!this.loaded) this.revision = Math.max(this.revision, head.revision);
    this.topics.tell("head", "settings", "totals", "comments");
  }

  /** The whole bill from its parts, all of one revision. */
  setBill(parts: readonly GridPart[]): void {
    const first = parts[0];
    if (!first) return;
    this.bill.load(parts.flatMap(rowsOf));
    this.bill.setFigures(parts.flatMap(figuresOf), true);
    this.totals = first.totals;
    this.revision = first.revision;
    this.figuresAt = first.revision;
    this.loaded = true;
    this.topics.tell("order", "rows", "figures", "totals");
  }

  /** What a command did, or what others did. False if something is missing here, so that it has to be asked for. */
  apply(answer: Answer): boolean {
    if (answer.revision < this.revision) return true;
    const follows = answer.base <= this.revision && !(answer.reload && this.loaded);
    this.takeRows(answer.rows, answer.removed);
    this.takeFigures(answer.figures, answer.revision);
    this.totals = answer.totals;
    if (follows) this.revision = answer.revision;
    this.lastAnswer = answer;
    this.takeTalk(answer);
    this.topics.tell("totals", "answer");
    return follows;
  }

  /** What was said about rows, and whether the project is locked by now. */
  private takeTalk({ comments, locked }: Answer): void {
    if (comments && Object.keys(comments).length > 0) {
      this.comments = { ...this.comments, ...comments };
      this.topics.tell("comments");
    }
    if (this.settings && locked !== undefined && locked !== this.settings.locked) {
      this.settings = { ...this.settings, locked };
      this.topics.tell("settings");
    }
  }

  private takeRows(rows: readonly WireRow[], removed: readonly Key[]): void {
    const ofBill = rows.filter((row) => isOfBill(row.key)).map(rowOf);
    const gone = removed.filter(isOfBill);
    if (ofBill.length + gone.length > 0 && this.loaded) {
      this.topics.tell("rows");
      if (this.bill.merge(ofBill, gone)) this.topics.tell("order");
    }
    const settings = rows.find((row) => row.key.startsWith("g"));
    if (settings) {
      this.settings = settings as unknown as Settings;
      this.topics.tell("settings");
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

  suppose(supposed: Supposed | null): void {
    if (this.supposed === null && supposed === null) return;
    this.supposed = supposed;
    this.topics.tell("supposed");
  }

  select(keys: readonly Key[], field: string | null = null): void {
    const same = keys.length === this.selection.keys.length && keys.every((key, at) => key === this.selection.keys[at]);
    if (same && field === this.selection.field) return;
    this.selection = { keys, field };
    this.topics.tell("selection");
  }
}

const isOfBill = (key: Key): boolean => key.startsWith("i") || key.startsWith("s");
