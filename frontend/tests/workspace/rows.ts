import { BillDocument, type Row, rowOf } from "../../src/workspace/document";
import type { Answer, GridPart, Key, Totals, Value, WireRow } from "../../src/workspace/wire";

export const TOTALS: Totals = {
  item_count: 3,
  incomplete: 0,
  complete: true,
  subtotal: "1000.00",
  vat: null,
  total: "1000.00",
  rounded_total: "1000",
  in_words: "seribu rupiah",
  budget: null,
  budget_left: null,
  issues: [],
};

export function section(key: Key, parent: Key | null, position: number, name = key, version = 1): WireRow {
  return { key, parent, position, version, name };
}

export function item(key: Key, parent: Key | null, position: number, more: Record<string, string> = {}, version = 1): WireRow {
  return { key, section: parent, position, version, description: key, ...more };
}

/** s1 [ i1, s2 [ i2, i3 ], i4 ], i5, s3 [] */
export const ROWS: WireRow[] = [
  item("i5", null, 20, { description: "Galian tanah", unit: "m3" }),
  section("s1", null, 10, "Struktur"),
  item("i1", "s1", 1, { description: "Béton f'c 20" }),
  section("s2", "s1", 2, "Kolom"),
  item("i2", "s2", 1),
  item("i3", "s2", 2),
  item("i4", "s1", 3),
  section("s3", null, 30, "Lain-lain"),
];

export function billOf(rows: readonly WireRow[] = ROWS): BillDocument {
  const bill = new BillDocument();
  bill.load(rows.map(rowOf));
  return bill;
}

export const keysOf = (places: readonly { row: Row }[]): Key[] => places.map((place) => place.row.key);

export function answer(revision: number, more: Partial<Answer> = {}): Answer {
  return {
    revision,
    base: revision - 1,
    made: revision,
    reload: false,
    rows: [],
    removed: [],
    figures: { full: false, rows: [] },
    totals: TOTALS,
    ...more,
  };
}

const SECTION_COLUMNS = ["parent", "position", "version", "name"];
const ITEM_COLUMNS = ["section", "position", "version", "description", "unit", "quantity"];

/** Rows as a part of the grid sends them. */
export function part(rows: readonly WireRow[] = ROWS, more: Partial<GridPart> = {}): GridPart {
  const packed = rows.map((row): [Key, ...Value[]] => {
    const names = row.key.startsWith("s") ? SECTION_COLUMNS : ITEM_COLUMNS;
    return [row.key, ...names.map((name) => row[name] ?? null)];
  });
  return {
    revision: 1,
    part: 0,
    parts: 1,
    section_columns: SECTION_COLUMNS,
    item_columns: ITEM_COLUMNS,
    rows: packed,
    figures: rows.map((row) => [null, null, "PRICED", row.key.startsWith("s") ? 0 : null]),
    totals: TOTALS,
    ...more,
  };
}
