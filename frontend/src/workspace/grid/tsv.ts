/** Texts of clipboards: cells between tabs, rows between line ends, quoted as spreadsheets quote them. */

/** Reads a copied range. Cells with tabs, line ends or quotes stand in quotes, whose own quotes are doubled.
    The empty line spreadsheets put at the end is no row. Null when there are more than `limit` cells: reading
    stops there, so a million cells cost no more than the limit. All rows come out as wide as the widest. */
export function parseTsv(text: string, limit: number): string[][] | null {
  const rows: string[][] = [[]];
  let cells = 0;
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : bare(text, at);
    rows.at(-1)?.push(cell);
    cells += 1;
    if (cells > limit) return null;
    at = end + 1;
    if (end >= text.length) break;
    if (text[end] === "\t") continue;
    if (text[end] === "\r" && text[at] === "\n") at += 1;
    if (at >= text.length) break;
    rows.push([]);
  }
  return squared(rows, limit);
}

function bare(text: string, from: number): [cell: string, end: number] {
  let end = from;
  while (end < text.length && text[end] !== "\t" && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return [text.slice(from, end), end];
}

/** A cell in quotes, or a bare one when the quote is only its first character (3" pipes begin with a figure, but `"a" b` exists). */
function quoted(text: string, from: number): [cell: string, end: number] {
  let close = from + 1;
  for (;;) {
    close = text.indexOf('"', close);
    if (close < 0) return bare(text, from);
    if (text[close + 1] !== '"') break;
    close += 2;
  }
  const end = close + 1;
  if (end < text.length && !"\t\r\n".includes(text[end] ?? "")) return bare(text, from);
  return [text.slice(from + 1, close).replaceAll('""', '"').replaceAll("\r\n", "\n"), end];
}

function squared(rows: string[][], limit: number): string[][] | null {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width * rows.length > limit) return null;
  for (const row of rows) while (row.length < width) row.push("");
  return rows;
}

const SPECIAL = /["\t\r\n]/;

/** The text a spreadsheet reads back into the same cells. */
export function formatTsv(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string => (SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => row.map(cell).join("\t")).join("\r\n");
}

/** A copied block repeated over an area that is a whole number of times as large, as spreadsheets paste; else the block itself. */
export function tile(
  cells: readonly (readonly string[])[],
  height: number,
  width: number,
): readonly (readonly string[])[] {
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  if (rows === 0 || columns === 0 || height % rows || width % columns) return cells;
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => cells[row % rows]?.[column % columns] ?? ""),
  );
}
