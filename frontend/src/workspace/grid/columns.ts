import { memory } from "../../dom";
import type { Column, ColumnState } from "./types";

const LEAST = 44;
const MOST = 900;
/** Frozen columns may take at most this share of the width; the rest must scroll. */
const FROZEN_SHARE = 0.62;

interface Remembered {
  widths?: Record<string, number>;
  hidden?: string[];
}

/** Which columns are shown, how wide, and which of them stay: all of it remembered under one name. */
export class Columns<Row> {
  #widths = new Map<string, number>();
  #hidden = new Set<string>();
  #visible: Column<Row>[] = [];
  /** Pixels beside the row heads. */
  #room = 0;

  constructor(
    private readonly all: readonly Column<Row>[],
    private readonly frozenWish: number,
    private readonly name: string | undefined,
  ) {
    this.#read();
  }

  get visible(): readonly Column<Row>[] {
    return this.#visible;
  }

  place(id: string): number {
    return this.#visible.findIndex((column) => column.id === id);
  }

  width(column: Column<Row>): number {
    const dragged = this.#widths.get(column.id);
    if (dragged !== undefined || !column.grow) return dragged ?? column.width;
    const rest = this.#visible.filter((other) => !other.grow);
    const others = rest.reduce((sum, other) => sum + this.width(other), 0);
    return Math.max(column.width, this.#room - others);
  }

  /** The view is so wide; true when that changes a width. */
  fit(room: number): boolean {
    const before = this.total();
    this.#room = room;
    return this.total() !== before;
  }

  /** Width of all shown columns in pixels. */
  total(): number {
    return this.#visible.reduce((sum, column) => sum + this.width(column), 0);
  }

  /** How many shown columns stay when the view is this wide: as many as wished and still leave room to scroll. */
  frozenIn(viewWidth: number, head: number): number {
    const wished = new Set(this.all.slice(0, this.frozenWish));
    let width = head;
    let count = 0;
    for (const column of this.#visible) {
      width += this.width(column);
      if (!wished.has(column) || width > viewWidth * FROZEN_SHARE) break;
      count += 1;
    }
    return count;
  }

  states(): ColumnState[] {
    return this.all.map((column) => ({
      id: column.id,
      title: column.title,
      hidden: this.#hidden.has(column.id),
      width: this.width(column),
    }));
  }

  resize(column: Column<Row>, width: number): void {
    this.#widths.set(column.id, Math.round(Math.max(LEAST, Math.min(MOST, width))));
  }

  show(shown: (id: string) => boolean): void {
    this.#hidden = new Set(this.all.filter((column) => !shown(column.id)).map((column) => column.id));
    this.#arrange();
    this.save();
  }

  isHidden(id: string): boolean {
    return this.#hidden.has(id);
  }

  reset(): void {
    this.#widths.clear();
    this.#hidden = this.#hiddenAtFirst();
    this.#arrange();
    this.save();
  }

  save(): void {
    if (!this.name) return;
    const kept: Remembered = { widths: Object.fromEntries(this.#widths), hidden: [...this.#hidden] };
    memory.write(`grid:${this.name}`, JSON.stringify(kept));
  }

  #read(): void {
    const kept = this.name ? readKept(memory.read(`grid:${this.name}`)) : {};
    const known = new Map(this.all.map((column) => [column.id, column]));
    for (const [id, width] of Object.entries(kept.widths ?? {})) {
      const column = known.get(id);
      if (column && Number.isFinite(width)) this.resize(column, width);
    }
    this.#hidden = kept.hidden ? new Set(kept.hidden.filter((id) => known.has(id))) : this.#hiddenAtFirst();
    this.#arrange();
  }

  #hiddenAtFirst(): Set<string> {
    return new Set(this.all.filter((column) => column.hidden).map((column) => column.id));
  }

  /** At least one column is always shown: a grid without any has no way back. */
  #arrange(): void {
    const shown = this.all.filter((column) => !this.#hidden.has(column.id));
    this.#visible = shown.length > 0 ? shown : this.all.slice(0, 1);
  }
}

/** What an earlier visit wrote; anything else is as if nothing had been written. */
function readKept(text: string | null): Remembered {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    const { widths, hidden } = value as Record<string, unknown>;
    const kept: Remembered = {};
    if (typeof widths === "object" && widths !== null) kept.widths = widths as Record<string, number>;
    if (Array.isArray(hidden)) kept.hidden = hidden.filter((id) => typeof id === "string");
    return kept;
  } catch {
    return {};
  }
}
