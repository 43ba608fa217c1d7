/** The editor of the name of a line: known resources that hold the words, with their prices, below the text. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { lineEditor, type CellEditor, type EditorContext, type EditorFactory } from "../../grid";
import { formatMoney } from "../../numbers";
import { fieldOf } from "./reader";
import type { SheetRow } from "./rows";
import type { AnalysesTexts } from "./texts";
import type { KnownResource, Kind } from "./wire";

const PAUSE = 120;
const WIDTH = 560;
const LEAST_HEIGHT = 220;
let made = 0;

export interface ResourceEditorParts {
  readonly workspace: Workspace;
  readonly texts: AnalysesTexts;
  /** A resource was chosen for this row. */
  readonly pick: (row: SheetRow, found: KnownResource) => void;
}

export function resourceEditor(parts: ResourceEditorParts): EditorFactory<SheetRow> {
  return (context) => {
    const { row } = context;
    const isResource = row.sort === "draft" ? row.group !== "other" : row.sort === "line" && row.line.line_kind === "resource";
    return isResource && fieldOf(row, "name") === "name" ? new ResourceEditor(parts, context) : lineEditor(context);
  };
}

const kindOf = (row: SheetRow): Kind | null => (row.sort === "draft" && row.group !== "other" ? row.group : null);

/** Asks for resources by words; of two questions the later counts. */
export class ResourceSearch {
  found: readonly KnownResource[] = [];
  private timer = 0;
  private running: AbortController | null = null;

  constructor(
    private readonly workspace: Workspace,
    private readonly changed: () => void,
  ) {}

  ask(words: string, kind: Kind | null = null): void {
    this.stop();
    if (words.trim().length < 2) {
      this.take([]);
      return;
    }
    this.timer = window.setTimeout(() => void this.fetch(words.trim(), kind), PAUSE);
  }

  private async fetch(words: string, kind: Kind | null): Promise<void> {
    const running = new AbortController();
    this.running = running;
    const query = new URLSearchParams(kind ? { q: words, kind } : { q: words }).toString();
    try {
      const { results } = await this.workspace.api.get<{ results: KnownResource[] }>(`known-resources/?${query}`, running.signal);
      this.take(results);
    } catch (error) {
      if (running.signal.aborted) return;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.take([]);
    }
  }

  private take(found: readonly KnownResource[]): void {
    this.found = found;
    this.changed();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }
}

export function resourceOption(
  found: KnownResource,
  parts: { readonly texts: AnalysesTexts; readonly language: "id" | "en" },
  more: { readonly id: string; readonly active: boolean; readonly pick: () => void },
): unknown {
  const price = found.price === null ? parts.texts.noPrice : formatMoney(found.price, parts.language);
  return html`<div class="option" role="option" id=${more.id} aria-selected=${String(more.active)} @click=${more.pick}>
    <span class="code">${parts.texts.kinds[found.kind]}</span><span class="name">${found.name}</span
    ><span class="unit figures">${price} / ${found.unit}</span>
  </div>`;
}

class ResourceEditor implements CellEditor {
  readonly element: HTMLInputElement;
  private readonly line: CellEditor;
  private readonly search: ResourceSearch;
  private readonly popup = document.createElement("div");
  private readonly id: string;
  private active = -1;
  private current: KnownResource | null = null;
  private open = false;

  constructor(
    private readonly parts: ResourceEditorParts,
    private readonly context: EditorContext<SheetRow>,
  ) {
    made += 1;
    this.id = `resource-search-${made}`;
    this.line = lineEditor(context);
    this.element = this.line.element as HTMLInputElement;
    this.element.role = "combobox";
    this.element.setAttribute("aria-autocomplete", "list");
    this.element.setAttribute("aria-controls", this.id);
    this.element.ariaExpanded = "false";
    this.search = new ResourceSearch(parts.workspace, () => this.draw(this.same()));
    this.element.addEventListener("input", () => this.search.ask(this.element.value, kindOf(context.row)));
    this.popup.className = "boq-popup resource-popup";
    this.popup.popover = "manual";
    this.popup.dataset["gridPopup"] = "";
    // A press in the list must not take the focus from the text.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    if (context.replacing) this.search.ask(context.initial, kindOf(context.row));
  }

  value(): string {
    return this.line.value();
  }

  focus(): void {
    this.line.focus();
  }

  key(event: KeyboardEvent): boolean {
    if (!this.open) return false;
    const { current } = this;
    if (event.key === "ArrowDown") this.draw(Math.min(this.active + 1, this.search.found.length - 1));
    else if (event.key === "ArrowUp") this.draw(Math.max(this.active - 1, -1));
    else if ((event.key === "Enter" || event.key === "Tab") && current) this.pick(current);
    else if (event.key === "Escape") this.toggle(false);
    else return false;
    event.preventDefault();
    return true;
  }

  private pick(found: KnownResource): void {
    this.context.cancel();
    this.parts.pick(this.context.row, found);
  }

  /** Where the resource that was looked at stands among what is found now; -1 if it is gone. */
  private same(): number {
    const { current } = this;
    return this.search.found.findIndex(
      ({ kind, name, unit }) => kind === current?.kind && name === current.name && unit === current.unit,
    );
  }

  private draw(active: number): void {
    this.active = active;
    const { found } = this.search;
    this.current = found[active] ?? null;
    if (found.length > 0 !== this.open) this.toggle(found.length > 0);
    if (!this.open) return;
    const { texts, workspace } = this.parts;
    const option = (one: KnownResource, at: number): unknown =>
      resourceOption(one, { texts, language: workspace.language }, {
        id: `${this.id}-${at}`,
        active: at === active,
        pick: () => this.pick(one),
      });
    render(
      html`<div class="boq-found" role="listbox" id=${this.id} aria-label=${texts.resources}>${found.map(option)}</div>`,
      this.popup,
    );
    if (active < 0) this.element.removeAttribute("aria-activedescendant");
    else {
      this.element.setAttribute("aria-activedescendant", `${this.id}-${active}`);
      this.popup.querySelector(`#${this.id}-${active}`)?.scrollIntoView({ block: "nearest" });
    }
  }

  private toggle(open: boolean): void {
    this.open = open;
    this.element.ariaExpanded = String(open);
    if (!open) {
      render(nothing, this.popup);
      this.popup.remove();
      return;
    }
    document.body.append(this.popup);
    this.popup.showPopover();
    placeBelow(this.popup, this.element);
  }

  destroy(): void {
    this.search.stop();
    if (this.open) this.toggle(false);
  }
}

/** Below the text, or above it where there is more room. */
function placeBelow({ style }: HTMLElement, text: HTMLElement): void {
  const box = text.getBoundingClientRect();
  const below = window.innerHeight - box.bottom;
  style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8))}px`;
  if (below >= LEAST_HEIGHT || below >= box.top) {
    style.top = `${box.bottom + 2}px`;
    style.bottom = "auto";
    style.maxHeight = `${below - 8}px`;
  } else {
    style.top = "auto";
    style.bottom = `${window.innerHeight - box.top + 2}px`;
    style.maxHeight = `${box.top - 8}px`;
  }
}
