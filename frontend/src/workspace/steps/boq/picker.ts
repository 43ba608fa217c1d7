/** Several analyses at once: search, mark, add. */

import { html, nothing, render } from "lit-html";

import { ask } from "../../dialogs";
import type { Language } from "../../texts";
import { Search, type Catalog, type Found } from "./catalog";
import { foundList, foundPreview } from "./found-list";
import type { BoqTexts } from "./texts";

export interface PickerParts {
  readonly catalog: Catalog;
  readonly texts: BoqTexts;
  readonly language: Language;
}

/** The chosen analyses in the order of choosing; empty when the person closes it. */
export async function pickAnalyses(parts: PickerParts): Promise<Found[]> {
  const picker = new Picker(parts);
  const { texts } = parts;
  const answer = ask<boolean>(
    texts.picker.title,
    picker.body,
    [{ value: true, label: texts.picker.chooseNone, primary: true }],
    true,
  );
  picker.start();
  const taken = await answer;
  picker.stop();
  return taken ? picker.chosen : [];
}

class Picker {
  readonly body = document.createElement("div");
  private readonly search: Search;
  private readonly marked = new Map<string, Found>();

  constructor(private readonly parts: PickerParts) {
    this.body.className = "boq-picker";
    this.search = new Search(parts.catalog, () => this.draw());
  }

  get chosen(): Found[] {
    return [...this.marked.values()];
  }

  start(): void {
    this.draw();
    this.body.querySelector("input")?.focus();
  }

  stop(): void {
    this.search.stop();
  }

  private toggle(found: Found): void {
    if (!this.marked.delete(found.code)) this.marked.set(found.code, found);
    this.draw();
  }

  private keydown(event: KeyboardEvent): void {
    const { search } = this;
    if (event.key === "ArrowDown") search.activate(search.active + 1);
    else if (event.key === "ArrowUp") search.activate(search.active - 1);
    else if (event.key === "Enter" && !event.ctrlKey && search.current) this.toggle(search.current);
    else if (event.key === "Enter" && event.ctrlKey) this.accept();
    else return;
    event.preventDefault();
  }

  /** Ctrl+Enter takes the one looked at when none is marked. */
  private accept(): void {
    if (this.marked.size === 0 && this.search.current) this.toggle(this.search.current);
    if (this.marked.size > 0) this.button?.click();
  }

  private get button(): HTMLButtonElement | null {
    return this.body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary") ?? null;
  }

  private draw(): void {
    this.drawButton();
    const { texts, language } = this.parts;
    const list = {
      search: this.search,
      texts,
      language,
      id: "boq-picker",
      chosen: new Set(this.marked.keys()),
      pick: (found: Found) => this.toggle(found),
    };
    render(
      html`${this.words()}
        <div class="boq-popup-body">${foundList(list)}${foundPreview(list)}</div>
        <p class="meta muted" aria-hidden="true">${texts.picker.hint}</p>
        ${this.marked.size > 0 ? this.tags() : nothing}`,
      this.body,
    );
  }

  private drawButton(): void {
    const { button } = this;
    const { picker } = this.parts.texts;
    if (!button) return;
    button.disabled = this.marked.size === 0;
    button.textContent = this.marked.size === 0 ? picker.chooseNone : picker.choose(String(this.marked.size));
  }

  private words(): unknown {
    const { picker } = this.parts.texts;
    return html`<input
      class="input"
      type="text"
      role="combobox"
      aria-expanded="true"
      aria-controls="boq-picker-list"
      aria-activedescendant=${this.search.active < 0 ? nothing : `boq-picker-${this.search.active}`}
      aria-label=${picker.words}
      placeholder=${picker.words}
      autocomplete="off"
      spellcheck="false"
      @input=${(event: Event) => this.search.ask((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => this.keydown(event)}
    />`;
  }

  private tags(): unknown {
    return html`<ul class="boq-chosen" aria-label=${this.parts.texts.picker.chosen}>
      ${this.chosen.map(
        (found) => html`<li>
          <button type="button" class="tag" @click=${() => this.toggle(found)}>${found.code} · ${found.name} ×</button>
        </li>`,
      )}
    </ul>`;
  }
}
