import { memory, on } from "../dom";

/** Rows carry an id and data-parent, the id of the section around them. What is folded is remembered per table (data-tree). */
interface Tree {
  table: HTMLElement;
  rows: HTMLElement[];
  folded: Set<string>;
}

function treeOf(table: HTMLElement): Tree {
  const stored = memory.read(`folded:${table.dataset.tree}`);
  return {
    table,
    rows: [...table.querySelectorAll<HTMLElement>("tr[id]")],
    folded: new Set(stored ? stored.split(" ") : []),
  };
}

/** A row is hidden while any section above it is folded; rows come in document order, parents first. */
export function applyFolds(rows: HTMLElement[], folded: ReadonlySet<string>): void {
  const closed = new Set<string>();
  for (const row of rows) {
    const key = row.id;
    const hidden = closed.has(row.dataset.parent ?? "");
    row.hidden = hidden;
    if (!row.hasAttribute("aria-expanded")) continue;
    row.setAttribute("aria-expanded", String(!folded.has(key)));
    if (hidden || folded.has(key)) closed.add(key);
  }
}

/** Whether folds and the filter let a row be seen. */
export function isShown(row: HTMLElement): boolean {
  if (row.hidden) return false;
  return row.classList.contains("incomplete") || !row.closest("[data-only-incomplete]");
}

function save(tree: Tree): void {
  memory.write(`folded:${tree.table.dataset.tree}`, [...tree.folded].join(" "));
  applyFolds(tree.rows, tree.folded);
}

export function fold(row: HTMLElement, closed?: boolean): void {
  const table = row.closest<HTMLElement>("[data-tree]");
  const key = row.id;
  if (!table || !key || !row.hasAttribute("aria-expanded")) return;
  const tree = treeOf(table);
  if (closed ?? !tree.folded.has(key)) tree.folded.add(key);
  else tree.folded.delete(key);
  save(tree);
}

function foldAll(closed: boolean): void {
  for (const table of document.querySelectorAll<HTMLElement>("[data-tree]")) {
    const tree = treeOf(table);
    const sections = tree.rows.filter((row) => row.hasAttribute("aria-expanded"));
    tree.folded = new Set(closed ? sections.map((row) => row.id) : []);
    save(tree);
  }
}

/** One click shows only the lines that are not complete, under their headings; the address remembers it. */
function filter(only: boolean): void {
  for (const table of document.querySelectorAll<HTMLElement>("[data-tree]")) {
    table.toggleAttribute("data-only-incomplete", only);
    const tree = treeOf(table);
    applyFolds(tree.rows, only ? new Set() : tree.folded);
  }
  for (const button of document.querySelectorAll("[data-filter-incomplete]")) {
    button.setAttribute("aria-pressed", String(only));
  }
  const url = new URL(location.href);
  if (only) url.searchParams.set("show", "incomplete");
  else url.searchParams.delete("show");
  history.replaceState(history.state, "", url);
}

export function startTree(): void {
  for (const table of document.querySelectorAll<HTMLElement>("[data-tree]")) {
    const tree = treeOf(table);
    if (tree.folded.size) applyFolds(tree.rows, tree.folded);
  }
  if (document.querySelector("[data-tree]") && new URL(location.href).searchParams.get("show") === "incomplete") {
    filter(true);
  }
  on("click", "[data-fold]", (button, event) => {
    event.stopPropagation();
    const row = button.closest<HTMLElement>("tr");
    if (row) fold(row);
  });
  on("click", "[data-fold-all]", (button) => foldAll(button.dataset.foldAll === "closed"));
  on("click", "[data-filter-incomplete]", (button, event) => {
    event.preventDefault();
    filter(button.getAttribute("aria-pressed") !== "true");
  });
}
