/** The editor of descriptions and codes: a line of text with the analyses that match below it. */

import { html, render } from "lit-html";

import { lineEditor, type CellEditor, type EditorContext } from "../../grid";
import { Offer } from "../../offer";
import type { Language } from "../../texts";
import { Search, type Catalog, type Found } from "./catalog";
import { foundList, foundPreview, type FoundListParts } from "./found-list";
import type { BoqRow } from "./lines";
import type { BoqTexts } from "./texts";

const SIZE = { width: 720, leastHeight: 240 };

export interface SearchEditorParts {
  readonly catalog: Catalog;
  readonly texts: BoqTexts;
  readonly language: Language;
  /** An analysis was chosen for this row. */
  readonly pick: (row: BoqRow, found: Found) => void;
  /** Whether this row is looked up in the catalog at all: sections are not. */
  readonly applies: (row: BoqRow) => boolean;
}

export function searchEditor(parts: SearchEditorParts): (context: EditorContext<BoqRow>) => CellEditor {
  return (context) => (parts.applies(context.row) ? new SearchEditor(parts, context) : lineEditor(context));
}

class SearchEditor implements CellEditor {
  readonly element: HTMLInputElement;
  private readonly offer: Offer<BoqRow>;
  private readonly search: Search;

  constructor(
    private readonly parts: SearchEditorParts,
    private readonly context: EditorContext<BoqRow>,
  ) {
    this.offer = new Offer(context, "boq-popup", SIZE);
    this.element = this.offer.element;
    this.search = new Search(parts.catalog, () => this.draw());
    this.element.addEventListener("input", () => this.search.ask(this.element.value));
    if (context.replacing) this.search.ask(context.initial);
  }

  value(): string {
    return this.offer.value();
  }

  focus(): void {
    this.offer.focus();
  }

  key(event: KeyboardEvent): boolean {
    if (!this.offer.open) return false;
    const { search } = this;
    if (event.key === "ArrowDown" && search.found.length > 0) search.activate(search.active + 1);
    else if (event.key === "ArrowUp" && search.found.length > 0) search.activate(search.active - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && search.current) this.pick(search.current);
    else if (event.key === "Escape") search.clear();
    else return false;
    event.preventDefault();
    return true;
  }

  private pick(found: Found): void {
    this.context.cancel();
    this.parts.pick(this.context.row, found);
  }

  private get listParts(): FoundListParts {
    const { texts, language } = this.parts;
    return { search: this.search, texts, language, id: this.offer.id, pick: (found) => this.pick(found) };
  }

  private draw(): void {
    this.offer.toggle(this.search.state !== "idle");
    if (!this.offer.open) return;
    const { texts } = this.parts;
    render(
      html`<div class="boq-popup-body">${foundList(this.listParts)}${foundPreview(this.listParts)}</div>
        <p class="boq-popup-foot meta muted" aria-hidden="true">${texts.search.hint}</p>
        <p class="sr-only" role="status">${texts.search.found(String(this.search.found.length))}</p>`,
      this.offer.popup,
    );
    this.offer.point(this.search.active);
  }

  destroy(): void {
    this.search.stop();
    this.offer.toggle(false);
  }
}
