/** Analyses as the API gives them. Numbers are decimal strings. */

import type { Issue, Key, Status } from "../../wire";

export const KINDS = ["labor", "material", "equipment"] as const;
export type Kind = (typeof KINDS)[number];
export type Sort = "reference" | "modified" | "own";
export type Change = "same" | "changed" | "added" | "removed";
export type LineKind = "resource" | "percentage" | "nested" | "lump_sum" | "information";

export interface AnalysesBody {
  readonly revision: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** One row of the list. */
export interface Listed {
  /** Null for one of the edition. */
  readonly key: Key | null;
  readonly version: number | null;
  readonly sort: Sort;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly reference: string | null;
  readonly status: Status;
  readonly direct_cost: string | null;
  readonly unit_price: string | null;
  /** How many items use it themselves. */
  readonly items: number;
  readonly amount: string | null;
  /** Whether another one in use nests it. */
  readonly nested: boolean;
  readonly missing: readonly string[];
}

export interface Named {
  readonly key: Key | null;
  readonly code: string;
  readonly name: string;
  readonly sort: Sort;
}

export interface Content {
  readonly line_kind: LineKind;
  readonly group_kind: Kind | "";
  readonly name: string;
  readonly unit: string;
  readonly nested_code: string;
  readonly coefficient: string | null;
  readonly percent: string | null;
  readonly price: string | null;
}

export interface Origin {
  readonly own: boolean;
  readonly source: string;
  readonly region: string;
  readonly dated: string | null;
  readonly document: string;
  readonly note: string;
  readonly recorded: string | null;
  readonly recorded_unit: string;
  readonly factor: string | null;
}

export interface Line extends Content {
  /** Null for a line of the edition, and for one that was removed. */
  readonly key: Key | null;
  readonly version: number | null;
  readonly place: number | null;
  readonly of: readonly string[];
  readonly unit_cost: string | null;
  readonly amount: string | null;
  readonly status: Status;
  readonly issues: readonly Issue[];
  readonly origin: Origin | null;
  readonly nested: Named | null;
  readonly change: Change;
  readonly fields: readonly string[];
  readonly reference_position: number | null;
  readonly reference: (Content & { readonly of: readonly number[]; readonly amount: string | null }) | null;
  readonly effect: string | null;
}

export interface FromDToF {
  readonly direct_cost: string | null;
  readonly overhead_rate: string | null;
  readonly overhead_and_profit: string | null;
  readonly exact: string | null;
  readonly unit_price: string | null;
}

export interface Reference extends FromDToF {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly status: Status;
  readonly direct_cost_effect: string | null;
  readonly unit_price_effect: string | null;
}

export interface Edition {
  readonly slug: string;
  readonly title: string;
  readonly regulation: string;
  readonly number: string;
  readonly annex: string;
}

/** An analysis from its head to its lines. */
export interface Told extends FromDToF {
  readonly key: Key | null;
  readonly version: number | null;
  readonly sort: Sort;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly note: string;
  readonly edition: Edition;
  readonly reference: Reference | null;
  readonly status: Status;
  readonly labor: string | null;
  readonly material: string | null;
  readonly equipment: string | null;
  readonly issues: readonly Issue[];
  readonly lines: readonly Line[];
}

export interface UsingItem {
  readonly key: Key;
  readonly number: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string | null;
  readonly unit_price: string | null;
  readonly amount: string | null;
  readonly status: Status;
}

export interface Analysis extends Told {
  readonly revision: number;
  readonly item_count: number;
  readonly items: readonly UsingItem[];
  readonly nested_by: readonly Named[];
}

export interface Resource {
  readonly kind: Kind;
  readonly name: string;
  readonly unit: string;
}

export interface KnownResource extends Resource {
  readonly price: string | null;
}

/** Rows of the list as objects. */
export function listed({ columns, rows }: AnalysesBody): Listed[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])) as unknown as Listed);
}

export const analysisPath = (named: string): string => `analyses/${encodeURIComponent(named)}/`;

/** What the API knows a resource by, for the address of a question. */
export const resourceQuery = ({ kind, name, unit }: Resource): string =>
  new URLSearchParams({ kind, name, unit }).toString();
