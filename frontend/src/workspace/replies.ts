/** What an answer or a problem says about the rows and cells of the command it is for. */

import type { CellEdit } from "./cells";
import type { Entry } from "./outbox";
import type { Answer, CellConflict } from "./wire";

/** Keys of the rows a command made, by the names that this page gave them: told so, or in the order of its `rows`. */
export function keysMade(entry: Entry, answer: Answer): Readonly<Record<string, string>> {
  const [rows, keys] = [entry.arguments["rows"], answer.result?.["keys"]];
  if (!Array.isArray(keys)) return (keys ?? {}) as Readonly<Record<string, string>>;
  if (!Array.isArray(rows)) return {};
  const pairs = (rows as readonly { readonly id?: string }[]).flatMap(({ id }, at) => (id ? [[id, String(keys[at])]] : []));
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Whether a conflict is about a cell. The settings are one row, which cells name without its id. */
export function isOf(conflict: CellConflict, cell: { readonly key: string; readonly field: string }): boolean {
  const row = cell.key === "g" ? conflict.key.startsWith("g") : conflict.key === cell.key;
  return row && conflict.field === cell.field;
}

/** Whether an error is about a cell: by its row and field, by the path into the arguments, or as the only cell. */
export function names(error: { field: string; key?: string }, cell: CellEdit, entry: Entry): boolean {
  const field = error.field.split(".").at(-1);
  if (error.key !== undefined) return error.key === cell.key && field === cell.field;
  const at = /(?:^|\.)rows\.(\d+)\./.exec(error.field)?.[1];
  if (at !== undefined) {
    const rows = entry.arguments["rows"];
    const row = Array.isArray(rows) ? (rows as readonly { key?: string }[])[Number(at)] : undefined;
    return row?.key === cell.key && field === cell.field;
  }
  return field === cell.field || entry.cells.length === 1;
}
