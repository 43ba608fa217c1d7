/** Price lists as the server reads them. */

import type { Workspace } from "../../context";
import type { NewConversion } from "./acts";
import type { Resource } from "./rows";

export type What =
  | "writes"
  | "converts"
  | "same"
  | "repeated"
  | "needs_conversion"
  | "unknown"
  | "several"
  | "contradicts"
  | "wrong";

export const WRITTEN: ReadonlySet<What> = new Set<What>(["writes", "converts"]);

/** Class of the word for it. */
export function toneOf(what: What): string {
  if (WRITTEN.has(what)) return "tag-ok";
  if (what === "needs_conversion" || what === "several") return "tag-warn";
  return what === "wrong" || what === "contradicts" ? "tag-bad" : "";
}

/** Number, what it becomes, name, unit and price as they stand there, price read, its unit, resource, price now, its
    unit, and the sentence that says why not. */
export type ListedRow = readonly [
  number: number,
  what: What,
  name: string,
  unit: string,
  typed: string,
  price: string | null,
  per: string,
  resource: Resource | null,
  now: string | null,
  nowPer: string,
  why: string,
];

export interface PasteResult {
  readonly columns: readonly string[];
  readonly header: number;
  readonly unpriced: number;
  readonly counts: Readonly<Record<What, number>>;
  readonly rows: readonly ListedRow[];
}

export const COLUMN_FIELDS = [
  "kind",
  "resource",
  "unit",
  "price",
  "code",
  "source",
  "region",
  "dated",
  "document",
  "note",
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

export const NOTATIONS = ["auto", "id", "en"] as const;
export type Notation = (typeof NOTATIONS)[number];

export const DEFAULTS = ["source", "dated", "region", "document"] as const;
export type Default = (typeof DEFAULTS)[number];

export interface PasteArguments {
  readonly rows: readonly (readonly string[])[];
  readonly columns?: readonly string[];
  readonly notation: Notation;
  readonly version: number | null;
  readonly without: readonly number[];
  readonly conversions: readonly NewConversion[];
  readonly told: Readonly<Partial<Record<Default, string>>>;
}

/** The arguments of prices.paste. */
export function pasteValues({ rows, columns, notation, version, without, conversions, told }: PasteArguments) {
  return {
    rows,
    notation,
    version,
    without,
    conversions: conversions.map((one) => ({ ...one })),
    ...(columns ? { columns } : {}),
    ...Object.fromEntries(Object.entries(told).filter(([, text]) => text.trim() !== "")),
  };
}

/** POST …/price-list/ */
export interface PriceFile {
  readonly file: string;
  readonly sheet: string;
  readonly sheets: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly priced: number;
  readonly unpriced: number;
  readonly unknown: number;
  readonly unknown_names: readonly string[];
}

export function sendFile(workspace: Workspace, file: File, sheet = ""): Promise<PriceFile> {
  const form = new FormData();
  form.append("file", file);
  if (sheet) form.append("sheet", sheet);
  return workspace.api.post<PriceFile>("price-list/", form);
}
