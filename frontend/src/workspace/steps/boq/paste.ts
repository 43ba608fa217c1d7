/** What the columns of a pasted block are, guessed from its titles or its contents. */

import { folding } from "../../outline";
import type { Field, PasteField } from "./commands";
import { looksLikeCode } from "./typed";

export type Mapping = readonly (PasteField | null)[];

export interface Guess {
  readonly fields: Mapping;
  /** The first row holds titles, not a work item. */
  readonly header: boolean;
}

export const PASTE_FIELDS: readonly PasteField[] = [
  "number",
  "code",
  "description",
  "unit",
  "quantity",
  "unit_price",
  "amount",
  "overhead",
];

const TITLES: readonly (readonly [PasteField, RegExp])[] = [
  ["number", /^(no\.?|nomor|no urut|item)$/],
  ["code", /(kode|code|ahsp|mata pembayaran)/],
  ["description", /(uraian|pekerjaan|deskripsi|description|jenis)/],
  ["unit", /^(sat\.?|satuan|unit)$/],
  ["quantity", /(vol\.?$|volume|kuantitas|qty|quantity|banyak)/],
  ["amount", /^(jumlah|total)( harga)?/],
  ["unit_price", /(harga satuan|harsat|hsp|unit price|^harga$)/],
  ["overhead", /(buk|overhead|keuntungan)/],
];

/** At least two titles that are known, none of them twice. */
function fromTitles(row: readonly string[]): Mapping | null {
  const taken = new Set<PasteField>();
  const fields = row.map((cell) => {
    const title = folding(cell).trim();
    const field = TITLES.find(([name, shape]) => !taken.has(name) && shape.test(title))?.[0] ?? null;
    if (field) taken.add(field);
    return field;
  });
  return taken.size >= 2 && (taken.has("description") || taken.has("code")) ? fields : null;
}

/** A number, or a formula of one. */
const NUMBER = /^(?:=|[-+(]?(?:rp\.?\s*)?\d[\d.,]*\)?$)/i;
/** What could be a code is an amount: "80.000", "1.250.000". */
const GROUPED = /^\d{1,3}(?:\.\d{3})+$/;
const ROW_NUMBER = /^(?:[A-Za-z]{1,2}|[IVXLC]+|\d+)(?:\.[\da-z]+)*[.)]?$/;
const UNIT = /^(m[123²³']?|m'|kg|ton|ls|l|liter|ltr|bh|buah|unit|set|titik|ttk|lbr|lembar|btg|batang|zak|hari|oh|jam|pcs|roll|ha|km)\.?$/i;
const SAMPLE = 200;

interface Look {
  readonly at: number;
  readonly filled: number;
  readonly numbers: number;
  readonly codes: number;
  readonly rowNumbers: number;
  readonly units: number;
  readonly length: number;
}

function look(cells: readonly (readonly string[])[], at: number): Look {
  const texts = cells.slice(0, SAMPLE).flatMap((row) => row[at]?.trim() || []);
  const share = (matches: (text: string) => boolean): number =>
    texts.length === 0 ? 0 : texts.filter(matches).length / texts.length;
  return {
    at,
    filled: texts.length,
    numbers: share((text) => NUMBER.test(text)),
    codes: share((text) => looksLikeCode(text) && !GROUPED.test(text)),
    rowNumbers: share((text) => ROW_NUMBER.test(text)),
    units: share((text) => UNIT.test(text)),
    length: texts.reduce((sum, text) => sum + text.length, 0) / (texts.length || 1),
  };
}

const MOSTLY = 0.6;

/** Longest texts describe; what is left is told by its shape, from left to right. */
function fromContents(cells: readonly (readonly string[])[]): Mapping {
  const looks = (cells[0] ?? []).map((_, at) => look(cells, at));
  const wordy = looks.filter((one) => one.filled > 0 && one.numbers < MOSTLY && one.units < MOSTLY);
  const described = [...wordy].sort((a, b) => b.length - a.length)[0];
  const fields: (Field | null)[] = looks.map(() => null);
  const put = (one: Look | undefined, field: Field): void => {
    if (one && fields[one.at] === null) fields[one.at] = field;
  };
  put(described && described.codes < MOSTLY ? described : undefined, "description");
  const free = (): Look[] => looks.filter((one) => fields[one.at] === null && one.filled > 0);
  put(free().find((one) => one.units >= MOSTLY), "unit");
  const before = (one: Look): boolean => described === undefined || one.at < described.at;
  const [first] = free();
  const isNumbering = first && first.at === 0 && before(first) && first.rowNumbers >= MOSTLY && first.length <= 6;
  put(isNumbering ? first : undefined, "number");
  put(free().find((one) => one.codes >= MOSTLY), "code");
  const numbers = free().filter((one) => one.numbers >= MOSTLY && !before(one));
  put(numbers[0], "quantity");
  put(numbers[1], "unit_price");
  return fields;
}

/** `columns` are the columns of the grid the block was pasted over: they decide where neither titles nor contents do. */
export function guess(cells: readonly (readonly string[])[], columns: readonly (Field | null)[]): Guess {
  const titled = cells[0] ? fromTitles(cells[0]) : null;
  if (titled && cells.length > 1) return { fields: titled, header: true };
  const told = fromContents(cells);
  if (told.includes("description") || told.includes("code")) return { fields: told, header: false };
  return { fields: (cells[0] ?? []).map((_, at) => columns[at] ?? null), header: false };
}

/** A block in which no row can become anything: neither descriptions nor codes. */
export const isReadable = (fields: Mapping): boolean => fields.includes("description") || fields.includes("code");
