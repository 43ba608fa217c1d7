import { around, on } from "../dom";

/** A row with data-row-link is as wide a target as its link; what is shown beside it is marked. */
export function startRowLinks(): void {
  on("click", "tr[data-row-link]", (row, event) => {
    if (String(getSelection())) return;
    for (const other of row.parentElement?.querySelectorAll('[aria-current]') ?? []) {
      other.removeAttribute("aria-current");
    }
    row.setAttribute("aria-current", "true");
    if (!around(event, "a, button")) row.querySelector<HTMLElement>("a[data-open]")?.click();
  });
}
