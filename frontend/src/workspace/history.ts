/** Own acts that can be undone, and undone ones that can be done again. The server inverts; here are their revisions. */

export interface Act {
  readonly revision: number;
  /** What it was, in words: "volume of 3 rows". */
  readonly label: string;
}

export const MOST_STEPS = 500;

interface Kept {
  readonly undo: Act[];
  readonly redo: Act[];
}

export class History {
  private undoable: Act[] = [];
  private redoable: Act[] = [];

  constructor(
    private readonly storage: Storage | null = null,
    private readonly name = "",
  ) {
    const kept = this.read();
    this.undoable = kept.undo;
    this.redoable = kept.redo;
  }

  get canUndo(): boolean {
    return this.undoable.length > 0;
  }

  get canRedo(): boolean {
    return this.redoable.length > 0;
  }

  get steps(): number {
    return this.undoable.length;
  }

  /** An act of one's own: what was undone before cannot be done again any more. */
  did(act: Act): void {
    this.undoable.push(act);
    if (this.undoable.length > MOST_STEPS) this.undoable.shift();
    this.redoable = [];
    this.keep();
  }

  /** The act to undo next, taken out; put what the server made of it into `undid`, or give it back with `restore`. */
  takeUndo(): Act | null {
    return this.take(this.undoable);
  }

  takeRedo(): Act | null {
    return this.take(this.redoable);
  }

  undid(act: Act): void {
    this.redoable.push(act);
    this.keep();
  }

  redid(act: Act): void {
    this.undoable.push(act);
    this.keep();
  }

  /** The server could not be asked, or refused for now: the act stands where it was. */
  restore(act: Act, from: "undo" | "redo"): void {
    (from === "undo" ? this.undoable : this.redoable).push(act);
    this.keep();
  }

  private take(stack: Act[]): Act | null {
    const act = stack.pop() ?? null;
    if (act) this.keep();
    return act;
  }

  private keep(): void {
    try {
      this.storage?.setItem(this.name, JSON.stringify({ undo: this.undoable, redo: this.redoable }));
    } catch {
      // Without storage the steps last as long as the page.
    }
  }

  private read(): Kept {
    try {
      const kept = JSON.parse(this.storage?.getItem(this.name) ?? "{}") as Partial<Kept>;
      return { undo: kept.undo ?? [], redo: kept.redo ?? [] };
    } catch {
      return { undo: [], redo: [] };
    }
  }
}
