/** The bottom bar: the total that is always true, and what makes it incomplete one click away. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "./context";
import { formatCount, formatMoney, formatPercent, formatRupiah } from "./numbers";
import type { Totals } from "./wire";

/** Where "3 incomplete" leads. */
export const INCOMPLETE = { step: "boq", params: { show: "incomplete" } } as const;

function bound(text: string, lower: boolean, title: string): unknown {
  return lower ? html`<span class="bound" title=${title}>≥</span>&nbsp;${text}` : text;
}

function state(workspace: Workspace, totals: Totals): unknown {
  const { texts, language, router } = workspace;
  if (totals.item_count === 0) return html`<span class="muted">${texts.noItems}</span>`;
  if (totals.incomplete === 0) return html`<span class="status status-PRICED">${shape("PRICED")}${texts.allComplete}</span>`;
  return html`<a class="status status-PARTIAL" href=${router.address(INCOMPLETE.step, INCOMPLETE.params)}
    >${shape("PARTIAL")}${formatCount(totals.incomplete, language)}<span class="words">&nbsp;${texts.incomplete}</span></a
  >`;
}

/** The drawing of a state, from the page's own templates. */
export function shape(name: string): unknown {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-shape="${name}"]`);
  return template ? template.content.cloneNode(true) : nothing;
}

export function totalsTemplate(workspace: Workspace, totals: Totals | null): unknown {
  const { texts, language } = workspace;
  if (!totals) return nothing;
  const lower = totals.incomplete > 0;
  const vat = totals.vat;
  return html`<span class="sum sum-count"><span>${texts.items(formatCount(totals.item_count, language))}</span></span>
    ${state(workspace, totals)}
    <span class="spacer"></span>
    <span class="sum sum-subtotal"
      ><span>${texts.subtotal}</span>
      <span class="figures">${bound(formatMoney(totals.subtotal, language), lower, texts.atLeast)}</span></span
    >
    ${vat
      ? html`<span class="sum sum-vat"
          ><span>${texts.vat(formatPercent(vat.rate, language, 0), vat.base_fraction)}</span>
          <span class="figures">${bound(formatMoney(vat.amount, language), lower, texts.atLeast)}</span></span
        >`
      : nothing}
    <span class="sum sum-total"
      ><span class="words">${texts.total}</span>
      <span class="figures" data-total
        >${bound(`Rp\u00a0${formatRupiah(totals.rounded_total, language)}`, lower, texts.atLeast)}</span
      >${supposed(workspace)}</span
    >`;
}

/** Beside the true total, and never in its place. */
function supposed({ store, texts, language }: Workspace): unknown {
  const one = store.supposed;
  if (!one) return nothing;
  return html`<span class="sum-supposed" role="status" data-supposed
    ><span aria-hidden="true">→</span>
    <span class="figures">${bound(`Rp\u00a0${formatRupiah(one.total, language)}`, one.lower, texts.atLeast)}</span>
    <span>${one.label}</span></span
  >`;
}

export function startTotals(host: HTMLElement, workspace: Workspace): void {
  const draw = (): void => {
    render(totalsTemplate(workspace, workspace.store.totals), host);
  };
  workspace.store.on(["totals", "supposed"], draw);
  draw();
}
