/** A row of the change log: its name, and what stood in it before and after. Text of people is text, never markup. */

import { html, nothing } from "lit-html";

import { type Language, speak } from "../texts";
import type { Key } from "../wire";
import { logTexts } from "./texts";
import { shownValue } from "./values";
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

/** "Volume 10 → 12,5" */
function fieldLine(field: FieldOfChange, row: RowOfChange, options: RowOptions): unknown {
  const texts = speak(logTexts, options.language);
  const side = (value: string | null, tag: "before" | "after", word: string): unknown =>
    html`<span class="log-${tag}" data-empty=${value === null}><span class="sr-only">${word} </span>${shownValue(field.type, value, options.language)}</span>`;
  return html`<div class="log-field">
    <dt>${field.name}</dt>
    <dd>
      ${side(field.before, "before", texts.was)}
      <span class="log-arrow" aria-hidden="true">→</span>
      ${side(field.after, "after", texts.is)}
      ${options.restore
        ? html`<button type="button" class="log-back" title=${texts.restoreField(field.name)} aria-label=${texts.restoreField(field.name)} @click=${() => options.restore?.(row, field)}>↺</button>`
        : nothing}
    </dd>
  </div>`;
}

/** Whether the title of a row says `value` already, be it cut short. */
function isInTitle(title: string, value: string): boolean {
  if (title.endsWith("…")) return value.startsWith(title.slice(0, -1));
  return value.length > 3 && title.includes(value);
}

/** What a row that was made or removed holds, in one run: "Satuan m2 · Volume 48", without what its title says. */
function heldBy(row: RowOfChange, language: Language): unknown {
  const value = (field: FieldOfChange): string => (row.what === "made" ? field.after : field.before) ?? "";
  const held = row.fields.filter((field) => value(field) !== "" && !(field.type === "text" && isInTitle(row.title, value(field))));
  if (held.length === 0) return nothing;
  return html`<dl class="log-held">
    ${held.map((field) => html`<div><dt>${field.name}</dt> <dd>${shownValue(field.type, value(field), language)}</dd></div>`)}
  </dl>`;
}

/** The fields of a row: before and after of one that changed, and what one holds that was made or removed. */
export function fieldsOf(row: RowOfChange, options: RowOptions): unknown {
  if (row.what !== "changed") return heldBy(row, options.language);
  if (row.fields.length === 0) return nothing;
  return html`<dl class="log-fields">${row.fields.map((field) => fieldLine(field, row, options))}</dl>`;
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
    ${fieldsOf(row, options)}
  </div>`;
}
