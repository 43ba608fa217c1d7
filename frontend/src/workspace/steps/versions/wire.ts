/** Versions and comparisons; see ahsp/exchange/versions/serializers.py. Money is decimal strings. */

import type { Person, ValueType } from "../../log/wire";
import type { Key } from "../../wire";

export interface VersionTotals {
  readonly subtotal: string;
  readonly vat: string | null;
  readonly total: string;
  readonly rounded_total: string;
  readonly item_count: number;
  readonly incomplete: number;
}

export interface Version {
  readonly id: number;
  readonly name: string;
  readonly note: string;
  readonly revision: number;
  readonly at: string;
  readonly person: Person | null;
  readonly approved_at: string | null;
  readonly approved_by: Person | null;
  readonly is_present: boolean;
  readonly is_yours: boolean;
  readonly totals: VersionTotals;
}

export type Effect = "quantity" | "price" | "added" | "removed" | "other";
export type Effects = Readonly<Record<Effect, string>>;

export interface State {
  readonly number: string;
  readonly code?: string;
  readonly text: string;
  readonly unit?: string;
  readonly quantity?: string | null;
  readonly unit_price?: string | null;
  readonly amount: string | null;
  readonly complete: boolean;
}

export interface ComparedRow {
  readonly key: Key;
  readonly level: number;
  readonly is_section: boolean;
  readonly a: State | null;
  readonly b: State | null;
  readonly difference: string;
  readonly effects: Effects | null;
  readonly changed: readonly string[];
  readonly moved: boolean;
}

export interface Side {
  readonly version: Version | null;
  readonly totals: VersionTotals;
}

export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  readonly totals: readonly { readonly name: string; readonly before: string | null; readonly after: string | null; readonly difference: string; readonly share: string | null }[];
  readonly effects: Effects;
  readonly counts: Readonly<Record<"added" | "removed" | "changed" | "moved" | "same", number>>;
  readonly settings: readonly { readonly name: string; readonly type: ValueType; readonly before: string | null; readonly after: string | null }[];
  readonly part: number;
  readonly parts: number;
  readonly row_count: number;
  readonly rows: readonly ComparedRow[];
}
