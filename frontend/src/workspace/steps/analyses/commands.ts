/** What the step asks of the server. Cells carry what was typed; the server reads it. */

import type { Workspace } from "../../context";
import type { Answer, Key, Value, Values } from "../../wire";
import type { Kind, LineKind, Resource } from "./wire";

export type LineField = "name" | "unit" | "coefficient" | "percent" | "price" | "nested_code";
export type LineTexts = { readonly [field in LineField]?: string };

export interface SetLine extends LineTexts {
  readonly key: Key;
  readonly version: number | null;
  readonly group_kind?: Kind;
}

export interface NewLine extends LineTexts {
  /** Of this page, until the answer tells the server's. */
  readonly key: Key;
  readonly line_kind: LineKind;
  readonly group_kind?: Kind;
  readonly of?: readonly Key[];
}

export interface HeadTexts {
  readonly code?: string;
  readonly name?: string;
  readonly unit?: string;
  readonly note?: string;
}

export interface ReplaceArguments {
  readonly old: Resource;
  readonly new: Resource;
  readonly factor?: string;
  /** The items that use this analysis. */
  readonly items_of?: string;
  readonly analyses?: readonly string[];
}

/** What a replacement would do. */
export interface ReplaceEffect {
  readonly copies: readonly { readonly key: Key; readonly reference: string }[];
  readonly changed: readonly Key[];
  readonly item_count: number;
  readonly totals?: { readonly before: string; readonly after: string; readonly effect: string };
}

const TEXTS: readonly string[] = ["name", "unit", "coefficient", "percent", "price", "nested_code"];
const plain = (value: unknown): Values => value as Values;

const cellsOf = (row: object & { readonly key: Key }) =>
  Object.entries(row).flatMap(([field, typed]) =>
    TEXTS.includes(field) ? [{ key: row.key, field, typed: String(typed) }] : [],
  );

/** A key of this page for a line that is to be made; nothing else has one like it. */
export const newKey = (): Key => `lnew-${crypto.randomUUID().slice(0, 13)}`;

export class AnalysesCommands {
  constructor(private readonly workspace: Workspace) {}

  /** `items` left out: all that use it. */
  modify(reference: string, label: string, items?: readonly Key[]): Promise<Answer | null> {
    return this.workspace.perform("analyses.modify", plain(items ? { reference, items } : { reference }), { label });
  }

  add(values: HeadTexts, label: string): Promise<Answer | null> {
    return this.workspace.perform("analyses.add", plain(values), { label });
  }

  rename(key: Key, version: number | null, values: HeadTexts, label: string): Promise<Answer | null> {
    return this.workspace.perform("analyses.set", plain({ rows: [{ key, version, ...values }] }), { label });
  }

  /** The person is asked while something uses them. */
  remove(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("analyses.remove", plain({ keys }), { label });
  }

  use(analysis: string, items: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("analyses.use", plain({ analysis, items }), { label });
  }

  /** The whole, or lines by key and those that are gone by their position in the reference. */
  reset(key: Key, label: string, some?: { lines: readonly Key[]; positions: readonly number[] }): Promise<Answer | null> {
    return this.workspace.perform("analyses.reset", plain({ key, ...some }), { label });
  }

  giveUp(key: Key, label: string): Promise<Answer | null> {
    return this.workspace.perform("analyses.reset", plain({ key, give_up: true }), { label });
  }

  setLines(rows: readonly SetLine[], label: string): Promise<Answer | null> {
    return this.workspace.perform("lines.set", plain({ rows }), { cells: rows.flatMap(cellsOf), label });
  }

  addLines(analysis: Key, rows: readonly NewLine[], label: string, after?: Key | null): Promise<Answer | null> {
    const values = after === undefined ? { analysis, rows } : { analysis, rows, after };
    return this.workspace.perform("lines.add", plain(values), { cells: rows.flatMap(cellsOf), label });
  }

  removeLines(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("lines.remove", plain({ keys }), { label });
  }

  moveLines(keys: readonly Key[], after: Key | null, label: string): Promise<Answer | null> {
    return this.workspace.perform("lines.move", plain({ keys, after }), { label });
  }

  copyLines(values: Values, label: string): Promise<Answer | null> {
    return this.workspace.perform("lines.copy", values, { label });
  }

  replace(values: ReplaceArguments, label: string): Promise<Answer | null> {
    return this.workspace.perform("resources.replace", plain(values), { label });
  }

  /** Throws Problem and Unreachable. */
  async tryReplace(values: ReplaceArguments): Promise<ReplaceEffect> {
    const answer = await this.workspace.queue.preview("resources.replace", plain({ ...values, effect: true }));
    return answer.result as unknown as ReplaceEffect;
  }
}

/** The code of the analysis that an answer tells to have made. */
export function madeCode(answer: Answer | null): string | null {
  const code: Value | undefined = answer?.result?.["code"];
  return typeof code === "string" ? code : null;
}
