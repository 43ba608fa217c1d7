/** The analyses that were found and what is known of the one looked at: in the cell's list and in the picker. */

import { html, nothing } from "lit-html";

import { formatMoney, formatNumber } from "../../numbers";
import type { Language } from "../../texts";
import type { Found, Search } from "./catalog";
import type { BoqTexts } from "./texts";

const LINES_SHOWN = 9;

export interface FoundListParts {
  readonly search: Search;
  readonly texts: BoqTexts;
  readonly language: Language;
  /** Prefix of the ids of options. */
  readonly id: string;
  readonly chosen?: ReadonlySet<string>;
  readonly pick: (found: Found) => void;
}

export function foundList(parts: FoundListParts): unknown {
  const { search, texts, id } = parts;
  const option = (found: Found, at: number): unknown => html`<div
    class="option"
    role="option"
    id=${`${id}-${at}`}
    aria-selected=${String(at === search.active)}
    data-chosen=${parts.chosen?.has(found.code) ? "" : nothing}
    @pointermove=${() => at !== search.active && search.activate(at)}
    @click=${() => parts.pick(found)}
  >
    <span class="code">${found.code}</span
    ><span class="name">${found.name}${found.own ? html` <span class="tag">${texts.own}</span>` : nothing}</span
    ><span class="unit"><span class="figures">${priceOf(found, parts)}</span> / ${found.unit}</span>
  </div>`;
  return html`<div class="boq-found" role="listbox" id=${`${id}-list`} aria-label=${texts.search.list}>
    ${search.found.map(option)} ${search.found.length === 0 ? html`<p class="boq-note">${message(search, texts)}</p>` : nothing}
  </div>`;
}

function priceOf({ unit_price: price, status }: Found, { texts, language }: FoundListParts): string {
  if (price === null) return texts.UNPRICED.slice(2);
  return `${status === "PRICED" ? "" : "≥\u00a0"}${formatMoney(price, language)}`;
}

function message(search: Search, texts: BoqTexts): string {
  if (search.state === "loading") return texts.search.loading;
  if (search.state === "failed") return texts.search.failed;
  return search.state === "done" ? texts.search.nothing : "";
}

/** The analysis looked at: its price in the project and what it is made of. */
export function foundPreview(parts: FoundListParts): unknown {
  const { search, texts, language } = parts;
  const { current, lines } = search;
  if (!current) return nothing;
  return html`<div class="boq-preview">
    <p class="boq-preview-name">${current.name}</p>
    <p class="meta muted">${current.code} · ${current.unit}</p>
    <p class="boq-preview-price"><span class="meta muted">${texts.search.price}</span> <span class="figures">${priceOf(current, parts)}</span></p>
    ${lines ? html`<p class="meta muted">${texts.search.lines(String(lines.length))}</p>` : nothing}
    <ul class="boq-preview-lines">
      ${(lines ?? []).slice(0, LINES_SHOWN).map(
        (line) => html`<li>
          <span class="truncate">${line.name}</span>
          <span class="figures muted">${line.coefficient ? formatNumber(line.coefficient, language) : ""} ${line.unit}</span>
        </li>`,
      )}
    </ul>
  </div>`;
}
