/** What is offered below a line of text while somebody types: a popup that the text controls and never gives the focus. */

import { lineEditor, type CellEditor, type EditorContext } from "./grid";

export interface OfferSize {
  readonly width: number;
  /** With less room than this below the text, it stands above if there is more. */
  readonly leastHeight: number;
}

let made = 0;

/** A line of text in a cell and its offer. Options are elements with the ids `optionId(0)`, `optionId(1)` … inside an
 * element with the id `listId`. */
export class Offer<Row> {
  readonly element: HTMLInputElement;
  readonly popup = document.createElement("div");
  readonly id: string;
  open = false;
  private readonly line: CellEditor;

  constructor(
    context: EditorContext<Row>,
    className: string,
    private readonly size: OfferSize,
  ) {
    made += 1;
    this.id = `offer-${made}`;
    this.line = lineEditor(context);
    this.element = this.line.element as HTMLInputElement;
    this.element.role = "combobox";
    this.element.setAttribute("aria-autocomplete", "list");
    this.element.setAttribute("aria-controls", this.listId);
    this.element.ariaExpanded = "false";
    this.popup.className = className;
    this.popup.popover = "manual";
    this.popup.dataset["gridPopup"] = "";
    // A press in the list must not take the focus from the text.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get listId(): string {
    return `${this.id}-list`;
  }

  optionId(at: number): string {
    return `${this.id}-${at}`;
  }

  value(): string {
    return this.line.value();
  }

  focus(): void {
    this.line.focus();
  }

  /** The option that is looked at; below zero none. */
  point(active: number): void {
    if (active < 0) {
      this.element.removeAttribute("aria-activedescendant");
      return;
    }
    const id = this.optionId(active);
    this.element.setAttribute("aria-activedescendant", id);
    this.popup.querySelector(`#${id}`)?.scrollIntoView({ block: "nearest" });
  }

  toggle(open: boolean): void {
    if (open === this.open) return;
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

  private place(): void {
    const { width, leastHeight } = this.size;
    const { style } = this.popup;
    const box = this.element.getBoundingClientRect();
    const below = window.innerHeight - box.bottom;
    style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
    if (below >= leastHeight || below >= box.top) {
      style.top = `${box.bottom + 2}px`;
      style.bottom = "auto";
      style.maxHeight = `${below - 8}px`;
    } else {
      style.top = "auto";
      style.bottom = `${window.innerHeight - box.top + 2}px`;
      style.maxHeight = `${box.top - 8}px`;
    }
  }
}
