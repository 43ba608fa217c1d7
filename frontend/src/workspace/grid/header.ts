import { buildRow } from "./cells";
import type { State } from "./state";

/** The row of titles, with a grip at the right side of each to change its width. */
export function buildHeader<Row>(state: State<Row>, frozen: number): HTMLElement {
  const { row, pinned, rest } = buildRow("grid-row grid-titles");
  row.setAttribute("aria-rowindex", "1");
  const corner = document.createElement("div");
  corner.className = "grid-head grid-corner";
  corner.role = "gridcell";
  corner.setAttribute("aria-colindex", "1");
  pinned.append(corner);
  state.columns.visible.forEach((column, place) => {
    const title = document.createElement("div");
    title.className = `grid-title is-${column.kind}`;
    title.role = "columnheader";
    title.dataset["title"] = String(place);
    title.setAttribute("aria-colindex", String(place + 2));
    title.append(text("grid-title-text", column.heading ?? column.title));
    if (column.heading !== undefined) title.title = title.ariaLabel = column.title;
    if (column.unit) title.append(text("grid-unit", column.unit));
    const grip = text("grid-grip", "");
    grip.dataset["grip"] = String(place);
    title.append(grip);
    (place < frozen ? pinned : rest).append(title);
  });
  return row;
}

function text(className: string, words: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = words;
  return element;
}

/** Show in the titles which columns are marked. */
export function paintHeader<Row>(state: State<Row>, header: HTMLElement): void {
  const areas = state.areas();
  for (const title of header.querySelectorAll<HTMLElement>("[data-title]")) {
    const at = Number(title.dataset["title"]);
    title.classList.toggle("is-current", areas.some((area) => at >= area.left && at <= area.right));
  }
}
