/** Two versions side by side: what it comes to, sums, where the difference comes from, settings, and the lines. */

import { html, nothing } from "lit-html";

import type { Workspace } from "../../context";
import { shownValue } from "../../log/values";
import { formatCount, formatMoney, formatPercent, formatRupiah } from "../../numbers";
import { linesTable } from "./lines";
import { bound, signed, tone } from "./money";
import type { VersionTexts } from "./texts";
import type { ComparedRow, Comparison, Effect, Version } from "./wire";

export interface ComparisonParts {
  readonly workspace: Workspace;
  readonly texts: VersionTexts;
  readonly versions: readonly Version[];
  readonly a: string;
  readonly b: string;
  readonly everything: boolean;
  readonly found: Comparison | null;
  /** As many of the lines as are drawn. */
  readonly rows: readonly ComparedRow[];
  readonly choose: (change: Readonly<Record<string, string>>) => void;
  readonly more: () => void;
}

const EFFECTS: readonly Effect[] = ["quantity", "price", "added", "removed", "other"];

export function comparisonTools(parts: ComparisonParts): unknown {
  const { texts, versions, workspace, a, b, choose } = parts;
  const sides = [{ id: "now", name: texts.now }, ...versions.map(({ id, name }) => ({ id: String(id), name }))];
  const pick = (side: "a" | "b", label: string, chosen: string): unknown =>
    html`<select class="input" aria-label=${label} @change=${(event: Event) => choose({ [side]: (event.target as HTMLSelectElement).value })}>
      ${sides.map(({ id, name }) => html`<option value=${id} ?selected=${id === chosen}>${name}</option>`)}
    </select>`;
  const file = (ending: string): string => `/p/${workspace.code}/versions/compare.${ending}?${new URLSearchParams({ a, b })}`;
  return html`<div class="compare-bar">
      <a class="button button-quiet" href=${workspace.router.address("versions")}>← ${texts.back}</a>
      <div class="compare-sides">${pick("a", texts.first, a)}<span aria-hidden="true">→</span>${pick("b", texts.second, b)}</div>
      <button type="button" class="button" @click=${() => choose({ a: b, b: a })}>${texts.swap}</button>
    </div>
    <div class="compare-bar">
      <label class="check"><input type="checkbox" .checked=${parts.everything} @change=${(event: Event) => choose({ all: (event.target as HTMLInputElement).checked ? "1" : "" })} />${texts.everything}</label>
      <span class="spacer"></span>
      <a class="button" href=${file("xlsx")} download>${texts.xlsx}</a>
      <a class="button" href=${file("csv")} download>${texts.csv}</a>
    </div>`;
}

export function comparison(parts: ComparisonParts): unknown {
  const { found, texts } = parts;
  if (!found) return nothing;
  const nothingDiffers = found.row_count === 0 && found.settings.length === 0;
  return html`<div class="comparison">
    ${verdict(parts, found)}
    <div class="comparison-summary">${sums(parts, found)}${effects(parts, found)}</div>
    ${found.settings.length > 0 ? settings(parts, found) : nothing}
    ${nothingDiffers ? html`<div class="empty empty-small"><h2>${texts.same}</h2><p>${texts.sameText}</p></div>` : nothing}
    ${found.row_count > 0 ? linesTable(parts, found) : nothing}
  </div>`;
}

/** What the second side costs more than the first, before anything else. */
function verdict({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  const whole = found.totals.find((one) => one.name === "rounded_total");
  if (!whole) return nothing;
  const lower = found.a.totals.incomplete > 0 || found.b.totals.incomplete > 0;
  const share = whole.share === null ? "" : `${signed(formatPercent(whole.share, language))} %`;
  return html`<p class="comparison-verdict" data-tone=${tone(whole.difference)}>
    <span class="muted">${texts.totalDifference}</span>
    <strong class="figures">${signed(formatRupiah(whole.difference, language), "Rp\u00a0")}</strong>
    <span class="figures">${share}</span>
    ${lower ? html`<span class="meta">${texts.ofLowerBounds}</span>` : nothing}
  </p>`;
}

function sums({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  const [a, b] = [found.a.version?.name ?? texts.now, found.b.version?.name ?? texts.now];
  const [lowA, lowB] = [found.a.totals.incomplete > 0, found.b.totals.incomplete > 0];
  return html`<section class="panel">
    <table class="table table-list comparison-sums">
      <thead><tr><td></td>
        <th scope="col" class="numeric"><span class="truncate" title=${a}>${a}</span></th><th scope="col" class="numeric"><span class="truncate" title=${b}>${b}</span></th>
        <th scope="col" class="numeric">${texts.difference}</th><th scope="col" class="numeric">%</th></tr></thead>
      <tbody>
        ${found.totals.map(
          (one) => html`<tr data-sum=${one.name}>
            <th scope="row">${texts.sums[one.name] ?? one.name}</th>
            <td class="numeric figures" data-label=${texts.before}>${bound(formatMoney(one.before, language), lowA, texts)}</td>
            <td class="numeric figures" data-label=${texts.after}>${bound(formatMoney(one.after, language), lowB, texts)}</td>
            <td class="numeric figures" data-label=${texts.difference} data-tone=${tone(one.difference)}>${signed(formatMoney(one.difference, language))}</td>
            <td class="numeric figures muted" data-label="%">${one.share === null ? "—" : signed(formatPercent(one.share, language))}</td>
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
            <td class="numeric figures" data-tone=${tone(found.effects[name])}>${signed(formatMoney(found.effects[name], language))}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot><tr><th scope="row">${texts.subtotalDifference}</th><td class="numeric figures">${signed(formatMoney(subtotal?.difference ?? "0", language))}</td></tr></tfoot>
    </table>
    <p class="panel-footer meta">${texts.counts(n(counts.changed), n(counts.added), n(counts.removed), n(counts.moved), n(counts.same))}</p>
  </section>`;
}

function settings({ texts, workspace: { language } }: ComparisonParts, found: Comparison): unknown {
  return html`<section class="panel">
    <table class="table comparison-settings">
      <caption>${texts.settingsTitle}</caption>
      <tbody>
        ${found.settings.map(
          (one) => html`<tr><th scope="row">${one.name}</th><td>${shownValue(one.type, one.before, language)}</td><td aria-hidden="true">→</td><td>${shownValue(one.type, one.after, language)}</td></tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
