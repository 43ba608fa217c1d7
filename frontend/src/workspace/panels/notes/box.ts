/** A place to write in: grows with the text, Ctrl+Enter sends, what is written is kept as a draft until it is sent. */

import { html, nothing } from "lit-html";

import { untouched } from "../../untouched";
import { draftOf, keepDraft } from "./drafts";

export interface Box {
  /** Under which name the draft is kept. */
  readonly place: string;
  readonly label: string;
  readonly send: string;
  readonly cancel?: { readonly label: string; readonly act: () => void };
  readonly hint?: string;
  /** What stands there at first. */
  readonly text?: string;
  /** Gives whether it was taken. */
  readonly act: (text: string) => Promise<boolean>;
}

export function writingBox(box: Box): unknown {
  const field = (event: Event): HTMLTextAreaElement =>
    (event.currentTarget as HTMLElement).closest(".note-box")!.querySelector("textarea")!;
  const send = async (event: Event): Promise<void> => {
    const area = field(event);
    const text = area.value.trim();
    if (!text || area.readOnly) return;
    area.readOnly = true;
    const taken = await box.act(text);
    area.readOnly = false;
    if (!taken) return;
    keepDraft(box.place, "");
    area.value = "";
  };
  return html`<div class="note-box">
    <textarea
      class="input"
      rows="2"
      maxlength="4000"
      aria-label=${box.label}
      placeholder=${box.label}
      .value=${untouched(draftOf(box.place) || (box.text ?? ""))}
      @input=${(event: Event) => keepDraft(box.place, (event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(event);
        if (event.key === "Escape" && box.cancel) box.cancel.act();
        event.stopPropagation();
      }}
    ></textarea>
    <div class="button-group">
      <button type="button" class="button button-small button-primary" @click=${(event: Event) => void send(event)}>${box.send}</button>
      ${box.cancel ? html`<button type="button" class="button button-small" @click=${box.cancel.act}>${box.cancel.label}</button>` : nothing}
      ${box.hint ? html`<span class="hint">${box.hint}</span>` : nothing}
    </div>
  </div>`;
}
