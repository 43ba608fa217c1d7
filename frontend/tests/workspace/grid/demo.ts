/** A bill as grids of tests show it: flat rows in document order, five levels, no server. */
import type { Column, GridOptions } from "../../../src/workspace/grid";

export interface DemoRow {
  readonly key: string;
  readonly level: number;
  readonly section: boolean;
  collapsed: boolean;
  readonly number: string;
  readonly code: string;
  description: string;
  unit: string;
  quantity: string;
  readonly price: string;
  readonly amount: string;
}

export function demoRows(count: number): DemoRow[] {
  return Array.from({ length: count }, (_, at) => {
    const level = at % 50 === 0 ? 0 : at % 25 === 0 ? 1 : at % 10 === 0 ? 2 : at % 5 === 0 ? 3 : 4;
    return {
      key: `i${at}`,
      level,
      section: level < 4,
      collapsed: false,
      number: String(at + 1),
      code: `2.2.1.${at % 9}`,
      description: level < 4 ? `PEKERJAAN ${at}` : `Beton mutu f'c ${at % 40} lokasi ${at}`,
      unit: level < 4 ? "" : "m³",
      quantity: level < 4 ? "" : `${at % 1000},5`,
      price: level < 4 ? "" : "1.361.455,29",
      amount: "57.420.331,10",
    };
  });
}

export const demoColumns: Column<DemoRow>[] = [
  { id: "number", title: "No", kind: "code", width: 72, readOnly: true, text: (row) => row.number },
  { id: "description", title: "Uraian", kind: "text", width: 320, tree: true, text: (row) => row.description },
  { id: "code", title: "Kode", kind: "code", width: 96, readOnly: true, text: (row) => row.code },
  { id: "unit", title: "Satuan", kind: "unit", width: 72, text: (row) => row.unit },
  {
    id: "quantity",
    title: "Volume",
    kind: "number",
    width: 110,
    text: (row) => row.quantity,
    readOnly: (row) => row.section,
  },
  { id: "price", title: "Harga satuan", unit: "Rp", kind: "money", width: 140, readOnly: true, text: (row) => row.price },
  { id: "amount", title: "Jumlah", unit: "Rp", kind: "money", width: 150, readOnly: true, text: (row) => row.amount },
  ...["Tenaga", "Bahan", "Alat", "BUK", "Bobot", "Status", "Catatan"].map(
    (title): Column<DemoRow> => ({ id: title, title, kind: "number", width: 110, readOnly: true, text: () => "120.000" }),
  ),
];

/** What of the rows is in view, as a step would work it out. */
export function unfolded(rows: readonly DemoRow[]): DemoRow[] {
  const shown: DemoRow[] = [];
  let shut = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.level > shut) continue;
    shut = row.collapsed ? row.level : Number.POSITIVE_INFINITY;
    shown.push(row);
  }
  return shown;
}

export function demoOptions(rows: readonly DemoRow[]): GridOptions<DemoRow> {
  return {
    columns: demoColumns,
    rows,
    keyOf: (row) => row.key,
    label: "RAB",
    language: "id",
    frozen: 2,
    treeOf: (row) => ({ level: row.level, children: row.section, collapsed: row.collapsed }),
    toneOf: (row) => (row.level === 0 ? "is-section" : row.section ? "is-group" : ""),
    canHold: (row) => row.section,
  };
}
