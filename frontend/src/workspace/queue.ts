/** Commands go to the server one at a time, in order, and none is lost: what is not answered is sent again. */

import { Problem, Unreachable } from "./api";
import type { CellEdit } from "./cells";
import type { History } from "./history";
import { decided, type Decision, type Entry, type Outbox, renamedEntry } from "./outbox";
import { isOf, keysMade, names } from "./replies";
import type { Store } from "./store";
import { Topics } from "./topics";
import type { Answer, CellConflict, CommandBody, Values } from "./wire";

export type Phase = "idle" | "saving" | "offline" | "retrying" | "signedOut";

export interface QueueState {
  readonly phase: Phase;
  /** Commands without an answer, the one on its way included. */
  readonly waiting: number;
  /** Commands that wait for a decision between two values. */
  readonly aside: number;
  /** When the next try comes, in milliseconds of the clock. */
  readonly retryAt: number | null;
}

export interface SendOptions {
  /** What is shown as typed until the answer is here. */
  readonly cells?: readonly CellEdit[];
  /** What it is, in words, for the history. */
  readonly label?: string;
}

export interface QueueParts {
  readonly store: Store;
  readonly outbox: Outbox;
  readonly history: History;
  readonly post: (body: CommandBody) => Promise<Answer>;
  /** Asks the person once whether to do it all the same. */
  readonly confirm: (problem: Problem) => Promise<boolean>;
  /** Tells a person what was refused for good. */
  readonly refused: (problem: Problem, entry: Entry) => void;
  /** What others did in between is missing here. */
  readonly behind: () => void;
  readonly renewToken: () => Promise<void>;
  readonly isOnline: () => boolean;
  readonly newId?: () => string;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
const TRIES_OF_ILL_SERVER = 6;
const NOT_OUR_FORM = "request.not_ours";
const CELLS_CHANGED = "cells.changed";

export class Queue {
  readonly topics = new Topics<"state">();
  private readonly done = new Map<string, (answer: Answer | null) => void>();
  private running = false;
  private phase: Phase = "idle";
  private retryAt: number | null = null;
  private timer = 0;
  private tries = 0;
  private renewed = false;
  /** What was taken back since the last act, the latest last: a command that never went, or a turn of the history (null). */
  private undone: (Entry | null)[] = [];

  constructor(private readonly parts: QueueParts) {
    for (const entry of parts.outbox.all) {
      parts.store.cells.put(entry.id, entry.cells);
      if (entry.conflicts) this.showConflicts(entry);
    }
  }

  get state(): QueueState {
    const { waiting, aside } = this.parts.outbox;
    return { phase: this.phase, waiting: waiting.length, aside: aside.length, retryAt: this.retryAt };
  }

  /** Commands that wait for a decision between two values. */
  get aside(): readonly Entry[] {
    return this.parts.outbox.aside;
  }

  /** Whether leaving the page loses something. */
  get unsaved(): boolean {
    return this.parts.outbox.all.length > 0 || this.parts.store.cells.all().length > 0;
  }

  /** Queue a command. The promise gives its answer, or null if it was refused or waits for a decision. */
  send(command: string, values: Values, options: SendOptions = {}): Promise<Answer | null> {
    this.undone = [];
    return this.enqueue({
      id: this.newId(),
      command,
      arguments: values,
      label: options.label ?? command,
      cells: options.cells ?? [],
    });
  }

  /** What a command would do, without doing it. Throws Problem and Unreachable. */
  preview(command: string, values: Values): Promise<Answer> {
    const base = this.parts.store.revision;
    return this.parts.post({ id: this.newId(), command, arguments: values, base, dry_run: true });
  }

  /** Take back the last act of one's own; one that was not sent yet is only taken out. */
  undo(): Promise<Answer | null> | null {
    const last = this.parts.outbox.waiting.at(-1);
    const inFlight = this.running ? this.parts.outbox.waiting[0]?.id : undefined;
    if (last && !last.turn && last.id !== inFlight) {
      this.undone.push(last);
      this.settle(last, null);
      return Promise.resolve(null);
    }
    if (!last && !this.parts.history.canUndo) return null;
    this.undone.push(null);
    return this.turn("undo");
  }

  /** Do again what was taken back last. */
  redo(): Promise<Answer | null> | null {
    const turnable = this.parts.outbox.waiting.length > 0 || this.parts.history.canRedo;
    // A turn that the server refused left nothing to do again.
    while (!turnable && this.undone.at(-1) === null) this.undone.pop();
    const last = this.undone.pop();
    if (last) return this.enqueue({ ...last, id: this.newId() });
    return turnable ? this.turn("redo") : null;
  }

  /** Try now rather than later: the connection is back, or the person asks. */
  wake(): void {
    clearTimeout(this.timer);
    this.retryAt = null;
    void this.run();
  }

