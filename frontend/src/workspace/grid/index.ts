import { Sheet } from "./sheet";
import type { Grid, GridOptions } from "./types";

export type * from "./types";
export { lineEditor } from "./editing";
export { formatTsv, parseTsv } from "./tsv";

/**
 * Put a grid into `host`, which must have a height (the grid scrolls inside it).
 *
 * The grid shows rows and says what a person wants; it changes none of them. A step keeps its rows, answers the
 * events by sending commands, and gives changed rows back with `update` (same rows, other values) or `setRows`
 * (rows came, went or moved). In a tree the step leaves out what is collapsed and gives each row its level.
 *
 * Keys, the same in every step: arrows, Tab and Enter move (Enter goes down, after a run of Tabs back to where it
 * began), with Shift they mark, with Ctrl they go to the edge; Home, End, PageUp, PageDown; typing, F2 or a double
 * click edit; Esc gives up; Ctrl+D fills down, Ctrl+R to the right, and so does the square at the corner of what is
 * marked when it is dragged; Ctrl+C, X, V; Delete clears, on whole rows it removes; Ctrl+A, Shift+Space (row),
 * Ctrl+Space (column); Insert or Ctrl+Enter asks for a row, with Shift above; Ctrl+- removes rows;
 * Alt+Shift+Right and Left indent; Alt+Up and Down move; Space on a twisty and Alt+Shift with + and - fold;
 * Ctrl+Z, Ctrl+Y; Esc then Tab leaves the grid.
 */
export function createGrid<Row>(host: HTMLElement, options: GridOptions<Row>): Grid<Row> {
  return new Sheet(host, options);
}
