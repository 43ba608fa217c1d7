import { around, isTyping, on } from "../dom";
import { fold } from "./tree";

function visible(table: Element): HTMLElement[] {
  return [...table.querySelectorAll<HTMLElement>("tr[id]")].filter((row) => row.offsetParent !== null);
}

function focusRow(row: HTMLElement | null | undefined): void {
  if (!row) return;
  for (const other of row.closest("table")?.querySelectorAll<HTMLElement>('tr[tabindex="0"]') ?? []) {
    other.tabIndex = -1;
  }
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function select(row: HTMLElement): void {
  for (const other of row.closest("table")?.querySelectorAll('tr[aria-selected="true"]') ?? []) {
    other.removeAttribute("aria-selected");
  }
  row.setAttribute("aria-selected", "true");
}

/** Enter on an item follows its link, which htmx turns into the inspector; on a section it folds. */
function open(row: HTMLElement): void {
  const link = row.querySelector<HTMLElement>("a[data-open]");
  if (link) link.click();
  else fold(row);
}

function move(row: HTMLElement, key: string): boolean {
  const table = row.closest("table");
  if (!table) return false;
  const rows = visible(table);
  const at = rows.indexOf(row);
  const jump = Math.max(1, Math.floor(table.parentElement ? table.parentElement.clientHeight / row.offsetHeight : 10) - 3);
  const next: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: at + jump,
    PageUp: at - jump,
  };
  const to = next[key];
  if (to === undefined) return false;
  focusRow(rows[Math.min(rows.length - 1, Math.max(0, to))]);
  return true;
}

function sideways(row: HTMLElement, key: string): boolean {
  const expanded = row.getAttribute("aria-expanded");
  if (key === "ArrowRight" && expanded === "false") fold(row, false);
  else if (key === "ArrowLeft" && expanded === "true") fold(row, true);
  else if (key === "ArrowLeft") {
    focusRow(row.closest("table")?.querySelector<HTMLElement>(`#${CSS.escape(row.dataset.parent || "none")}`));
  } else return key === "ArrowRight";
  return true;
}

/** Arrows move the row, Enter opens it, left and right fold: one tab stop for the whole grid. */
export function startTreeKeys(): void {
  document.addEventListener("keydown", (event) => {
    const row = around(event, "[data-tree] tr[id]");
    if (!row || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== row && event.key === "Enter") return;
    let done = move(row, event.key) || sideways(row, event.key);
    if (event.key === "Enter" || event.key === " ") {
      open(row);
      done = true;
    }
    if (done) event.preventDefault();
  });
  on("click", "[data-tree] tr[id]", (row, event) => {
    if (String(getSelection())) return;
    focusRow(row);
    if (row.hasAttribute("aria-expanded")) {
      if (!around(event, "a, button")) fold(row);
      return;
    }
    select(row);
    if (!around(event, "a, button")) open(row);
  });
}
