/** The rows of the grid of an analysis: groups with their lines, blank ones to type into, and D, E and F below. */

import type { Key } from "../../wire";
import { newKey, type LineField, type LineTexts, type NewLine, type SetLine } from "./commands";
import { KINDS, type Analysis, type Kind, type Line } from "./wire";

export type Group = Kind | "other";
export const GROUPS: readonly Group[] = [...KINDS, "other"];
export type TotalName = "direct" | "overhead" | "exact" | "rounded";

export type SheetRow =
  | { readonly sort: "group"; readonly key: string; readonly group: Group }
  | { readonly sort: "line"; readonly key: string; readonly group: Group; readonly line: Line }
  /** A line that the server does not have yet, and the blank one at the end of each group. */
  | { readonly sort: "draft"; readonly key: string; readonly group: Group; readonly tail: boolean }
  | { readonly sort: "total"; readonly key: string; readonly total: TotalName };

export const groupOf = (line: Line): Group =>
  line.line_kind === "nested" || line.line_kind === "information" || line.group_kind === "" ? "other" : line.group_kind;

/** Of an own line its key; of others their place, which no other step has. */
export function rowKey(line: Line): string {
  if (line.key !== null) return line.key;
  return line.change === "removed" ? `removed:${line.reference_position}` : `place:${line.place}`;
}

/** What the amount of a group says: nothing known, a lower bound, or all of it. */
export function groupState(lines: readonly Line[]): "none" | "bound" | "whole" {
  const counted = lines.filter((line) => line.change !== "removed" && line.line_kind !== "information");
  if (counted.every((line) => line.status === "UNPRICED")) return counted.length > 0 ? "none" : "whole";
  return counted.every((line) => line.status === "PRICED") ? "whole" : "bound";
}

interface Draft {
  readonly group: Group;
  readonly values: LineTexts;
  sent: boolean;
  made: Key | null;
}

/** What a line needs before the server can take it. */
const isComplete = (group: Group, values: LineTexts): boolean =>
  group === "other" ? Boolean(values.nested_code?.trim()) : Boolean(values.name?.trim() && values.unit?.trim());

export class LineDrafts {
  private tails = new Map<Group, Key>();
  private readonly drafts = new Map<Key, Draft>();

  tail(group: Group): Key {
    const known = this.tails.get(group);
    if (known !== undefined) return known;
    const made = newKey();
    this.tails.set(group, made);
    return made;
  }

  /** How what was typed into a line that the server lacks is written: kept here until it says what it is of, then made
      once, and changed from then on. */
  write(key: Key, group: Group, values: LineTexts): { add: NewLine } | { set: SetLine } | null {
    if (key === this.tails.get(group)) this.tails.delete(group);
    const before = this.drafts.get(key);
    const all = { ...before?.values, ...values };
    const ready = isComplete(group, all);
    this.drafts.set(key, { group, values: all, sent: before?.sent === true || ready, made: before?.made ?? null });
    if (before?.sent) return { set: { key: before.made ?? key, version: null, ...values } };
    if (!ready) return null;
    const kind = group === "other" ? { line_kind: "nested" as const } : { line_kind: "resource" as const, group_kind: group };
    return { add: { key, ...kind, ...all } };
  }

  /** The blank row of a group is taken by something that is written right after: the next one gets another. */
  reserve(key: Key, group: Group): void {
    if (key === this.tails.get(group)) this.tails.delete(group);
  }

  /** The answer to what made it: its key, or null if it was refused and is to be mended. */
  settle(key: Key, made: Key | null): void {
    const draft = this.drafts.get(key);
    if (!draft) return;
    draft.made = made;
    draft.sent = made !== null;
  }

  text(key: Key, field: LineField): string {
    return this.drafts.get(key)?.values[field] ?? "";
  }

  /** Give up one that was never sent. */
  drop(key: Key): boolean {
    const draft = this.drafts.get(key);
    return draft !== undefined && !draft.sent && this.drafts.delete(key);
  }

  /** Those of a group, and the keys of those that the server has by now. */
  settled(there: ReadonlySet<Key>): Map<Key, Key> {
    const renamed = new Map<Key, Key>();
    for (const [key, { made }] of this.drafts) {
      if (made === null || !there.has(made)) continue;
      renamed.set(key, made);
      this.drafts.delete(key);
    }
    return renamed;
  }

  of(group: Group): Key[] {
    return [...this.drafts].flatMap(([key, draft]) => (draft.group === group ? [key] : []));
  }

  clear(): void {
    this.drafts.clear();
    this.tails.clear();
  }
}

export interface SheetRows {
  readonly rows: SheetRow[];
  readonly renamed: Map<Key, Key>;
}

/** Rows to show. Groups without lines are left out where nothing may be typed into them. */
export function sheetRows(analysis: Analysis | null, drafts: LineDrafts, mayWrite: boolean): SheetRows {
  if (!analysis) return { rows: [], renamed: new Map() };
  const own = analysis.lines.flatMap(({ key }) => (key === null ? [] : [key]));
  const renamed = drafts.settled(new Set(own));
  const rows: SheetRow[] = [];
  for (const group of GROUPS) {
    const lines = analysis.lines.filter((line) => groupOf(line) === group);
    const typed = drafts.of(group);
    if (lines.length === 0 && typed.length === 0 && !mayWrite) continue;
    rows.push({ sort: "group", key: `group:${group}`, group });
    for (const line of lines) rows.push({ sort: "line", key: rowKey(line), group, line });
    for (const key of typed) rows.push({ sort: "draft", key, group, tail: false });
    if (mayWrite) rows.push({ sort: "draft", key: drafts.tail(group), group, tail: true });
  }
  for (const total of ["direct", "overhead", "exact", "rounded"] as const) {
    rows.push({ sort: "total", key: `total:${total}`, total });
  }
  return { rows, renamed };
}

/** Own lines in the order of the analysis, and where moved ones go: behind which one. Null: nothing moves. */
export function placeBehind(
  analysis: Analysis,
  moved: readonly Key[],
  to: { readonly by: -1 | 1 } | { readonly target: string; readonly place: "before" | "after" | "inside" },
): { readonly keys: Key[]; readonly after: Key | null } | null {
  const order = analysis.lines.filter((line) => line.key !== null);
  const keys = order.flatMap(({ key }) => (key !== null && moved.includes(key) ? [key] : []));
  const first = order.find(({ key }) => key === keys[0]);
  if (!first) return null;
  const group = order.filter((line) => groupOf(line) === groupOf(first) && !keys.includes(line.key ?? ""));
  const rest = order.filter(({ key }) => !keys.includes(key ?? "")).map(({ key }) => key);
  let target: Key | null | undefined;
  let behind = true;
  if ("by" in to) {
    const before = order.filter((line) => groupOf(line) === groupOf(first)).findIndex(({ key }) => key === first.key);
    target = to.by === 1 ? group[before]?.key : group[before - 1]?.key;
    behind = to.by === 1;
  } else {
    target = to.target;
    behind = to.place !== "before";
  }
  const at = rest.indexOf(target ?? "");
  if (at < 0) return null;
  return { keys, after: behind ? (rest[at] ?? null) : (rest[at - 1] ?? null) };
}
