/** The bar over the sheet: what stands in the active cell, as it was typed. */

import { html, nothing, render } from "lit-html";

import type { ActiveCell } from "./sheet";
import type { VolumeTexts } from "./texts";

export interface BarState {
  readonly cell: ActiveCell | null;
  /** What formulas call the item. */
  readonly reference: string;
  readonly mayWrite: boolean;
}

export class FormulaBar {
  private state: BarState = { cell: null, reference: "", mayWrite: false };
  /** The cell that was active when somebody began to type here. */
  private typing: ActiveCell | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly texts: VolumeTexts,
    private readonly take: (cell: ActiveCell, text: string) => void,
    private readonly back: () => void,
  ) {
    host.className = "volume-bar";
  }

  show(state: BarState): void {
    this.state = state;
    if (!this.typing) this.draw();
  }

  private draw(): void {
    const { texts } = this;
    const { cell, reference, mayWrite } = this.state;
    render(
      html`<span class="volume-reference figures" title=${reference ? texts.reference(reference) : nothing}>${reference || "–"}</span>
        <label class="volume-field" for="volume-bar">${cell ? texts.names[cell.field] : texts.barEmpty}</label>
        <input
          id="volume-bar"
          class="input"
          ?data-takes-names=${cell !== null && cell.field !== "description"}
          autocomplete="off"
          spellcheck="false"
          aria-label=${texts.bar}
          placeholder=${cell && mayWrite ? texts.barHint : nothing}
          .value=${cell?.typed ?? ""}
          ?disabled=${!cell || !mayWrite}
          @focus=${() => (this.typing = this.state.cell)}
          @keydown=${(event: KeyboardEvent) => this.key(event)}
          @blur=${(event: FocusEvent) => this.finish((event.target as HTMLInputElement).value)}
        />`,
      this.host,
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const input = event.target as HTMLInputElement;
    if (event.key === "Escape") input.value = this.typing?.typed ?? "";
    this.finish(input.value);
    this.back();
  }

  private finish(text: string): void {
    const cell = this.typing;
    this.typing = null;
    if (cell && text !== cell.typed) this.take(cell, text);
    else this.draw();
  }
}
