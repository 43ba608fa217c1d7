/** The bill as a flat list in document order: pure, and linear in its rows. */

import type { GridPart, KeyedFigure, Key, Status, Value, Values, WireRow } from "./wire";

export interface Row {
  readonly key: Key;
  /** "s" a section, "i" a work item. */
  readonly kind: string;
  readonly parent: Key | null;
  readonly position: number;
  /** The revision that last wrote the row. */
  readonly version: number;
  readonly values: Values;
}

/** A row where it stands. Rows below it are those up to `end`, which is past the last of them. */
export interface Placed {
  readonly row: Row;
  readonly index: number;
  readonly level: number;
  readonly end: number;
}

export interface Figure {
  readonly unitPrice: string | null;
  readonly amount: string | null;
  readonly status: Status;
  /** Codes of the issues of an item. */
  readonly issues: readonly string[];
  /** How many items are incomplete: of a section those in it. */
  readonly incomplete: number;
}

const PLACE = new Set(["key", "parent", "section", "position", "version"]);
const NO_ISSUES: readonly string[] = [];

/** A row of the API: whatever is not its place is a value. */
export function rowOf(wire: WireRow): Row {
  const values: Record<string, Values[string]> = {};
  for (const name in wire) if (!PLACE.has(name) && wire[name] !== undefined) values[name] = wire[name];
  return {
    key: wire.key,
    kind: wire.key.charAt(0),
    parent: wire.parent ?? wire.section ?? null,
    position: wire.position ?? 0,
    version: wire.version,
    values,
  };
}

/** The rows of a part of the bill. */
export function rowsOf(part: GridPart): Row[] {
  return part.rows.map(([key, ...values]) => {
    const names = key.startsWith("s") ? part.section_columns : part.item_columns;
    const wire: Record<string, Value> = { key };
    names.forEach((name, at) => {
      wire[name] = values[at] ?? null;
    });
    return rowOf(wire as unknown as WireRow);
  });
}

/** The figures of a part of the bill. */
export function figuresOf(part: GridPart): KeyedFigure[] {
  return part.rows.flatMap(([key], at) => {
    const figure = part.figures[at];
    return figure ? [[key, ...figure] as KeyedFigure] : [];
  });
}

function figureOf([, unitPrice, amount, status, told]: KeyedFigure): Figure {
  const issues = typeof told === "number" ? NO_ISSUES : (told ?? NO_ISSUES);
  const incomplete = typeof told === "number" ? told : Number(status !== "PRICED");
  return { unitPrice, amount, status, issues, incomplete };
}

export class BillDocument {
  private readonly rows = new Map<Key, Row>();
  private figures = new Map<Key, Figure>();
  private places: Placed[] = [];
  private readonly byKey = new Map<Key, Placed>();

  /** Everything, in document order. */
  get order(): readonly Placed[] {
    return this.places;
  }

  get size(): number {
    return this.rows.size;
  }

  row(key: Key): Row | undefined {
    return this.rows.get(key);
  }

  place(key: Key): Placed | undefined {
    return this.byKey.get(key);
  }

  figure(key: Key): Figure | undefined {
    return this.figures.get(key);
  }

  /** Rows directly inside `parent` (null: at the top), in order. */
  children(parent: Key | null): Placed[] {
    const around = parent === null ? null : this.byKey.get(parent);
    if (around === undefined) return [];
    const found: Placed[] = [];
    for (let at = around ? around.index + 1 : 0; at < (around ? around.end : this.places.length); ) {
      const child = this.places[at]!;
      found.push(child);
      at = child.end;
    }
    return found;
  }

  /** The sections around a row, the outermost first. */
  ancestors(key: Key): Key[] {
    const found: Key[] = [];
    for (let at = this.rows.get(key)?.parent ?? null; at !== null; at = this.rows.get(at)?.parent ?? null) {
      found.unshift(at);
    }
    return found;
  }

  load(rows: Iterable<Row>): void {
    this.rows.clear();
    for (const row of rows) this.rows.set(row.key, row);
    this.arrange();
  }

  /** Take in rows that were written or removed; an older version than ours changes nothing. True if places changed. */
  merge(rows: Iterable<Row>, removed: Iterable<Key>): boolean {
    let moved = false;
    for (const row of rows) {
      const known = this.rows.get(row.key);
      if (known && known.version > row.version) continue;
      moved ||= !known || known.parent !== row.parent || known.position !== row.position;
      this.rows.set(row.key, row);
      const place = this.byKey.get(row.key);
      if (!moved && place) this.replace(place, row);
    }
    for (const key of removed) {
      moved = this.rows.delete(key) || moved;
      this.figures.delete(key);
    }
    if (moved) this.arrange();
    return moved;
  }

  setFigures(figures: readonly KeyedFigure[], full: boolean): void {
    if (full) this.figures = new Map();
    for (const figure of figures) this.figures.set(figure[0], figureOf(figure));
  }

  private replace(place: Placed, row: Row): void {
    const next = { ...place, row };
    this.places[place.index] = next;
    this.byKey.set(row.key, next);
  }

  /** Rows of one parent by position, then by key; a row whose parent is unknown stands at the top. */
  private arrange(): void {
    const below = new Map<Key | null, Row[]>();
    for (const row of this.rows.values()) {
      const parent = row.parent !== null && this.rows.has(row.parent) ? row.parent : null;
      const siblings = below.get(parent);
      if (siblings) siblings.push(row);
      else below.set(parent, [row]);
    }
    const places: Placed[] = [];
    const put = (parent: Key | null, level: number): void => {
      const siblings = below.get(parent);
      if (!siblings) return;
      siblings.sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
      for (const row of siblings) {
        const index = places.length;
        places.push({ row, index, level, end: index + 1 });
        put(row.key, level + 1);
        places[index] = { row, index, level, end: places.length };
      }
    };
    put(null, 0);
    this.places = places;
    this.byKey.clear();
    for (const place of places) this.byKey.set(place.row.key, place);
  }
}
