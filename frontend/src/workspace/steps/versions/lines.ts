/** The lines of a comparison: what stood in each, what stands there, and what it makes in money. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import { formatCount, formatMoney, formatQuantity } from "../../numbers";
import type { Language } from "../../texts";
import type { ComparisonParts } from "./comparison";
import { bound, signed, tone } from "./money";
import type { VersionTexts } from "./texts";
import type { ComparedRow, Comparison, State } from "./wire";

const DEEPEST = 8;

export function linesTable(parts: ComparisonParts, found: Comparison): unknown {
  const { texts, rows, workspace } = parts;
  const [a, b] = [found.a.version?.name ?? texts.now, found.b.version?.name ?? texts.now];
  const left = formatCount(found.row_count - rows.length, workspace.language);
  return html`<section class="panel">
    <table class="table table-list comparison-lines">
      <caption>${texts.linesTitle} <span class="comparison-key"><del>${a}</del> <span aria-hidden="true">→</span> <ins>${b}</ins></span></caption>
      <thead>
        <tr>
          <th scope="col" class="c-number">${texts.number}</th>
          <th scope="col">${texts.description}</th>
          <th scope="col" class="c-unit">${texts.unit}</th>
          <th scope="col" class="numeric c-quantity">${texts.quantity}</th>
          <th scope="col" class="numeric c-price">${texts.unitPrice}</th>
          <th scope="col" class="numeric c-money">${texts.amount}</th>
          <th scope="col" class="numeric c-money">${texts.difference}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(rows, (row) => `${row.a ? "a" : ""}${row.key}`, (row) => line(row, parts))}
      </tbody>
    </table>
    ${found.row_count > rows.length
      ? html`<div class="panel-footer comparison-more"><button type="button" class="button" @click=${parts.more}>${texts.moreRows(left)}</button></div>`
      : nothing}
  </section>`;
}

function line(row: ComparedRow, { texts, workspace: { language } }: ComparisonParts): unknown {
  const shown = row.b ?? row.a;
  const what = row.a === null ? "added" : row.b === null ? "removed" : "both";
  const cell = (label: string, content: unknown): unknown => html`<td class="numeric figures" data-label=${label}>${content}</td>`;
  const figure = (label: string, of: (state: State) => string): unknown => cell(label, row.is_section ? nothing : pair(row, of, texts));
  const amount = (state: State): unknown => (state.amount === null ? "—" : bound(formatMoney(state.amount, language), !state.complete, texts));
  return html`<tr data-what=${what} data-section=${row.is_section} data-level=${Math.min(row.level, DEEPEST)}>
    <td class="figures">${shown?.number}</td>
    <th scope="row"><span class="comparison-text"><span>${shown?.text}</span>${tags(row, texts)}</span></th>
    <td data-label=${texts.unit}>${shown?.unit ?? nothing}</td>
    ${figure(texts.quantity, (state) => formatQuantity(state.quantity, language))}
    ${figure(texts.unitPrice, (state) => formatMoney(state.unit_price, language))}
    ${cell(texts.amount, pair(row, amount, texts, row.a?.amount !== row.b?.amount || row.a?.complete !== row.b?.complete))}
    <td class="numeric figures" data-label=${texts.difference} data-tone=${tone(row.difference)}>
      <span>${signed(formatMoney(row.difference, language))}</span>${parted(row, language, texts)}
    </td>
  </tr>`;
}

/** One value where both sides have the same, else what stood there above what stands there. */
function pair(row: ComparedRow, shown: (state: State) => unknown, texts: VersionTexts, differs?: boolean): unknown {
  const { a, b } = row;
  if (!a || !b) return shown((b ?? a)!);
  const [was, is] = [shown(a), shown(b)];
  if (!(differs ?? was !== is)) return is;
  return html`<del><span class="sr-only">${texts.first}: </span>${was}</del> <ins><span class="sr-only">${texts.second}: </span>${is}</ins>`;
}

/** How much of a difference comes from the quantity and how much from the price, where it comes from both. */
function parted(row: ComparedRow, language: Language, texts: VersionTexts): unknown {
  const { quantity, price } = row.effects ?? {};
  if (!quantity || !price || tone(quantity) === "none" || tone(price) === "none") return nothing;
  return html` <span class="meta">${texts.quantityEffect} ${signed(formatMoney(quantity, language))}</span>
    <span class="meta">${texts.priceEffect} ${signed(formatMoney(price, language))}</span>`;
}

function tags(row: ComparedRow, texts: VersionTexts): unknown {
  const words: string[] = [];
  if (row.a === null) words.push(texts.tags.added);
  if (row.b === null) words.push(texts.tags.removed);
  if (row.moved) words.push(texts.tags.moved);
  if (row.changed.includes("name")) words.push(texts.tags.renamed);
  for (const field of ["code", "unit", "description"] as const) if (row.changed.includes(field)) words.push(texts.tags[field]);
  return words.map((word) => html` <span class="tag">${word}</span>`);
}
