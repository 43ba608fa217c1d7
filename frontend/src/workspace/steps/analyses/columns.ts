/** The columns of the grid of an analysis. */

import type { CellKind, Column, EditorFactory } from "../../grid";
import type { SheetReader, ColumnId } from "./reader";
import { fieldOf } from "./reader";
import type { SheetRow } from "./rows";
import type { AnalysesTexts } from "./texts";
import type { Line } from "./wire";

const SHAPES: readonly { id: ColumnId; kind: CellKind; width: number; grow?: true; unit?: string }[] = [
  { id: "name", kind: "text", width: 140, grow: true },
  { id: "unit", kind: "unit", width: 58 },
  { id: "coefficient", kind: "number", width: 84 },
  { id: "unit_cost", kind: "money", width: 118, unit: "Rp" },
  { id: "amount", kind: "money", width: 108, unit: "Rp" },
  { id: "difference", kind: "status", width: 78 },
  { id: "effect", kind: "money", width: 88, unit: "Rp" },
];
const COMPARING: readonly ColumnId[] = ["difference", "effect"];

/** The last two only say something of a modified analysis. */
export const shownColumns = (modified: boolean): ColumnId[] =>
  SHAPES.map(({ id }) => id).filter((id) => modified || !COMPARING.includes(id));

const isWithoutFactor = ({ line_kind: kind, percent, coefficient, change }: Line): boolean =>
  change !== "removed" && kind !== "information" && (kind === "percentage" ? percent : coefficient) === null;

function tone(row: SheetRow, id: ColumnId): string {
  if (row.sort === "draft") return row.tail ? "is-invitation" : "";
  if (row.sort !== "line") return "";
  const { line } = row;
  if (COMPARING.includes(id)) return `is-${line.change}`;
  if (id === "unit_cost" && line.unit_cost === null && line.status !== "PRICED") return "is-missing";
  if (id === "coefficient" && isWithoutFactor(line)) return "is-missing";
  if (id === "unit_cost" && line.origin?.own) return "is-own-price";
  return id === "amount" && line.status === "PARTIAL" ? "is-bound" : "";
}

export function sheetColumns(
  reader: SheetReader,
  texts: AnalysesTexts,
  resourceEditor: EditorFactory<SheetRow>,
): Column<SheetRow>[] {
  return SHAPES.map(({ id, ...shape }) => ({
    id,
    ...shape,
    title: texts.columns[id],
    text: (row) => reader.text(row, id),
    typed: (row) => reader.typed(row, id),
    readOnly: (row) => fieldOf(row, id) === null,
    tone: (row) => tone(row, id),
    hint: (row) => reader.hint(row, id),
    ...(id === "name" ? { editor: resourceEditor } : {}),
  }));
}

/** Group heads and totals stand out; a line that the reference has and this one lacks is struck through. */
export function rowTone(row: SheetRow): string {
  if (row.sort === "group") return "is-section";
  if (row.sort === "total") return row.total === "rounded" ? "is-section" : "is-group";
  if (row.sort === "draft") return row.tail ? "is-draft" : "";
  return row.line.change === "removed" ? "is-excluded" : "";
}
