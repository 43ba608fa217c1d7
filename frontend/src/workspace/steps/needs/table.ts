/** The tables of the needs: by kind, and how they tie out to the estimate. */

import { html, nothing } from "lit-html";

import type { Workspace } from "../../context";
import { formatAligned, formatCount, formatMoney, formatNumber, formatPercent, ratioOf } from "../../numbers";
import { folding } from "../../outline";
import type { Language } from "../../texts";
import type { NeedsTexts } from "./texts";
import { type Kind, KINDS, type Need, type Needs } from "./wire";

/** Digits behind the mark that a need in another unit is shown with: bags come out as 5,5212. */
const MOST_DECIMALS = 4;

export interface Asked {
  readonly purchase: boolean;
  readonly words: string;
}

interface Shown {
  readonly unit: string;
  readonly quantity: string | null;
  readonly price: string | null;
  /** What the other unit is worth in its own. */
  readonly note: string;
  /** It could not be told in the unit that was asked for. */
  readonly lacking: boolean;
}

/** A need in the unit that was asked for; materials without a recorded conversion stay in their own. */
export function shownNeed(need: Need, purchase: boolean, texts: NeedsTexts, language: Language): Shown {
  const { unit, quantity, price } = need;
  const lacking = purchase && !need.purchase && need.sort === "resource" && need.kind === "material";
  if (!purchase || !need.purchase) return { unit, quantity, price, note: "", lacking };
  const factor = formatNumber(need.purchase.factor, language, 0, 6);
  return { ...need.purchase, lacking, note: texts.converted(factor, need.purchase.unit, unit) };
}

export function matching(needs: readonly Need[], words: string): Need[] {
  const wanted = folding(words).split(/\s+/).filter(Boolean);
  return needs.filter((need) => wanted.every((word) => folding(`${need.name} ${need.unit}`).includes(word)));
}

export function kindTables(workspace: Workspace, texts: NeedsTexts, needs: Needs, asked: Asked): unknown {
  const found = matching(needs.results, asked.words);
  if (found.length === 0) return html`<p class="empty empty-small">${texts.nothingFound}</p>`;
  const lacking = found.some((need) => shownNeed(need, asked.purchase, texts, workspace.language).lacking);
  const tables = KINDS.map((kind) => {
    const rows = found.filter((need) => need.kind === kind);
    return rows.length > 0 ? kindTable(workspace, texts, needs, kind, rows, asked) : nothing;
  });
  return html`${lacking
    ? html`<p class="meta">${texts.withoutConversion} <a href=${workspace.router.address("prices")}>${texts.toConversions}</a></p>`
    : nothing}${tables}`;
}

function kindTable(
  workspace: Workspace,
  texts: NeedsTexts,
  needs: Needs,
  kind: Kind,
  rows: readonly Need[],
  asked: Asked,
): unknown {
  const { language } = workspace;
  const lower = needs.results.some((need) => need.kind === kind && !need.complete);
  const numeric = (title: string, unit: string): unknown =>
    html`<th scope="col" class="numeric">${title}${unit ? html` <span class="muted">${unit}</span>` : nothing}</th>`;
  return html`<section class="panel work-needs">
    <div class="panel-header">
      <h2>${texts.kinds[kind]}</h2>
      <p class="meta figures">${formatPercent(String(ratioOf(needs.spend[kind], needs.spend.direct_cost)), language)} %</p>
    </div>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.kinds[kind]}>
      <table class="table table-hover">
        <thead>
          <tr>
            <th scope="col">${texts.name}</th>
            <th scope="col">${texts.unit}</th>
            ${numeric(texts.quantity, "")} ${numeric(texts.price, "Rp")} ${numeric(texts.cost, "Rp")} ${numeric(texts.weight, "%")}
          </tr>
        </thead>
        <tbody>
          ${rows.map((need) => needRow(texts, language, needs, need, asked.purchase))}
        </tbody>
        ${asked.words.trim()
          ? nothing
          : html`<tfoot>
              <tr>
                <th scope="row" colspan="4">${texts.subtotalOf(texts.kinds[kind])}</th>
                <td class="numeric">${bound(needs.spend[kind], lower, language)}</td>
                <td class="numeric"></td>
              </tr>
            </tfoot>`}
      </table>
    </div>
  </section>`;
}

function needRow(texts: NeedsTexts, language: Language, needs: Needs, need: Need, purchase: boolean): unknown {
  const shown = shownNeed(need, purchase, texts, language);
  const sort = texts.sorts[need.sort];
  return html`<tr class=${need.cost === null ? "is-missing" : ""}>
    <td class="c-name">${need.name}${sort ? html` <span class="tag">${sort}</span>` : nothing}</td>
    <td class=${shown.lacking ? "muted" : ""} title=${shown.lacking ? texts.noConversion : nothing}>${shown.unit}${shown.note ? html`<div class="meta">${shown.note}</div>` : nothing}</td>
    <td class="numeric">${formatAligned(shown.quantity, language, MOST_DECIMALS)}</td>
    <td class="numeric">
      ${shown.price === null && need.sort === "resource"
        ? html`<span class="status status-UNPRICED">${texts.priceMissing}</span>`
        : formatNumber(shown.price, language, 2, 2)}
    </td>
    <td class="numeric">${bound(need.cost, !need.complete, language)}</td>
    <td class="numeric">${need.cost === null ? "—" : formatPercent(String(ratioOf(need.cost, needs.spend.direct_cost)), language)}</td>
  </tr>`;
}

function bound(value: string | null, lower: boolean, language: Language): unknown {
  const text = formatMoney(value, language);
  return lower && value !== null ? html`<span class="bound">≥</span>&nbsp;${text}` : text;
}

export function tieOut(workspace: Workspace, texts: NeedsTexts, needs: Needs): unknown {
  const { language, router } = workspace;
  const { spend, tie_out: tie } = needs;
  const lower = needs.results.some((need) => !need.complete);
  const line = (name: string, value: string, className = ""): unknown =>
    html`<tr class=${className}>
      <th scope="row">${name}</th>
      <td class="numeric">${bound(value, lower && className !== "", language)}</td>
    </tr>`;
  return html`<section class="panel work-tie">
    <div class="panel-header">
      <h2>${texts.tieTitle}</h2>
      <p class="meta">${texts.tieText}</p>
    </div>
    <table class="table">
      <tbody>
        ${line(texts.tieNeeds, tie.needs)} ${line(texts.tieRounding, tie.rounding)} ${line(texts.tieDirect, tie.direct_cost, "strong")}
        ${line(texts.tieOverhead, spend.overhead_and_profit)} ${line(texts.tieOwn, spend.own_prices)} ${line(texts.tieUnit, spend.rounding)}
        ${line(needs.section === null ? texts.tieSubtotal : texts.tieSubtotalOf, spend.subtotal, "strong grand")}
      </tbody>
    </table>
    ${needs.without_quantity + needs.without_analysis > 0
      ? html`<p class="panel-footer meta">
          ${texts.without(formatCount(needs.without_quantity, language), formatCount(needs.without_analysis, language))}
        </p>`
      : nothing}
    ${needs.unknown.length > 0 ? html`<p class="panel-footer meta">${texts.unknown(needs.unknown.join(", "))}</p>` : nothing}
    ${lower
      ? html`<p class="panel-footer meta">${texts.lower} <a href=${router.address("prices", { show: "missing" })}>${texts.toPrices}</a></p>`
      : nothing}
  </section>`;
}

