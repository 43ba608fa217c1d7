/** The editor of the name of a line: known resources that hold the words, with their prices, below the text. */

import { html, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { lineEditor, type CellEditor, type EditorContext, type EditorFactory } from "../../grid";
import { formatMoney } from "../../numbers";
import { Offer } from "../../offer";
import { fieldOf } from "./reader";
import type { SheetRow } from "./rows";
import type { AnalysesTexts } from "./texts";
import type { KnownResource, Kind } from "./wire";

const PAUSE = 120;
const SIZE = { width: 560, leastHeight: 220 };

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
  private readonly asking = new Debounced(PAUSE);

  constructor(
    private readonly workspace: Workspace,
    private readonly changed: () => void,
  ) {}

  ask(words: string, kind: Kind | null = null): void {
    this.stop();
    const q = words.trim();
    if (q.length < 2) this.take([]);
    else this.asking.start((signal) => this.fetch(new URLSearchParams(kind ? { q, kind } : { q }), signal));
  }

  private async fetch(query: URLSearchParams, signal: AbortSignal): Promise<void> {
    try {
      const path = `known-resources/?${query.toString()}`;
      this.take((await this.workspace.api.get<{ results: KnownResource[] }>(path, signal)).results);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.take([]);
    }
  }

  private take(found: readonly KnownResource[]): void {
    this.found = found;
    this.changed();
  }

  stop(): void {
    this.asking.stop();
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
  private readonly offer: Offer<SheetRow>;
  private readonly search: ResourceSearch;
  private active = -1;
  private current: KnownResource | null = null;

  constructor(
    private readonly parts: ResourceEditorParts,
    private readonly context: EditorContext<SheetRow>,
  ) {
    this.offer = new Offer(context, "boq-popup resource-popup", SIZE);
    this.element = this.offer.element;
    this.search = new ResourceSearch(parts.workspace, () => this.draw(this.same()));
    this.element.addEventListener("input", () => this.search.ask(this.element.value, kindOf(context.row)));
    if (context.replacing) this.search.ask(context.initial, kindOf(context.row));
  }

  value(): string {
    return this.offer.value();
  }

  focus(): void {
    this.offer.focus();
  }

  key(event: KeyboardEvent): boolean {
    if (!this.offer.open) return false;
    const { current } = this;
    if (event.key === "ArrowDown") this.draw(Math.min(this.active + 1, this.search.found.length - 1));
    else if (event.key === "ArrowUp") this.draw(Math.max(this.active - 1, -1));
    else if ((event.key === "Enter" || event.key === "Tab") && current) this.pick(current);
    else if (event.key === "Escape") this.offer.toggle(false);
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
    this.offer.toggle(found.length > 0);
    if (!this.offer.open) return;
    const { texts, workspace } = this.parts;
    const option = (one: KnownResource, at: number): unknown =>
      resourceOption(one, { texts, language: workspace.language }, {
        id: this.offer.optionId(at),
        active: at === active,
        pick: () => this.pick(one),
      });
    render(
      html`<div class="boq-found" role="listbox" id=${this.offer.listId} aria-label=${texts.resources}>${found.map(option)}</div>`,
      this.offer.popup,
    );
    this.offer.point(active);
  }

  destroy(): void {
    this.search.stop();
    this.offer.toggle(false);
  }
}
