/** What the API of the workspace says and hears. Numbers are strings; rows are flat objects with a key. */

/** Kind and id of a row: "s4", "i12", "p1"; "g" is the settings of the project. */
export type Key = string;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/** A row as it is shown. Whatever is not named here is a value of the row. */
export interface WireRow {
  readonly key: Key;
  readonly version: number;
  readonly parent?: Key | null;
  readonly position?: number;
  readonly [field: string]: Value | undefined;
}

export type Status = "PRICED" | "PARTIAL" | "UNPRICED";

export interface Issue {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
}

/** key, unit price, amount, status, issues. */
export type WireFigure = readonly [
  key: Key,
  unitPrice: string | null,
  amount: string | null,
  status: Status,
  issues: readonly Issue[],
];

export interface Figures {
  /** Whether rows that are not named have no figures, rather than those they had. */
  readonly full: boolean;
  readonly rows: readonly WireFigure[];
}

export interface Vat {
  readonly rate: string;
  readonly base_fraction: string;
  readonly base: string;
  readonly amount: string;
}

/** In rupiah; lower bounds while `incomplete` is not 0. */
export interface Totals {
  readonly item_count: number;
  readonly incomplete: number;
  readonly complete: boolean;
  readonly total: string;
  readonly subtotal?: string;
  readonly vat?: Vat | null;
  readonly rounded_total?: string;
}

/** What a command did, or what others did since a revision. */
export interface Answer {
  readonly revision: number;
  readonly base: number;
  readonly rows: readonly WireRow[];
  readonly removed: readonly Key[];
  readonly figures: Figures;
  readonly totals: Totals;
  readonly result?: { readonly [name: string]: Value };
  readonly act?: string;
}

export type StepState = "complete" | "missing" | "empty" | "";

export interface HeadStep {
  readonly id: string;
  readonly state?: StepState;
  readonly missing?: number;
}

export interface Head {
  readonly revision: number;
  readonly totals: Totals;
  readonly project: { readonly code: string; readonly name: string; readonly [name: string]: Value };
  readonly role: string;
  readonly rights: Readonly<Record<string, boolean>>;
  readonly steps: readonly HeadStep[];
}

/** A part of the bill, in document order. */
export interface GridPart {
  readonly revision: number;
  readonly parts: number;
  readonly rows: readonly WireRow[];
  readonly figures: Figures;
}

/** One cell that somebody else wrote after the version that a command was made from. */
export interface CellConflict {
  readonly key: Key;
  readonly field: string;
  readonly yours: Value;
  readonly theirs: Value;
  readonly person: string | null;
  readonly at: string;
}

export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
  /** The row, where the error belongs to one. */
  readonly key?: Key;
}

/** What POST …/commands/ takes. */
export interface CommandBody {
  readonly id: string;
  readonly command: string;
  readonly arguments: Values;
  readonly base: number;
  readonly dry_run?: boolean;
}