  /** The person chose for each conflicting cell of a command that was set aside. */
  decide(id: string, decide: (conflict: CellConflict) => Decision): void {
    const entry = this.parts.outbox.aside.find((one) => one.id === id);
    if (!entry?.conflicts) return;
    const { store, outbox } = this.parts;
    const lost = (cell: { key: string; field: string }): boolean =>
      entry.conflicts!.some((one) => isOf(one, cell) && decide(one) === "theirs");
    const left = decided(entry.arguments, entry.conflicts, decide, store.revision) as Values | null;
    outbox.remove(id);
    store.cells.drop(id);
    const cells = entry.cells.filter((cell) => !lost(cell));
    if (left !== null && !(entry.cells.length > 0 && cells.length === 0)) {
      void this.send(entry.command, left, { cells, label: entry.label });
    }
    this.tell();
  }

  private turn(turn: "undo" | "redo"): Promise<Answer | null> {
    return this.enqueue({ id: this.newId(), command: "changes.undo", arguments: {}, label: turn, cells: [], turn });
  }

  private newId(): string {
    return this.parts.newId?.() ?? crypto.randomUUID();
  }

  private enqueue(entry: Entry): Promise<Answer | null> {
    this.parts.outbox.add(entry);
    this.parts.store.cells.put(entry.id, entry.cells);
    this.tell();
    const promise = new Promise<Answer | null>((resolve) => this.done.set(entry.id, resolve));
    if (this.retryAt === null && this.phase !== "signedOut") void this.run();
    return promise;
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let entry = this.next(); entry; entry = this.next()) {
        this.enter("saving");
        if (!(await this.attempt(entry))) return;
      }
      this.enter("idle");
    } finally {
      this.running = false;
      this.tell();
    }
  }

  /** The next command to send; a step of the history learns only now which act it is about. */
  private next(): Entry | null {
    const { outbox, history } = this.parts;
    for (const entry of outbox.waiting) {
      if (!entry.turn || entry.act) return entry;
      const act = entry.turn === "undo" ? history.takeUndo() : history.takeRedo();
      if (act) {
        const known = { ...entry, act, label: act.label, arguments: { revision: act.revision } };
        outbox.replace(entry.id, known);
        return known;
      }
      this.settle(entry, null);
    }
    return null;
  }

  /** False if the queue has to wait. */
  private async attempt(entry: Entry): Promise<boolean> {
    const { id, command, arguments: values } = entry;
    try {
      // The revision that is here: the answer tells what changed since, whoever changed it.
      const answer = await this.parts.post({ id, command, arguments: values, base: this.parts.store.revision });
      this.tries = 0;
      this.renewed = false;
      this.accept(entry, answer);
      return true;
    } catch (error) {
      if (error instanceof Unreachable) return this.wait(this.parts.isOnline() ? "retrying" : "offline", null);
      if (error instanceof Problem) return this.cannot(entry, error);
      throw error;
    }
  }

  private async cannot(entry: Entry, problem: Problem): Promise<boolean> {
    if (problem.status === 401) return this.wait("signedOut", null);
    if (problem.code === NOT_OUR_FORM && !this.renewed) {
      this.renewed = true;
      await this.parts.renewToken();
      return true;
    }
    if (problem.status === 429 || problem.status === 503) return this.wait("retrying", problem.retryAfter);
    if (problem.status >= 500 && this.tries < TRIES_OF_ILL_SERVER) return this.wait("retrying", problem.retryAfter);
    this.tries = 0;
    if (problem.code === CELLS_CHANGED && problem.conflicts.length > 0) {
      if (entry.turn) await this.ask(entry, problem, "force");
      else this.setAside(entry, problem);
    } else if (problem.status === 409 && problem.code.endsWith("in_use")) await this.ask(entry, problem, "confirmed");
    else this.refuse(entry, problem);
    return true;
  }

  private wait(phase: Phase, seconds: number | null): false {
    const pause = Math.min(FIRST_PAUSE * 2 ** this.tries, LONGEST_PAUSE);
    this.tries += 1;
    if (phase === "signedOut") this.retryAt = null;
    else {
      const milliseconds = seconds === null ? pause : seconds * 1000;
      this.retryAt = Date.now() + milliseconds;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.wake(), milliseconds) as unknown as number;
    }
    this.enter(phase);
    return false;
  }

  private accept(entry: Entry, answer: Answer): void {
    const { store, outbox, history } = this.parts;
    const made = keysMade(entry, answer);
    for (const [from, to] of Object.entries(made)) store.cells.rename(from, to);
    outbox.rename(made, answer.revision);
    this.undone = this.undone.map((taken) => taken && renamedEntry(taken, made, answer.revision));
    const complete = store.apply(answer);
    if (entry.command.endsWith(".remove")) this.letGo(answer.removed);
    if (typeof answer.made === "number") {
      const act = { revision: answer.made, label: entry.act?.label ?? entry.label };
      if (entry.turn === "undo") history.undid(act);
      else if (entry.turn === "redo") history.redid(act);
      else history.did(act);
    }
    this.settle(entry, answer);
    if (!complete) this.parts.behind();
  }

  /** Who takes a row out takes out what could not be saved in it, too. */
  private letGo(keys: readonly string[]): void {
    const { cells } = this.parts.store;
    const gone = new Set(keys);
    for (const cell of cells.all()) if (cell.state === "wrong" && gone.has(cell.key)) cells.forget(cell.key, cell.field);
  }

  private settle(entry: Entry, answer: Answer | null): void {
    this.parts.outbox.remove(entry.id);
    this.parts.store.cells.drop(entry.id);
    this.parts.store.topics.tell("cells");
    this.resolve(entry.id, answer);
    this.tell();
  }

  private setAside(entry: Entry, problem: Problem): void {
    const waiting = { ...entry, conflicts: problem.conflicts };
    this.parts.outbox.replace(entry.id, waiting);
    this.showConflicts(waiting);
    this.resolve(entry.id, null);
    this.parts.behind();
    this.tell();
  }

  private showConflicts(entry: Entry): void {
    const { store } = this.parts;
    store.cells.mark(entry.id, (cell) => {
      const conflict = entry.conflicts?.find((one) => isOf(one, cell));
      return conflict ? { ...cell, state: "conflict", conflict } : cell;
    });
    store.topics.tell("cells");
  }

  /** Ask whether to do it all the same: `word` is how the command says so. */
  private async ask(entry: Entry, problem: Problem, word: "confirmed" | "force"): Promise<void> {
    if (entry.arguments[word] === true) return this.refuse(entry, problem);
    if (!(await this.parts.confirm(problem))) {
      if (entry.turn && entry.act) this.parts.history.restore(entry.act, entry.turn);
      return this.settle(entry, null);
    }
    this.exchange(entry, { ...entry, id: this.newId(), arguments: { ...entry.arguments, [word]: true } });
  }

  /** Wrong values stay where they were typed, each with what is wrong, and the others of the same command go without
   * them; everything else is told and taken back. */
  private refuse(entry: Entry, problem: Problem): void {
    const { store, outbox, history } = this.parts;
    if (problem.status === 422 && this.goOnWithout(entry, problem)) return;
    outbox.remove(entry.id);
    if (entry.turn && entry.act && problem.status !== 404) history.restore(entry.act, entry.turn);
    store.cells.mark(entry.id, (cell) => {
      const error = problem.errors.find((one) => names(one, cell, entry));
      return { ...cell, state: "wrong", text: error?.detail ?? (problem.status === 422 ? "" : problem.body.detail) };
    });
    const told = entry.cells.length > 0 && problem.status === 422;
    if (!told) this.parts.refused(problem, entry);
    store.topics.tell("cells");
    this.resolve(entry.id, null);
    this.tell();
  }

  /** Some cells are wrong: the command goes again with the rest. False if all of them are, or nobody knows which. */
  private goOnWithout(entry: Entry, problem: Problem): boolean {
    const { store } = this.parts;
    const errorOf = (cell: CellEdit): string | undefined => problem.errors.find((one) => names(one, cell, entry))?.detail;
    const wrong = entry.cells.filter((cell) => errorOf(cell) !== undefined);
    const rest = entry.cells.filter((cell) => !wrong.includes(cell));
    if (wrong.length === 0 || rest.length === 0) return false;
    const left = decided(entry.arguments, wrong, () => "theirs", null) as Values | null;
    if (left === null) return false;
    store.cells.mark(entry.id, (cell) => {
      const text = errorOf(cell);
      return text === undefined ? cell : { ...cell, command: `${entry.id} wrong`, state: "wrong", text };
    });
    this.exchange(entry, { ...entry, id: this.newId(), arguments: left, cells: rest });
    store.topics.tell("cells");
    return true;
  }

  /** Another command in the place of one that was not taken as it was. */
  private exchange(entry: Entry, again: Entry): void {
    const { store, outbox } = this.parts;
    const resolve = this.done.get(entry.id);
    outbox.replace(entry.id, again);
    // What was typed over them since belongs to a later command.
    store.cells.mark(entry.id, (cell) => ({ ...cell, command: again.id }));
    this.done.delete(entry.id);
    if (resolve) this.done.set(again.id, resolve);
  }

  private resolve(id: string, answer: Answer | null): void {
    this.done.get(id)?.(answer);
    this.done.delete(id);
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    if (phase === "saving" || phase === "idle") this.retryAt = null;
    this.tell();
  }

  private tell(): void {
    this.topics.tell("state");
    this.parts.store.topics.tell("cells");
  }
}
