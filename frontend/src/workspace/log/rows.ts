/** A row of the change log: its name, and what stood in it before and after. Text of people is text, never markup. */

import { html, nothing } from "lit-html";

import { formatNumber } from "../numbers";
import { type Language, speak } from "../texts";
import type { Key } from "../wire";
import { logTexts } from "./texts";
import type { FieldOfChange, Person, RowOfChange } from "./wire";

export interface RowOptions {
  readonly language: Language;
  /** Where the row is shown; none where it is not to be linked. */
  readonly address?: (key: Key) => string | null;
  /** Put back the whole row, or one field of it. */
  readonly restore?: (row: RowOfChange, field?: FieldOfChange) => void;
}

export function avatar(person: Person | null): unknown {
  return html`<span class="avatar" aria-hidden="true">${person?.initials ?? "?"}</span>`;
}

export function shownValue(field: FieldOfChange, value: string | null, language: Language): string {
  if (value === null) return speak(logTexts, language).empty;
  return field.type === "number" ? formatNumber(value, language) : value;
}

/** "Volume 10 → 12,5" */
export function fieldLine(field: FieldOfChange, row: RowOfChange, options: RowOptions): unknown {
  const texts = speak(logTexts, options.language);
  const side = (value: string | null, tag: "before" | "after", word: string): unknown =>
    html`<span class="log-${tag}" data-empty=${value === null}><span class="sr-only">${word} </span>${shownValue(field, value, options.language)}</span>`;
  const both = row.what === "changed";
  return html`<div class="log-field">
    <dt>${field.name}</dt>
    <dd>
      ${row.what === "made" ? nothing : side(field.before, "before", texts.was)}
      ${both ? html`<span class="log-arrow" aria-hidden="true">→</span>` : nothing}
      ${row.what === "removed" ? nothing : side(field.after, "after", texts.is)}
      ${both && options.restore
        ? html`<button type="button" class="log-back" title=${texts.restoreField(field.name)} aria-label=${texts.restoreField(field.name)} @click=${() => options.restore?.(row, field)}>↺</button>`
        : nothing}
    </dd>
  </div>`;
}

export function rowBlock(row: RowOfChange, options: RowOptions): unknown {
  const texts = speak(logTexts, options.language);
  const word = row.what === "changed" ? (row.moved && row.fields.length === 0 ? texts.moved : null) : texts[row.what];
  const address = row.what === "removed" ? null : (options.address?.(row.key) ?? null);
  const title = row.title || row.key;
  return html`<div class="log-row" data-what=${row.what}>
    <p class="log-title">
      <span class="meta">${row.row}</span>
      ${address ? html`<a href=${address}>${title}</a>` : html`<span>${title}</span>`}
      ${word ? html`<span class="tag ${row.what === "removed" ? "tag-bad" : row.what === "made" ? "tag-ok" : ""}">${word}</span>` : nothing}
      ${row.what === "removed" && options.restore
        ? html`<button type="button" class="button button-small" @click=${() => options.restore?.(row)}>${texts.bringBack}</button>`
        : nothing}
    </p>
    ${row.fields.length > 0 ? html`<dl class="log-fields">${row.fields.map((field) => fieldLine(field, row, options))}</dl>` : nothing}
  </div>`;
}
