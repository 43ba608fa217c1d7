/** Two versions side by side: sums, where the difference comes from, settings, and every line that differs. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import type { Workspace } from "../../context";
import { formatCount, formatMoney, formatNumber, formatPercent, formatQuantity } from "../../numbers";
import type { Language } from "../../texts";
import type { VersionTexts } from "./texts";
import type { ComparedRow, Comparison, Effect, State, Version } from "./wire";

export interface ComparisonParts {
  readonly workspace: Workspace;
  readonly texts: VersionTexts;
  readonly versions: readonly Version[];
  readonly a: string;
  readonly b: string;
  readonly everything: boolean;
  readonly found: Comparison | null;
  readonly rows: readonly ComparedRow[];
  readonly choose: (change: Readonly<Record<string, string>>) => void;
  readonly more: () => void;
}

const EFFECTS: readonly Effect[] = ["quantity", "price", "added", "removed", "other"];
const DEEPEST = 8;

/** Money with its sign: what a difference adds or takes away. */
export function signed(value: string, language: Language): string {
  const text = formatMoney(value, language);
  return /^[1-9]|^0[.,]\d*[1-9]/.test(text) ? `+${text}` : text;
}

const tone = (value: string): string => (/^-.*[1-9]/.test(value) ? "less" : /[1-9]/.test(value) ? "more" : "none");

