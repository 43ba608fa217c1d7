import { isTyping, on } from "../dom";
import { describe, type Found, matchesWords } from "../search-text";

const PAUSE = 120;

interface Parts {
  dialog: HTMLDialogElement;
  input: HTMLInputElement;
  list: HTMLElement;
  status: HTMLElement;
  template: HTMLTemplateElement;
}

function parts(): Parts | null {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-search]");
  const input = dialog?.querySelector("input");
  const list = dialog?.querySelector<HTMLElement>('[role="listbox"]');
  const status = dialog?.querySelector<HTMLElement>('[role="status"]');
  const template = dialog?.querySelector<HTMLTemplateElement>("template[data-option]");
  return dialog && input && list && status && template ? { dialog, input, list, status, template } : null;
}

function options(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role="option"]')].filter((option) => !option.closest("[hidden]"));
}

function activate({ input, list }: Parts, option: HTMLElement | undefined): void {
  for (const other of list.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function show(found: Parts, results: Found[]): void {
  const place = found.list.querySelector("[data-found]");
  const rows = results.map((result, index) => {
    const row = found.template.content.firstElementChild?.cloneNode(true) as HTMLElement;
    row.id = `search-found-${index}`;
    row.dataset.href = (found.dialog.dataset.analysis ?? "").replace("CODE", encodeURIComponent(result.code));
    describe(row, result);
    return row;
  });
  place?.replaceChildren(...rows);
  const group = place?.closest<HTMLElement>("[data-found-group]");
  if (group) group.hidden = results.length === 0;
}

/** Commands and projects are in the page already; only the catalog is asked. */
function filterKnown(list: HTMLElement, words: string): void {
  for (const group of list.querySelectorAll<HTMLElement>("[data-known]")) {
    let any = false;
    for (const option of group.querySelectorAll<HTMLElement>('[role="option"]')) {
      option.hidden = !matchesWords(option.textContent ?? "", words);
      any ||= !option.hidden;
    }
    group.hidden = !any;
  }
}

function follow(option: HTMLElement | undefined): void {
  if (option?.dataset.href) location.assign(option.dataset.href);
}

function keys(found: Parts, event: KeyboardEvent): void {
  const all = options(found.list);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") activate(found, all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") activate(found, all.at(at <= 0 ? -1 : at - 1));
  else if (event.key === "Enter") follow(all[Math.max(at, 0)]);
  else return;
  event.preventDefault();
}

class Asker {
  private timer = 0;
  private running: AbortController | null = null;

  constructor(private readonly found: Parts) {}

  ask(): void {
    const words = this.found.input.value.trim();
    filterKnown(this.found.list, words);
    activate(this.found, options(this.found.list)[0]);
    clearTimeout(this.timer);
    this.running?.abort();
    if (!words || !this.found.dialog.dataset.url) {
      show(this.found, []);
      this.say();
      return;
    }
    this.timer = window.setTimeout(() => void this.fetch(words), PAUSE);
  }

  private async fetch(words: string): Promise<void> {
    this.running = new AbortController();
    const url = new URL(this.found.dialog.dataset.url ?? "", location.href);
    url.searchParams.set("q", words);
    try {
      const response = await fetch(url, { signal: this.running.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      show(this.found, ((await response.json()) as { results: Found[] }).results);
      this.say();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      show(this.found, []);
      this.found.status.textContent = document.body.dataset.offline ?? "";
    }
    activate(this.found, options(this.found.list)[0]);
  }

  private say(): void {
    const { list, status } = this.found;
    const count = options(list).length;
    const empty = this.found.dialog.querySelector<HTMLElement>("[data-nothing]");
    if (empty) empty.hidden = count > 0;
    status.textContent = (status.dataset.count ?? "").replace("0", String(count));
  }
}

/** Ctrl+K or / opens one search over analyses, projects and commands, as an ARIA combobox. */
export function startSearch(): void {
  const found = parts();
  if (!found) return;
  const asker = new Asker(found);
  const open = (): void => {
    if (found.dialog.open) return;
    found.dialog.showModal();
    found.input.select();
    asker.ask();
  };
  on("click", "[data-search-open]", open);
  found.input.addEventListener("input", () => asker.ask());
  found.input.addEventListener("keydown", (event) => keys(found, event));
  found.list.addEventListener("click", (event) => {
    follow((event.target as Element).closest<HTMLElement>('[role="option"]') ?? undefined);
  });
  found.list.addEventListener("pointermove", (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
    if (option && option.getAttribute("aria-selected") !== "true") activate(found, option);
  });
  document.addEventListener("keydown", (event) => {
    const chord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!chord && (event.key !== "/" || isTyping(event.target))) return;
    event.preventDefault();
    open();
  });
}
