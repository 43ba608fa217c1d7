import type { CellAddress, CellState, PresenceMark } from "./types";

/** How long a cell somebody else wrote stands out, in milliseconds. */
const FLASH = 2000;

const name = (cell: CellAddress): string => `${cell.key} ${cell.column}`;

export interface CellMark {
  readonly state: CellState;
  readonly message: string | undefined;
}

/** What single cells carry beside their value: state, a fresh change of somebody else, somebody else's cursor. */
export class Marks {
  #states = new Map<string, CellMark>();
  #presence = new Map<string, PresenceMark>();
  #flashes = new Map<string, number>();

  /** `redraw` is told the keys of the rows whose marks changed. */
  constructor(private readonly redraw: (keys: readonly string[]) => void) {}

  state(cell: CellAddress): CellMark | undefined {
    return this.#states.get(name(cell));
  }

  presence(cell: CellAddress): PresenceMark | undefined {
    return this.#presence.get(name(cell));
  }

  flashing(cell: CellAddress): boolean {
    return this.#flashes.has(name(cell));
  }

  mark(cell: CellAddress, state: CellState | null, message?: string): void {
    if (state) this.#states.set(name(cell), { state, message });
    else if (!this.#states.delete(name(cell))) return;
    this.redraw([cell.key]);
  }

  clear(state?: CellState): void {
    const gone = [...this.#states].filter(([, mark]) => !state || mark.state === state).map(([at]) => at);
    for (const at of gone) this.#states.delete(at);
    this.redraw(gone.map((at) => at.slice(0, at.indexOf(" "))));
  }

  rename(renamed: ReadonlyMap<string, string>): void {
    for (const [at, mark] of [...this.#states]) {
      const space = at.indexOf(" ");
      const key = renamed.get(at.slice(0, space));
      if (key === undefined) continue;
      this.#states.delete(at);
      this.#states.set(key + at.slice(space), mark);
    }
  }

  setPresence(marks: readonly PresenceMark[]): void {
    const before = [...this.#presence.values()].map((mark) => mark.key);
    this.#presence = new Map(marks.map((mark) => [name(mark), mark]));
    this.redraw([...before, ...marks.map((mark) => mark.key)]);
  }

  flash(cells: readonly CellAddress[]): void {
    for (const cell of cells) {
      window.clearTimeout(this.#flashes.get(name(cell)));
      this.#flashes.set(
        name(cell),
        window.setTimeout(() => {
          this.#flashes.delete(name(cell));
          this.redraw([cell.key]);
        }, FLASH),
      );
    }
    this.redraw(cells.map((cell) => cell.key));
  }

  stop(): void {
    for (const timer of this.#flashes.values()) window.clearTimeout(timer);
  }
}
