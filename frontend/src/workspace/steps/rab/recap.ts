/** The recapitulation: sections with their weight, the way to the rounded total, and the budget beside it. */

import { html, nothing, render } from "lit-html";

import { Figure } from "../../charts/figure";
import type { Placed } from "../../document";
import { formatMoney, formatNumber, formatPercent, formatRupiah, ratioOf } from "../../numbers";
import type { NumberingRule } from "../../numbering";
import { numbersOf } from "../../outline";
import { settingField } from "../../setting-field";
import { INCOMPLETE, shape } from "../../totals";
import type { Key, Totals } from "../../wire";
import { shareOption } from "./share-chart";
import { shareTree } from "./shares";
import { bar, csvAddress, sum, type View, type ViewParts } from "./view";

const TOPICS = ["order", "rows", "figures", "totals", "settings", "cells", "head"] as const;

export class RecapView implements View {
  private readonly open = new Set<Key>();
  private readonly figure: Figure;
  private readonly stop: () => void;

  constructor(private readonly parts: ViewParts) {
    const { store } = parts.workspace;
    this.figure = new Figure(
      () => this.draw(),
      (data) => this.select((data as { key?: Key } | null)?.key),
    );
    this.stop = store.on(TOPICS, () => this.draw());
  }

  destroy(): void {
    this.stop();
    this.figure.destroy();
  }

  draw(): void {
    const { host, workspace } = this.parts;
    const { totals, bill, settings } = workspace.store;
    if (!totals) return;
    const numbers = numbersOf(bill, (settings?.numbering ?? "written") as NumberingRule);
    render(
      html`<div class="work-recap">
        <div class="work-recap-main">${this.table(totals, numbers)} ${this.budget(totals)}</div>
        <div class="work-recap-side">${this.chart(totals, numbers)}</div>
      </div>`,
      host,
    );
  }

  private select(key: Key | undefined): void {
    if (key) this.parts.workspace.store.select([key]);
  }

  /** The weight at which bars end: that of the largest row of the first level. */
  private widest(totals: Totals): number {
    const { bill } = this.parts.workspace.store;
    return Math.max(...bill.children(null).map(({ row }) => ratioOf(bill.figure(row.key)?.amount, totals.subtotal)), 0.01);
  }

  private rows(parent: Key | null): Placed[] {
    const { bill } = this.parts.workspace.store;
    return bill.children(parent).flatMap((place) => {
      const inside = this.open.has(place.row.key) ? this.rows(place.row.key) : [];
      return [place, ...inside];
    });
  }

  private table(totals: Totals, numbers: ReadonlyMap<Key, string>): unknown {
    const { texts } = this.parts;
    const end = this.widest(totals);
    return html`<div class="panel">
      <table class="table work-recap-table">
        <caption class="sr-only">
          ${texts.views.recap}
        </caption>
        <thead>
          <tr>
            <th scope="col">${texts.no}</th>
            <th scope="col">${texts.description}</th>
            <th scope="col" class="numeric">${texts.amount} <span class="muted">Rp</span></th>
            <th scope="col" class="numeric">${texts.weight} <span class="muted">%</span></th>
          </tr>
        </thead>
        <tbody>
          ${this.rows(null).map((place) => this.row(place, totals, numbers, end))}
        </tbody>
        <tfoot>
          ${this.foot(totals)}
        </tfoot>
      </table>
      <p class="panel-footer in-words"><span class="muted">${texts.inWords}</span> <em>${totals.in_words}</em></p>
    </div>`;
  }

  private row(place: Placed, totals: Totals, numbers: ReadonlyMap<Key, string>, end: number): unknown {
    const { workspace, texts } = this.parts;
    const { bill, selection } = workspace.store;
    const { key, kind, values } = place.row;
    const figure = bill.figure(key);
    const ratio = ratioOf(figure?.amount, totals.subtotal);
    const opens = kind === "s" && place.end > place.index + 1;
    const isOpen = this.open.has(key);
    const lower = figure?.status !== "PRICED";
    return html`<tr
      class=${`level-${Math.min(place.level, 4)} kind-${kind}`}
      aria-selected=${selection.keys.includes(key) ? "true" : "false"}
      @click=${() => this.select(key)}
    >
      <td class="figures">${numbers.get(key) ?? ""}</td>
      <td class="c-name">
        <span class="work-indent"
          >${opens
            ? html`<button
                type="button"
                class="twisty"
                aria-expanded=${isOpen ? "true" : "false"}
                aria-label=${isOpen ? texts.fold : texts.open}
                @click=${(event: Event) => this.toggle(event, key)}
              ></button>`
            : html`<span class="twisty-space"></span>`}<span
            >${String(values["name"] ?? values["description"] ?? "")}${figure && figure.incomplete > 0
              ? html` <span class="status status-PARTIAL" title=${texts.incomplete(String(figure.incomplete))}
                  >${shape("PARTIAL")}${kind === "s" ? figure.incomplete : nothing}</span
                >`
              : nothing}</span
          ></span
        >
      </td>
      <td class="numeric">${sum(figure?.amount, lower, workspace.language)}</td>
      <td class="numeric c-weight">${formatPercent(String(ratio), workspace.language)}${bar(ratio / end)}</td>
    </tr>`;
  }

