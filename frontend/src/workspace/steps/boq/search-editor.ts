/** The editor of descriptions and codes: a line of text with the analyses that match below it. */

import { html, render } from "lit-html";

import { lineEditor, type CellEditor, type EditorContext } from "../../grid";
import type { Language } from "../../texts";
import { Search, type Catalog, type Found } from "./catalog";
import { foundList, foundPreview, type FoundListParts } from "./found-list";
import type { BoqRow } from "./lines";
import type { BoqTexts } from "./texts";

let made = 0;
const WIDTH = 720;
const LEAST_HEIGHT = 240;

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
  private readonly line: CellEditor;
  private readonly search: Search;
  private readonly popup = document.createElement("div");
  private readonly id: string;
  private open = false;

  constructor(
    private readonly parts: SearchEditorParts,
    private readonly context: EditorContext<BoqRow>,
  ) {
    made += 1;
    this.id = `boq-search-${made}`;
    this.line = lineEditor(context);
    this.element = this.line.element as HTMLInputElement;
    this.element.role = "combobox";
    this.element.setAttribute("aria-autocomplete", "list");
    this.element.setAttribute("aria-controls", `${this.id}-list`);
    this.element.ariaExpanded = "false";
    this.search = new Search(parts.catalog, () => this.draw());
    this.element.addEventListener("input", () => this.search.ask(this.element.value));
    this.popup.className = "boq-popup";
    this.popup.popover = "manual";
    this.popup.dataset["gridPopup"] = "";
    // A press in the list must not take the focus from the text.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    if (context.replacing) this.search.ask(context.initial);
  }

  value(): string {
    return this.line.value();
  }

  focus(): void {
    this.line.focus();
  }

  key(event: KeyboardEvent): boolean {
    if (!this.open) return false;
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
    return { search: this.search, texts, language, id: this.id, pick: (found) => this.pick(found) };
  }

  private draw(): void {
    const show = this.search.state !== "idle";
    if (show !== this.open) this.toggle(show);
    if (!show) return;
    const { texts } = this.parts;
    render(
      html`<div class="boq-popup-body">${foundList(this.listParts)}${foundPreview(this.listParts)}</div>
        <p class="boq-popup-foot meta muted" aria-hidden="true">${texts.search.hint}</p>
        <p class="sr-only" role="status">${texts.search.found(String(this.search.found.length))}</p>`,
      this.popup,
    );
    const { active } = this.search;
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
      this.popup.hidePopover();
      this.popup.remove();
      return;
    }
    document.body.append(this.popup);
    this.popup.showPopover();
    this.place();
  }

  /** Below the text, or above it where there is more room. */
  private place(): void {
    const box = this.element.getBoundingClientRect();
    const below = window.innerHeight - box.bottom;
    const { style } = this.popup;
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

  destroy(): void {
    this.search.stop();
    if (this.open) this.toggle(false);
  }
}
