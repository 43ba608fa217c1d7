import { isTyping, on } from "../dom";
import { describe, type Found, matchesWords } from "../search-text";

const PAUSE = 120;

/** What a page finds among its own rows, without asking the server. */
export interface OwnSearch {
  find(words: string): Found[];
  /** Show what was found. */
  open(code: string): void;
  /** Go to an address without loading a page; false if it is none of this page's. */
  go(href: string): boolean;
}

let own: OwnSearch | null = null;

export function offerOwnSearch(search: OwnSearch): void {
  own = search;
}

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

function show({ template }: Parts, group: HTMLElement, results: Found[]): void {
  const rows = results.map((result, index) => {
    const row = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
    row.id = `found-${group.dataset.name}-${index}`;
    if (group.dataset.target) row.dataset.href = group.dataset.target.replace("CODE", encodeURIComponent(result.code));
    else row.dataset.own = result.code;
    describe(row, result);
    return row;
  });
  group.querySelector("[data-found]")?.replaceChildren(...rows);
  group.hidden = results.length === 0;
}

/** Commands are in the page already. */
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

function follow({ dialog }: Parts, option: HTMLElement | undefined): void {
  const { href, own: row } = option?.dataset ?? {};
  if (row) own?.open(row);
  else if (!href) return;
  else if (!own?.go(href)) return location.assign(href);
  dialog.close();
}

function keys(found: Parts, event: KeyboardEvent): void {
  const all = options(found.list);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") activate(found, all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") activate(found, all.at(at <= 0 ? -1 : at - 1));
  else if (event.key === "Enter") follow(found, all[Math.max(at, 0)]);
  else return;
  event.preventDefault();
}

/** Asks the groups with data-asked: projects always, the catalog once there are words. */
class Asker {
  private timer = 0;
  private running: AbortController | null = null;

  constructor(private readonly found: Parts) {}

  ask(): void {
    const words = this.found.input.value.trim();
    filterKnown(this.found.list, words);
    const group = this.found.list.querySelector<HTMLElement>("[data-own]");
    if (group) show(this.found, group, own?.find(words) ?? []);
    this.settle();
    clearTimeout(this.timer);
    this.running?.abort();
    this.timer = window.setTimeout(() => void this.askAll(words), words ? PAUSE : 0);
  }

  private async askAll(words: string): Promise<void> {
    const running = new AbortController();
    this.running = running;
    const groups = [...this.found.list.querySelectorAll<HTMLElement>("[data-asked]")];
    const answers = await Promise.allSettled(
      groups.map((group) => (words || "always" in group.dataset ? this.fetch(group, words, running.signal) : [])),
    );
    if (running.signal.aborted) return;
    answers.forEach((answer, index) => {
      show(this.found, groups[index]!, answer.status === "fulfilled" ? answer.value : []);
    });
    this.settle();
    this.say();
    if (answers.some((answer) => answer.status === "rejected")) {
      this.found.status.textContent = document.body.dataset.offline ?? "";
    }
  }

  private async fetch(group: HTMLElement, words: string, signal: AbortSignal): Promise<Found[]> {
    const url = new URL(group.dataset.asked ?? "", location.href);
    url.searchParams.set("q", words);
    const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return ((await response.json()) as { results: Found[] }).results;
  }

  /** Enter takes the first option. */
  private settle(): void {
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
    follow(found, (event.target as Element).closest<HTMLElement>('[role="option"]') ?? undefined);
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