  private toggle(event: Event, key: Key): void {
    event.stopPropagation();
    if (!this.open.delete(key)) this.open.add(key);
    this.draw();
  }

  private foot(totals: Totals): unknown {
    const { texts, workspace } = this.parts;
    const { language, store } = workspace;
    const lower = totals.incomplete > 0;
    const vat = totals.vat;
    const ofBase = vat !== null && vat.base_fraction !== "1";
    const line = (name: unknown, value: string, className = "", bound = lower): unknown =>
      html`<tr class=${className}>
        <th scope="row" colspan="2">${name}</th>
        <td class="numeric">${sum(value, bound, language)}</td>
        <td></td>
      </tr>`;
    const policy = store.settings ? html`<span class="meta">${store.settings.total_rounding_label}</span>` : nothing;
    return html`${line(texts.subtotal, totals.subtotal)}
    ${vat && ofBase ? line(texts.base(vat.base_fraction), vat.base) : nothing}
    ${vat
      ? line(html`${texts.vat(formatPercent(vat.rate, language, 0), ofBase)} <span class="meta">${vat.source}</span>`, vat.amount)
      : nothing}
    ${line(texts.total, totals.total)} ${line(html`${texts.rounded} ${policy}`, totals.rounded_total, "grand")}
    ${lower
      ? html`<tr class="work-lower">
          <td colspan="4">
            ${texts.lower}
            <a href=${workspace.router.address(INCOMPLETE.step, INCOMPLETE.params)}>${texts.showIncomplete}</a>
          </td>
        </tr>`
      : nothing}`;
  }

  private budget(totals: Totals): unknown {
    const { texts, workspace } = this.parts;
    const { language } = workspace;
    const shown = totals.budget === null ? "" : formatNumber(totals.budget, "id");
    return html`<section class="panel work-budget">
      <div class="panel-body">
        <h2>${texts.budgetTitle}</h2>
        ${settingField(workspace, {
          field: "budget",
          label: texts.budget,
          unit: "Rp",
          numeric: true,
          shown,
          hint: texts.budgetHint,
        })}
        ${this.compared(totals, language)}
      </div>
    </section>`;
  }

  private compared(totals: Totals, language: "id" | "en"): unknown {
    const { texts } = this.parts;
    if (totals.budget === null || totals.budget_left === null) return html`<p class="muted">${texts.budgetNone}</p>`;
    const over = totals.budget_left.startsWith("-");
    const used = ratioOf(totals.rounded_total, totals.budget);
    return html`<div class="work-budget-state" data-over=${over ? "true" : "false"}>
      ${bar(used, over ? "bar bar-over" : "bar")}
      <p>
        <span class="strong">${over ? texts.budgetOver : texts.budgetLeft}</span>
        <span class="figures">Rp ${formatRupiah(over ? totals.budget_left.slice(1) : totals.budget_left, language)}</span>
        <span class="meta">${texts.budgetUsed(formatPercent(String(used), language))}</span>
      </p>
      ${totals.incomplete > 0 ? html`<p class="meta">${texts.budgetBound}</p>` : nothing}
    </div>`;
  }

  private chart(totals: Totals, numbers: ReadonlyMap<Key, string>): unknown {
    const { texts, workspace } = this.parts;
    const nodes = shareTree(workspace.store.bill, numbers, totals.subtotal);
    if (nodes.length === 0) return nothing;
    const rows = (): unknown =>
      html`<table class="table">
        <thead>
          <tr>
            <th scope="col">${texts.no}</th>
            <th scope="col">${texts.description}</th>
            <th scope="col" class="numeric">${texts.amount} <span class="muted">Rp</span></th>
            <th scope="col" class="numeric">${texts.weight} <span class="muted">%</span></th>
          </tr>
        </thead>
        <tbody>
          ${nodes.flatMap((node) => [node, ...(node.children ?? [])]).map(
            (node) =>
              html`<tr class=${node.children ? "strong" : ""}>
                <td class="figures">${node.number}</td>
                <td>${node.name}</td>
                <td class="numeric">${formatMoney(node.amount, workspace.language)}</td>
                <td class="numeric">${formatPercent(String(node.value), workspace.language)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;
    return this.figure.template({
      title: html`<h2>${texts.shareTitle}</h2>`,
      label: texts.shareLabel,
      texts: { chart: texts.chart, table: texts.table, download: texts.csv, noChart: texts.noChart },
      csv: csvAddress(workspace, "recap"),
      size: "tall",
      draw: (palette) => shareOption(nodes, workspace.language, palette),
      table: rows,
    });
  }
}
