/** Where the cursor goes and what is marked: arithmetic on row and column positions, nothing of the page. */

export interface Point {
  readonly row: number;
  readonly column: number;
}

/** From the cell where marking began to the cell where it stands. */
export interface Span {
  readonly anchor: Point;
  readonly head: Point;
}

/** Both ends inclusive. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

export function areaOf({ anchor, head }: Span): Area {
  return {
    top: Math.min(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    bottom: Math.max(anchor.row, head.row),
    right: Math.max(anchor.column, head.column),
  };
}

export function holds(area: Area, row: number, column: number): boolean {
  return row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;
}

export function isSingle(area: Area): boolean {
  return area.top === area.bottom && area.left === area.right;
}

const clip = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** The point inside the grid that is nearest. */
export function within(point: Point, extent: Extent): Point {
  return { row: clip(point.row, extent.rows), column: clip(point.column, extent.columns) };
}

export function step(point: Point, rows: number, columns: number, extent: Extent): Point {
  return within({ row: point.row + rows, column: point.column + columns }, extent);
}

/** Ctrl+arrow as spreadsheets do it: to the end of a run of filled cells, over a gap to the next run, or to the border. */
export function edge(
  point: Point,
  rows: number,
  columns: number,
  extent: Extent,
  filled: (row: number, column: number) => boolean,
): Point {
  const next = (from: Point): Point | null => {
    const to = step(from, rows, columns, extent);
    return to.row === from.row && to.column === from.column ? null : to;
  };
  const first = next(point);
  if (!first) return point;
  const inRun = filled(point.row, point.column) && filled(first.row, first.column);
  let at = first;
  for (let to: Point | null = first; to; to = next(to)) {
    if (inRun && !filled(to.row, to.column)) return at;
    at = to;
    if (!inRun && filled(to.row, to.column)) return at;
  }
  return at;
}

/** Enter and Tab within a marked area go round in it: down its columns or along its rows. */
export function cycle(area: Area, active: Point, along: "rows" | "columns", back: boolean): Point {
  const height = area.bottom - area.top + 1;
  const width = area.right - area.left + 1;
  const row = active.row - area.top;
  const column = active.column - area.left;
  const at = along === "columns" ? column * height + row : row * width + column;
  const size = height * width;
  const to = (at + (back ? size - 1 : 1)) % size;
  return along === "columns"
    ? { row: area.top + (to % height), column: area.left + Math.floor(to / height) }
    : { row: area.top + Math.floor(to / width), column: area.left + (to % width) };
}

/** Tab past the last column goes on in the next row, and back. Null at the very end: the focus may leave. */
export function tab(point: Point, back: boolean, extent: Extent): Point | null {
  const at = point.row * extent.columns + point.column + (back ? -1 : 1);
  if (at < 0 || at >= extent.rows * extent.columns) return null;
  return { row: Math.floor(at / extent.columns), column: at % extent.columns };
}

/** Positions any of the areas touches, in order. */
export function touched(areas: readonly Area[], of: "rows" | "columns"): number[] {
  const found = new Set<number>();
  for (const area of areas) {
    const [from, to] = of === "rows" ? [area.top, area.bottom] : [area.left, area.right];
    for (let at = from; at <= to; at += 1) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}

/** What a copy takes: rows of all areas when they span the same columns, else the last area alone. */
export function copyArea(areas: readonly Area[]): { rows: number[]; columns: number[] } {
  const last = areas.at(-1);
  if (!last) return { rows: [], columns: [] };
  const same = areas.every((area) => area.left === last.left && area.right === last.right);
  const taken = same ? areas : [last];
  return { rows: touched(taken, "rows"), columns: touched(taken, "columns") };
}
