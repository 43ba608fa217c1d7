import { around, isTyping, on } from "../dom";
import { fold, isShown } from "./tree";

/** The row `by` shown rows further, or the last one that way. Asks no layout: a table may have ten thousand rows. */
export function step(row: HTMLElement, by: number): HTMLElement {
  let found = row;
  let left = Math.abs(by);
  let next: Element | null = row;
  while (left > 0 && (next = by > 0 ? next.nextElementSibling : next.previousElementSibling)) {
    if (!(next instanceof HTMLElement) || !isShown(next)) continue;
    found = next;
    left -= 1;
  }
  return found;
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
  const pane = row.closest(".workspace-main");
  const page = Math.max(1, Math.floor((pane?.clientHeight ?? 300) / row.offsetHeight) - 3);
  const by: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    Home: -Infinity,
    End: Infinity,
    PageDown: page,
    PageUp: -page,
  };
  const steps = by[key];
  if (steps === undefined) return false;
  focusRow(step(row, steps));
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
