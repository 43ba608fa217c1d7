/** Lines that were copied in this window, to be pasted into another analysis as what they are. */

import { formatTsv } from "../../grid";
import type { Key, Values } from "../../wire";
import type { SheetRow } from "./rows";
import type { Analysis } from "./wire";

interface Copied {
  /** As the clipboard of the machine has it: pasting something else means that. */
  readonly text: string;
  readonly count: number;
  readonly keys: readonly Key[];
  readonly reference: string;
  readonly positions: readonly number[];
}

let copied: Copied | null = null;

/** Remember whole rows; how many lines they hold. A line that was removed is the reference's. */
export function copyLines(analysis: Analysis, rows: readonly SheetRow[], text: string): number {
  const lines = rows.flatMap((row) => (row.sort === "line" ? [row.line] : []));
  const keys = lines.flatMap(({ key }) => (key === null ? [] : [key]));
  const positions = lines.flatMap((line) =>
    line.key !== null ? [] : line.change === "removed" ? [line.reference_position ?? 0] : [line.place ?? 0],
  );
  const reference = analysis.key === null ? analysis.code : (analysis.reference?.code ?? "");
  copied = lines.length > 0 ? { text, count: lines.length, keys, reference, positions } : null;
  return lines.length;
}

/** What `lines.copy` needs for a paste of these cells; null when they are not what was copied. */
export function pastedLines(cells: readonly (readonly string[])[]): { values: Values; count: number } | null {
  if (!copied || formatTsv(cells) !== copied.text) return null;
  const { keys, reference, positions, count } = copied;
  const values = positions.length > 0 ? { keys: [...keys], reference, positions: [...positions] } : { keys: [...keys] };
  return { values, count };
}
