/** What the whole project is calculated from: shown while no row is chosen. */

import { html, nothing } from "lit-html";

import type { Workspace } from "./context";
import { formatNumber } from "./numbers";

export function basis(workspace: Workspace): unknown {
  const { texts, language } = workspace;
  const { settings } = workspace.store;
  if (!settings) return nothing;
  const day = new Date(`${settings.vat_date}T00:00:00`);
  const date = day.toLocaleDateString(language === "en" ? "en-GB" : "id-ID", { dateStyle: "long" });
  const facts: [string, string][] = [
    [texts.basisEdition, settings.edition],
    [texts.basisPrices, settings.price_book],
    [texts.basisOverhead, `${formatNumber(settings.overhead, language)} %`],
    [texts.basisVat, date],
    [texts.basisHours, formatNumber(settings.hours_per_day, language)],
    [texts.basisUnitPrice, settings.unit_price_rounding_label],
    [texts.basisTotal, settings.total_rounding_label],
  ];
  return html`<div class="work-panel">
    <h2>${texts.basisTitle}</h2>
    <dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
  </div>`;
}
