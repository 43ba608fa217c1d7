/** Prices as the server tells them, row by row, and what the eye adds: how old each is. */

import { today } from "../../moments";
import type { Key } from "../../wire";

export type Kind = "labor" | "material" | "equipment";
export const KINDS: readonly Kind[] = ["labor", "material", "equipment"];

/** `own` of the project, `book` of its price book, `follows` an own price of the same resource in another unit;
    `unconverted` has a price per a unit that nothing bridges. */
export type State = "own" | "book" | "follows" | "missing" | "unconverted";

export interface Resource {
  readonly kind: Kind;
  readonly name: string;
  readonly unit: string;
}

/** 1 `from_unit` of `name` is `factor` `to_unit`; without a key it is the price book's. */
export interface Conversion {
  readonly key: Key | null;
  readonly version: number | null;
  readonly name: string;
  readonly from_unit: string;
  readonly to_unit: string;
  readonly factor: string;
  readonly note: string;
}

export interface Book {
  readonly slug: string;
  readonly name: string;
  readonly is_example: boolean;
  readonly region: string;
  readonly valid_on: string | null;
  readonly document: string;
}

/** GET …/prices-grid/ */
export interface PricesBody {
  readonly revision: number;
  readonly book: Book;
  readonly hours_per_day: string;
  readonly old_after_days: number;
  readonly cost: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly conversions: readonly Conversion[];
}

export interface PriceRow extends Resource {
  readonly key: Key;
  readonly state: State;
  /** Per `unit`; null while missing. */
  readonly price: string | null;
  /** As it was recorded, per `recordedUnit`. */
  readonly recorded: string | null;
  readonly recordedUnit: string;
  /** What the recorded price is multiplied by; null for 1. */
  readonly factor: string | null;
  /** What the price book alone would give. */
  readonly bookPrice: string | null;
  readonly own: boolean;
  readonly source: string;
  readonly region: string;
  readonly dated: string | null;
  readonly document: string;
  readonly note: string;
  readonly items: number;
  readonly cost: string | null;
  readonly share: string | null;
  /** Since the day of the price; null where none is told. */
  readonly days: number | null;
  readonly old: boolean;
}

/** The page's name of a row, the same in every window: it has one before the server has a price for it. */
export function keyOf({ kind, name, unit }: Resource): Key {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const sign of `${kind}\n${unit}\n${name}`) {
    const code = sign.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return `r${4_294_967_296 * (2_097_151 & low) + (high >>> 0)}`;
}

const DAY = 86_400_000;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

function dayNumber(iso: string): number | null {
  const parts = ISO.exec(iso);
  return parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY : null;
}

/** Days from one day to another, both as 2026-12-31; never below 0. */
export function daysBetween(from: string | null, to: string): number | null {
  const [first, last] = [from === null ? null : dayNumber(from), dayNumber(to)];
  return first === null || last === null ? null : Math.max(0, Math.round(last - first));
}

export function rowsOf(body: PricesBody, day = today()): PriceRow[] {
  const at = new Map(body.columns.map((name, place) => [name, place]));
  return body.rows.map((cells) => {
    const cell = (name: string): string | number | null => cells[at.get(name) ?? -1] ?? null;
    const text = (name: string): string => String(cell(name) ?? "");
    const decimal = (name: string): string | null => (cell(name) === null ? null : String(cell(name)));
    const resource = { kind: text("kind") as Kind, name: text("name"), unit: text("unit") };
    const own = cell("key") !== null;
    const state = text("state") as State;
    const fromBook = state === "book";
    const dated = fromBook ? body.book.valid_on : decimal("dated");
    const days = daysBetween(dated, day);
    return {
      ...resource,
      key: keyOf(resource),
      state,
      price: decimal("price"),
      recorded: decimal("recorded"),
      recordedUnit: text("recorded_unit"),
      factor: decimal("factor"),
      bookPrice: decimal("book_price"),
      own,
      source: fromBook ? body.book.name : text("source"),
      region: fromBook ? body.book.region : text("region"),
      dated,
      document: fromBook ? body.book.document : text("document"),
      note: text("note"),
      items: Number(cell("items") ?? 0),
      cost: decimal("cost"),
      share: decimal("share"),
      days,
      old: days !== null && days > body.old_after_days && state !== "missing",
    };
  });
}

/** The factor that leads from the recorded unit to the resource's, as it was recorded: the project's before the book's. */
export function conversionOf(row: PriceRow, conversions: readonly Conversion[], from = row.recordedUnit): Conversion | null {
  const joins = (one: Conversion): boolean =>
    one.name === row.name &&
    ((one.from_unit === from && one.to_unit === row.unit) || (one.to_unit === from && one.from_unit === row.unit));
  return conversions.find(joins) ?? null;
}

const PERSON_UNITS = new Set(["oh", "oj", "jam"]);

/** Days and hours of people: the working hours a day bridge them, no factor. */
export const isMatterOfHours = (row: PriceRow, unit: string): boolean =>
  row.kind === "labor" && PERSON_UNITS.has(unit.toLowerCase()) && PERSON_UNITS.has(row.unit.toLowerCase());
