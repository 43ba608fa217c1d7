/** What the step asks of the server. Cells carry what was typed; the server reads it. */

import type { Workspace } from "../../context";
import type { Answer, Key, Values } from "../../wire";
import type { LineField } from "./data";

export type LineTexts = { readonly [field in LineField]?: string };
export type ParameterField = "name" | "formula" | "unit" | "note";
export type ParameterTexts = { readonly [field in ParameterField]?: string };

export interface LineRow {
  /** Of a line that is there; one to be made has an `id` of this page instead. */
  readonly key?: Key;
  readonly id?: Key;
  readonly version?: number | null;
  readonly after?: Key | null;
  readonly values: LineTexts;
}

export interface ParameterRow {
  readonly key: Key;
  readonly version: number | null;
  readonly values: ParameterTexts;
}

const plain = (value: unknown): Values => value as Values;

const cellsOf = (key: Key, values: object) =>
  Object.entries(values).map(([field, typed]) => ({ key, field, typed: String(typed) }));

/** A key of this page for a row that is to be made; no other step has one like it, nor this page after a reload. */
export const newKey = (kind: "t" | "p"): Key => `${kind}new-${crypto.randomUUID().slice(0, 13)}`;

export class VolumeCommands {
  constructor(private readonly workspace: Workspace) {}

  /** `takeoff.set_lines`; `lenient` keeps what cannot be read as it was typed, and the sheet tells. */
  setLines(item: Key, rows: readonly LineRow[], label: string, lenient = false): Promise<Answer | null> {
    const cells = rows.flatMap(({ key, id, values }) => cellsOf(key ?? id ?? "", values));
    return this.workspace.perform("takeoff.set_lines", plain({ item, rows, lenient }), { cells, label });
  }

  /** The lines of a sheet in another order. */
  orderLines(item: Key, keys: readonly Key[], label: string): Promise<Answer | null> {
    const rows = keys.map((key) => ({ key }));
    return this.workspace.perform("takeoff.set_lines", plain({ item, rows, whole: true }), { label });
  }

  removeLines(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("takeoff.remove_lines", plain({ keys }), { label });
  }

  addParameter(id: Key, values: ParameterTexts, label: string): Promise<Answer | null> {
    const cells = cellsOf(id, values);
    return this.workspace.perform("parameters.add", plain({ rows: [{ id, values }] }), { cells, label });
  }

  setParameters(rows: readonly ParameterRow[], label: string): Promise<Answer | null> {
    const cells = rows.flatMap(({ key, values }) => cellsOf(key, values));
    return this.workspace.perform("parameters.set", plain({ rows }), { cells, label });
  }

  /** The person is asked while something is calculated from them. */
  removeParameters(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("parameters.remove", plain({ keys }), { label });
  }

  /** A number or a formula that begins with "=". */
  setQuantity(key: Key, version: number, quantity: string, label: string): Promise<Answer | null> {
    const cells = [{ key, field: "quantity", typed: quantity }];
    const rows = [{ key, version, values: { quantity } }];
    return this.workspace.perform("items.set", plain({ cells: rows }), { cells, label });
  }
}
