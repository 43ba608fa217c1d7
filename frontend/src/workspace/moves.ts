/** Where rows go: up, down, in, out, or beside a row. The server moves; here only the target is worked out. */

import type { BillDocument, Placed } from "./document";
import type { Key } from "./wire";

/** Inside `parent` (null: at the top), behind `after` (null: as the first). */
export interface Target {
  readonly parent: Key | null;
  readonly after: Key | null;
}

/** The rows of a selection without those that stand inside another of it, in document order. */
export function rootsOf(document: BillDocument, keys: Iterable<Key>): Placed[] {
  const chosen = [...keys].map((key) => document.place(key)).filter((place) => place !== undefined);
  chosen.sort((a, b) => a.index - b.index);
  const roots: Placed[] = [];
  for (const place of chosen) {
    const last = roots.at(-1);
    if (!last || place.index >= last.end) roots.push(place);
  }
  return roots;
}

/** Every row of a selection with all that stands inside, in document order. */
export function withContent(document: BillDocument, keys: Iterable<Key>): Placed[] {
  return rootsOf(document, keys).flatMap((root) => document.order.slice(root.index, root.end));
}

interface Neighbours {
  readonly siblings: Placed[];
  readonly first: number;
  readonly last: number;
  readonly parent: Key | null;
}

function neighbours(document: BillDocument, roots: readonly Placed[]): Neighbours | null {
  const [first, last] = [roots[0], roots.at(-1)];
  if (!first || !last || roots.some((root) => root.row.parent !== first.row.parent)) return null;
  const siblings = document.children(first.row.parent);
  const at = (place: Placed): number => siblings.findIndex((sibling) => sibling.index === place.index);
  return { siblings, first: at(first), last: at(last), parent: first.row.parent };
}

const keyAt = (siblings: readonly Placed[], at: number): Key | null => siblings[at]?.row.key ?? null;

/** One place up among the rows of the same parent; null at the top. */
export function moveUp(document: BillDocument, keys: Iterable<Key>): Target | null {
  const found = neighbours(document, rootsOf(document, keys));
  if (!found || found.first <= 0) return null;
  return { parent: found.parent, after: keyAt(found.siblings, found.first - 2) };
}

/** One place down among the rows of the same parent; null at the bottom. */
export function moveDown(document: BillDocument, keys: Iterable<Key>): Target | null {
  const found = neighbours(document, rootsOf(document, keys));
  const next = found && keyAt(found.siblings, found.last + 1);
  return found && next ? { parent: found.parent, after: next } : null;
}

/** Into the section just before, as its last row; null where there is none. */
export function indent(document: BillDocument, keys: Iterable<Key>): Target | null {
  const found = neighbours(document, rootsOf(document, keys));
  const before = found?.siblings[found.first - 1];
  if (!before || before.row.kind !== "s") return null;
  return { parent: before.row.key, after: document.children(before.row.key).at(-1)?.row.key ?? null };
}

/** Out of the section around, behind it; null at the top. */
export function outdent(document: BillDocument, keys: Iterable<Key>): Target | null {
  const found = neighbours(document, rootsOf(document, keys));
  if (!found || found.parent === null) return null;
  return { parent: document.row(found.parent)?.parent ?? null, after: found.parent };
}

export type Side = "before" | "after" | "inside";

/** Where rows that are dropped on `key` go; null where they would stand inside themselves. */
export function dropTarget(document: BillDocument, keys: Iterable<Key>, key: Key, side: Side): Target | null {
  const onto = document.place(key);
  const roots = rootsOf(document, keys);
  if (!onto || roots.length === 0) return null;
  if (roots.some((root) => onto.index >= root.index && onto.index < root.end)) return null;
  const moving = new Set(roots.map((root) => root.row.key));
  if (side === "inside") {
    if (onto.row.kind !== "s") return null;
    return { parent: key, after: lastStaying(document.children(key), moving) };
  }
  if (side === "after") return { parent: onto.row.parent, after: key };
  const siblings = document.children(onto.row.parent);
  const at = siblings.findIndex((sibling) => sibling.row.key === key);
  return { parent: onto.row.parent, after: lastStaying(siblings.slice(0, at), moving) };
}

function lastStaying(places: readonly Placed[], moving: ReadonlySet<Key>): Key | null {
  return places.findLast((place) => !moving.has(place.row.key))?.row.key ?? null;
}

/** Where a row that is made at the cursor appears: first in an open section, else behind the row. */
export function insertTarget(document: BillDocument, cursor: Key | null, folded: ReadonlySet<Key>): Target {
  const row = cursor === null ? undefined : document.row(cursor);
  if (!row) return { parent: null, after: document.children(null).at(-1)?.row.key ?? null };
  if (row.kind === "s" && !folded.has(row.key)) return { parent: row.key, after: null };
  return { parent: row.parent, after: row.key };
}