export function comparisonTools(parts: ComparisonParts): unknown {
  const { texts, versions, workspace, a, b, choose } = parts;
  const options = (chosen: string): unknown =>
    [{ id: "now", name: texts.now }, ...versions.map(({ id, name }) => ({ id: String(id), name }))].map(
      ({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`,
    );
  const pick = (side: "a" | "b", label: string, chosen: string): unknown =>
    html`<select class="input version-pick" aria-label=${label} @change=${(event: Event) => choose({ [side]: (event.target as HTMLSelectElement).value })}>${options(chosen)}</select>`;
  const file = (ending: string): string => `/p/${workspace.code}/versions/compare.${ending}?${new URLSearchParams({ a, b })}`;
  return html`<a class="button button-quiet" href=${workspace.router.address("versions")}>← ${texts.back}</a>
    ${pick("a", texts.first, a)}<span aria-hidden="true">→</span>${pick("b", texts.second, b)}
    <button type="button" class="button" @click=${() => choose({ a: b, b: a })}>${texts.swap}</button>
    <span class="spacer"></span>
    <label class="check"><input type="checkbox" .checked=${parts.everything} @change=${(event: Event) => choose({ all: (event.target as HTMLInputElement).checked ? "1" : "" })} />${texts.everything}</label>
    <a class="button" href=${file("xlsx")} download>${texts.xlsx}</a>
    <a class="button" href=${file("csv")} download>${texts.csv}</a>`;
}

export function comparison(parts: ComparisonParts): unknown {
  const { found, texts } = parts;
  if (!found) return nothing;
  const nothingDiffers = found.row_count === 0 && found.settings.length === 0;
  return html`<div class="comparison">
    <div class="comparison-summary">${sums(parts, found)}${effects(parts, found)}</div>
    ${found.settings.length > 0 ? settings(parts, found) : nothing}
    ${nothingDiffers ? html`<div class="empty empty-small"><h2>${texts.same}</h2><p>${texts.sameText}</p></div>` : lines(parts, found)}
  </div>`;
}

function bound(text: string, lower: boolean, texts: VersionTexts): unknown {
  return lower ? html`<span class="bound" title=${texts.atLeast}>≥</span>&nbsp;${text}` : text;
}

function sums({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  const [a, b] = [found.a.version?.name ?? texts.now, found.b.version?.name ?? texts.now];
  const [lowA, lowB] = [found.a.totals.incomplete > 0, found.b.totals.incomplete > 0];
  return html`<section class="panel">
    <table class="table table-list comparison-sums">
      <thead><tr><td></td>
        <th scope="col" class="numeric">${a}</th><th scope="col" class="numeric">${b}</th>
        <th scope="col" class="numeric">${texts.difference}</th><th scope="col" class="numeric">%</th></tr></thead>
      <tbody>
        ${found.totals.map(
          (one) => html`<tr data-sum=${one.name}>
            <th scope="row">${texts.sums[one.name] ?? one.name}</th>
            <td class="numeric figures" data-label=${a}>${bound(formatMoney(one.before, language), lowA, texts)}</td>
            <td class="numeric figures" data-label=${b}>${bound(formatMoney(one.after, language), lowB, texts)}</td>
            <td class="numeric figures" data-label=${texts.difference} data-tone=${tone(one.difference)}>${signed(one.difference, language)}</td>
            <td class="numeric figures muted" data-label="%">${one.share === null ? "—" : formatPercent(one.share, language)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function effects({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  const { counts } = found;
  const n = (value: number): string => formatCount(value, language);
  const subtotal = found.totals.find((one) => one.name === "subtotal");
  return html`<section class="panel">
    <table class="table comparison-effects">
      <caption>${texts.effectsTitle}</caption>
      <tbody>
        ${EFFECTS.map(
          (name) => html`<tr data-effect=${name}>
            <th scope="row">${texts.effects[name]} <span class="meta">${texts.effectHints[name]}</span></th>
            <td class="numeric figures" data-tone=${tone(found.effects[name])}>${signed(found.effects[name], language)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot><tr><th scope="row">${texts.subtotalDifference}</th><td class="numeric figures">${signed(subtotal?.difference ?? "0", language)}</td></tr></tfoot>
    </table>
    <p class="panel-footer meta">${texts.counts(n(counts.changed), n(counts.added), n(counts.removed), n(counts.moved), n(counts.same))}</p>
  </section>`;
}

function settings({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  const shown = (type: string, value: string | null): string =>
    value === null ? "—" : type === "number" ? formatNumber(value, language) : value;
  return html`<section class="panel">
    <table class="table">
      <caption>${texts.settingsTitle}</caption>
      <tbody>
        ${found.settings.map(
          (one) => html`<tr><th scope="row">${one.name}</th><td>${shown(one.type, one.before)}</td><td aria-hidden="true">→</td><td>${shown(one.type, one.after)}</td></tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function lines(parts: ComparisonParts, found: Comparison): unknown {
  const { texts, rows, workspace } = parts;
  const [a, b] = [found.a.version?.name ?? texts.now, found.b.version?.name ?? texts.now];
  const left = found.row_count - rows.length;
  const side = html`<th scope="col" class="numeric">${texts.quantity}</th><th scope="col" class="numeric">${texts.unitPrice}</th><th scope="col" class="numeric">${texts.amount}</th>`;
  return html`<section class="panel">
    <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.compareTitle}>
      <table class="table comparison-lines">
        <thead>
          <tr><th rowspan="2" scope="col">${texts.number}</th><th rowspan="2" scope="col">${texts.description}</th><th rowspan="2" scope="col">${texts.unit}</th>
            <th colspan="3" scope="colgroup" class="of-a">${a}</th><th colspan="3" scope="colgroup" class="of-b">${b}</th>
            <th rowspan="2" scope="col" class="numeric">${texts.difference}</th><th rowspan="2" scope="col" class="numeric">${texts.quantityEffect}</th><th rowspan="2" scope="col" class="numeric">${texts.priceEffect}</th></tr>
          <tr>${side}${side}</tr>
        </thead>
        <tbody>${repeat(rows, (row) => `${row.a ? "a" : ""}${row.key}`, (row) => line(row, parts))}</tbody>
      </table>
    </div>
    ${left > 0
      ? html`<div class="panel-footer"><button type="button" class="button" @click=${parts.more}>${texts.moreRows(formatCount(Math.min(left, 1000), workspace.language))}</button></div>`
      : nothing}
  </section>`;
}

function line(row: ComparedRow, { texts, workspace: { language } }: ComparisonParts): unknown {
  const shown = row.b ?? row.a;
  const what = row.a === null ? "added" : row.b === null ? "removed" : "both";
  return html`<tr data-what=${what} data-section=${row.is_section} data-level=${Math.min(row.level, DEEPEST)}>
    <td class="figures">${shown?.number}</td>
    <th scope="row"><span class="comparison-text">${shown?.text}${tags(row, texts)}</span></th>
    <td>${shown?.unit ?? nothing}</td>
    ${sideCells(row.a, row, "a", language, texts)} ${sideCells(row.b, row, "b", language, texts)}
    <td class="numeric figures" data-tone=${tone(row.difference)}>${signed(row.difference, language)}</td>
    <td class="numeric figures muted">${effect(row, "quantity", language)}</td>
    <td class="numeric figures muted">${effect(row, "price", language)}</td>
  </tr>`;
}

function effect(row: ComparedRow, name: Effect, language: Language): string {
  const value = row.effects?.[name];
  return value === undefined || tone(value) === "none" ? "" : signed(value, language);
}

function sideCells(state: State | null, row: ComparedRow, side: "a" | "b", language: Language, texts: VersionTexts): unknown {
  const differs = (field: string): boolean => row.changed.includes(field);
  const cell = (text: unknown, changed: boolean): unknown => html`<td class="numeric figures of-${side}" data-changed=${changed}>${text}</td>`;
  if (!state) return html`<td class="of-${side}"></td><td></td><td></td>`;
  if (row.is_section) return html`<td class="of-${side}"></td><td></td>${cell(bound(formatMoney(state.amount, language), !state.complete, texts), false)}`;
  return html`${cell(formatQuantity(state.quantity, language), differs("quantity"))}
  ${cell(formatMoney(state.unit_price, language), differs("unit_price"))}
  ${cell(state.amount === null ? "—" : bound(formatMoney(state.amount, language), !state.complete, texts), false)}`;
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
