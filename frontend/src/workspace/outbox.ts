/** Commands that the server has not answered yet. They survive a reload of the page; sent twice, one applies once. */

import type { CellEdit } from "./cells";
import type { CellConflict, Key, Value, Values } from "./wire";

export interface Entry {
  readonly id: string;
  readonly command: string;
  readonly arguments: Values;
  readonly label: string;
  readonly cells: readonly CellEdit[];
  /** Whether it takes a step of the history back or does it again; then the act it is about. */
  readonly turn?: "undo" | "redo";
  readonly act?: { readonly revision: number; readonly label: string };
  /** Why it waits for a decision of the person instead of being sent. */
  readonly conflicts?: readonly CellConflict[];
}

export class Outbox {
  private entries: Entry[] = [];

  constructor(
    private readonly storage: Storage | null,
    private readonly name: string,
  ) {
    this.entries = this.read();
  }

  get all(): readonly Entry[] {
    return this.entries;
  }

  /** Those that are to be sent. */
  get waiting(): Entry[] {
    return this.entries.filter((entry) => !entry.conflicts);
  }

  /** Those that wait for a decision. */
  get aside(): Entry[] {
    return this.entries.filter((entry) => entry.conflicts);
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.keep();
  }

  replace(id: string, entry: Entry): void {
    this.entries = this.entries.map((known) => (known.id === id ? entry : known));
    this.keep();
  }

  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
    this.keep();
  }

  /** Rows that were made have keys now: later commands speak of them by those. */
  rename(keys: Readonly<Record<Key, Key>>, version: number): void {
    if (Object.keys(keys).length === 0) return;
    this.entries = this.entries.map((entry) => renamedEntry(entry, keys, version));
    this.keep();
  }

  private keep(): void {
    try {
      if (this.entries.length === 0) this.storage?.removeItem(this.name);
      else this.storage?.setItem(this.name, JSON.stringify(this.entries));
    } catch {
      // A full or forbidden storage costs the rescue over a reload, not the command.
    }
  }

  private read(): Entry[] {
    try {
      const kept: unknown = JSON.parse(this.storage?.getItem(this.name) ?? "[]");
      return Array.isArray(kept) ? (kept as Entry[]) : [];
    } catch {
      return [];
    }
  }
}

export const renamedEntry = (entry: Entry, keys: Readonly<Record<Key, Key>>, version: number): Entry => ({
  ...entry,
  arguments: renamed(entry.arguments, keys, version) as Values,
  cells: entry.cells.map((cell) => ({ ...cell, key: keys[cell.key] ?? cell.key })),
});

type Record_ = { readonly [name: string]: Value };
const isRecord = (value: Value): value is Record_ =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Members of arguments that hold keys of rows; whatever else says the same is a text that somebody typed. */
const KEYS = new Set(["key", "keys", "parent", "section", "after", "inside", "item", "analysis", "target"]);

/** `value` with keys instead of those the page gave; a row that was named so has the version of its making. */
export function renamed(value: Value, keys: Readonly<Record<Key, Key>>, version: number, isKey = false): Value {
  if (typeof value === "string") return isKey ? (keys[value] ?? value) : value;
  if (Array.isArray(value)) return value.map((inside: Value) => renamed(inside, keys, version, isKey));
  if (!isRecord(value)) return value;
  const made = typeof value["key"] === "string" && value["key"] in keys;
  const result: Record<string, Value> = {};
  for (const name in value) {
    result[name] = made && name === "version" ? version : renamed(value[name]!, keys, version, KEYS.has(name));
  }
  return result;
}

/** Which side counts for a cell. */
export type Decision = "mine" | "theirs";

interface Cell {
  readonly key: Key;
  readonly field: string;
  /** Of the row, as whoever looks at the cell knows it. */
  readonly version?: number;
}

/** The arguments after decisions: rows get the version that was seen, cells that go to the others are left out.
 *
 * Null if nothing is left. Rows are objects with `key` and `version`, whose cells stand in `values` or beside; the
 * settings of the project are a row without key. `version` is what is here, for conflicts that do not tell theirs; with
 * null every row keeps the one it was sent with. */
export function decided<One extends Cell>(
  value: Value,
  conflicts: readonly One[],
  decide: (conflict: One) => Decision,
  version: number | null,
): Value {
  if (Array.isArray(value)) {
    const kept = value.map((inside: Value) => decided(inside, conflicts, decide, version));
    return kept.filter((inside) => inside !== null);
  }
  if (!isRecord(value)) return value;
  const settings = "version" in value && !("key" in value);
  const own = conflicts.filter((conflict) => (settings ? conflict.key.startsWith("g") : conflict.key === value["key"]));
  const lost = new Set(own.filter((conflict) => decide(conflict) === "theirs").map((conflict) => conflict.field));
  const inside = isRecord(value["values"] ?? null);
  const result: Record<string, Value> = {};
  let cells = 0;
  let dropped = 0;
  for (const name in value) {
    const held = value[name]!;
    if (own.length === 0) result[name] = decided(held, conflicts, decide, version);
    else if (name === "version") result[name] = version === null ? held : seen(own, version);
    else if (name === "values" && isRecord(held)) {
      const left = Object.entries(held).filter(([field]) => !lost.has(field));
      dropped += Object.keys(held).length - left.length;
      cells += left.length;
      result[name] = Object.fromEntries(left);
    } else if (lost.has(name)) dropped += 1;
    else {
      cells += Number(name !== "key" && !inside);
      result[name] = held;
    }
  }
  return dropped > 0 && cells === 0 ? null : result;
}

const seen = (conflicts: readonly Cell[], version: number): number =>
  Math.max(0, ...conflicts.map((conflict) => conflict.version ?? version));
