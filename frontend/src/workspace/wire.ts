/** What the API of the workspace says and hears. Numbers are strings; rows are flat objects with a key. */

/** Kind and id of a row: "s4", "i12", "p1"; "g" is the settings of the project. */
export type Key = string;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/** A row as it is shown. Whatever is not named here is a value of the row. */
export interface WireRow {
  readonly key: Key;
  readonly version: number;
  /** The section around: of a section `parent`, of an item `section`. */
  readonly parent?: Key | null;
  readonly section?: Key | null;
  readonly position?: number;
  readonly [field: string]: Value | undefined;
}

export type Status = "PRICED" | "PARTIAL" | "UNPRICED";

export interface Issue {
  readonly code: string;
  readonly severity: string;
  readonly text: string;
}

/** Unit price, amount, status; then the codes of an item's issues, or of a section how many items are incomplete. */
export type WireFigure = readonly [
  unitPrice: string | null,
  amount: string | null,
  status: Status,
  issues: readonly string[] | number | null,
];

/** The same behind the key of its row. */
export type KeyedFigure = readonly [key: Key, ...figure: WireFigure];

export interface Figures {
  /** Whether rows that are not named have no figures, rather than those they had. */
  readonly full: boolean;
  readonly rows: readonly KeyedFigure[];
}

export interface Vat {
  readonly rate: string;
  readonly base_fraction: string;
  readonly base: string;
  readonly amount: string;
  readonly source: string;
}

/** In rupiah; lower bounds while `complete` is false. */
export interface Totals {
  readonly item_count: number;
  readonly incomplete: number;
  readonly complete: boolean;
  readonly subtotal: string;
  readonly vat: Vat | null;
  readonly total: string;
  readonly rounded_total: string;
  readonly in_words: string;
  readonly budget: string | null;
  /** Of the budget, behind the rounded total; below zero where that is more. */
  readonly budget_left: string | null;
  readonly issues: readonly Issue[];
}

/** What changed since the revision `base`, whoever changed it; of a command also what it made. */
export interface Answer {
  readonly revision: number;
  readonly base: number;
  /** Too much changed: the bill is to be read afresh. */
  readonly reload: boolean;
  readonly rows: readonly WireRow[];
  readonly removed: readonly Key[];
  readonly figures: Figures;
  readonly totals: Totals;
  /** Open threads of the rows about which something was said since `base`. */
  readonly comments?: Readonly<Record<Key, number>>;
  readonly locked?: boolean;
  readonly act?: string;
  /** The revision to undo it by; null if it changed nothing. */
  readonly made?: number | null;
  readonly result?: { readonly [name: string]: Value };
  /** After a change of prices: what prices-grid/ gives (steps/prices/rows.ts). */
  readonly prices?: unknown;
}

/** What decides how the project is shown and calculated. */
export interface Settings {
  readonly name: string;
  readonly location: string;
  readonly owner_name: string;
  readonly edition: string;
  /** Names it in addresses of the catalog. */
  readonly edition_slug: string;
  readonly price_book: string;
  readonly overhead: string;
  readonly vat_date: string;
  readonly hours_per_day: string;
  readonly unit_price_rounding: string;
  readonly total_rounding: string;
  readonly unit_price_rounding_label: string;
  readonly total_rounding_label: string;
  readonly numbering: string;
  readonly budget: string | null;
  readonly version: number;
  readonly locked: boolean;
}

/** How many items lack what a step is there for. */
export interface Missing {
  readonly quantity: number;
  readonly analysis: number;
  readonly price: number;
}

export interface Head {
  readonly code: string;
  readonly revision: number;
  readonly settings: Settings;
  readonly person: { readonly id: number; readonly name: string; readonly initials: string };
  readonly role: string;
  readonly rights: readonly string[];
  readonly totals: Totals;
  readonly steps: { readonly item_count: number; readonly incomplete: number; readonly missing: Missing };
  /** Open threads by the key of the row they are about. */
  readonly comments?: Readonly<Record<Key, number>>;
  /** The approved version as which the project is locked. */
  readonly lock?: Lock | null;
}

export interface Lock {
  readonly version: number;
  readonly name: string;
  readonly at: string;
  readonly by: { readonly name: string } | null;
}

/** A part of the bill, in document order. A row is its key followed by its columns. */
export interface GridPart {
  readonly revision: number;
  readonly part: number;
  readonly parts: number;
  readonly section_columns: readonly string[];
  readonly item_columns: readonly string[];
  readonly rows: readonly (readonly [Key, ...Value[]])[];
  readonly figures: readonly (WireFigure | null)[];
  readonly totals: Totals;
}

/** One cell that somebody else wrote after the version that a command was made from. */
export interface CellConflict {
  readonly key: Key;
  readonly field: string;
  readonly yours: Value;
  readonly theirs: Value;
  readonly person: string | null;
  readonly at: string;
  /** The revision of their value: whoever writes over it says that it was seen. */
  readonly version?: number;
  /** What a person calls the row, where the bill does not say. */
  readonly label?: string;
  /** What a person calls the field; null for bookkeeping. */
  readonly name?: string | null;
  readonly type?: "number" | "text" | "date";
  /** Both values as they are told: rows that are pointed at by their titles, choices by their words. */
  readonly shown?: { readonly yours: string | null; readonly theirs: string | null };
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
