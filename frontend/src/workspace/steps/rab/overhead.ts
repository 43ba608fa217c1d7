/** Overhead and profit: the project's rate, and the rates of single items, changed one by one or many at once. */

import { html, nothing, render } from "lit-html";

import { BillCommands } from "../boq/commands";
import { FigureSource } from "../../figure-source";
import { formatCount, formatMoney, formatNumber } from "../../numbers";
import { settingField } from "../../setting-field";
import type { Key } from "../../wire";
import { OverheadGrid } from "./overhead-grid";
import { stale, type View, type ViewParts, waiting } from "./view";
import type { Policies } from "./wire";

export class OverheadView implements View {
  private readonly source: FigureSource<Policies>;
  private readonly commands: BillCommands;
  private readonly head: HTMLElement;
  private readonly place = document.createElement("div");
  private readonly grid: OverheadGrid;
  private readonly stop: () => void;
  private chosen: readonly Key[] = [];
  private typed = "";

  constructor(private readonly parts: ViewParts) {
    const { host, workspace } = parts;
    this.commands = new BillCommands(workspace);
    this.head = document.createElement("div");
    this.head.className = "work-overhead-head";
    this.place.className = "work-overhead-grid";
    host.classList.add("work-overhead");
    host.replaceChildren(this.head, this.place);
    this.grid = new OverheadGrid(this.place, parts, {
      edit: (rates) => this.send(rates),
      choose: (keys) => {
        this.chosen = keys;
        this.draw();
      },
    });
    this.source = new FigureSource(workspace, () => "policies/", () => this.draw());
    this.stop = workspace.store.on(["settings", "cells", "head"], () => this.draw());
  }

  destroy(): void {
    this.stop();
    this.source.destroy();
    this.grid.destroy();
    this.parts.host.classList.remove("work-overhead");
  }

  draw(): void {
    const { texts } = this.parts;
    const found = this.source.value;
    // What stands above it comes first, so that nothing moves under somebody's eyes.
    this.place.hidden = found === null && this.source.failure === null;
    render(
      found ? html`${stale(this.source, texts)}${this.summary(found.overhead)}${this.bulk()}` : waiting(this.source, texts),
      this.head,
    );
  }

  private send(rates: readonly { key: Key; rate: string }[]): void {
    const { workspace, texts } = this.parts;
    const { bill } = workspace.store;
    const rows = rates.flatMap(({ key, rate }) => {
      const row = bill.row(key);
      return row?.kind === "i" ? [{ key, version: row.version, values: { overhead: rate } }] : [];
    });
    if (rows.length > 0) void this.commands.set(rows, texts.bulkLabel(formatCount(rows.length, workspace.language)));
  }

  private summary(overhead: Policies["overhead"]): unknown {
    const { texts, workspace } = this.parts;
    const { language, store } = workspace;
    const { low, high } = overhead.usual;
    const rate = store.settings?.overhead ?? overhead.rate;
    const unusual = store.totals?.issues.find((issue) => issue.code.startsWith("overhead."));
    const hint = unusual?.text ?? texts.overheadHint(formatNumber(low, language), formatNumber(high, language));
    return html`<div class="work-overhead-summary">
      ${settingField(workspace, { field: "overhead", label: texts.overhead, unit: "%", numeric: true, shown: formatNumber(rate, "id"), hint })}
      <table class="table">
        <thead>
          <tr>
            <th scope="col" class="numeric">${texts.rate} <span class="muted">%</span></th>
            <th scope="col" class="numeric">${texts.items}</th>
            <th scope="col" class="numeric">${texts.directCost} <span class="muted">Rp</span></th>
            <th scope="col" class="numeric">${texts.overheadCost} <span class="muted">Rp</span></th>
          </tr>
        </thead>
        <tbody>
          ${overhead.groups.map(
            (group) =>
              html`<tr>
                <td class="numeric">
                  ${group.usual
                    ? nothing
                    : html`<span class="tag tag-warn" title=${texts.overheadUnusual(low, high)}>${low}–${high}</span> `}${formatNumber(group.rate, language)}
                </td>
                <td class="numeric">${formatCount(group.items, language)}</td>
                <td class="numeric">${formatMoney(group.direct_cost, language)}</td>
                <td class="numeric">${formatMoney(group.overhead_and_profit, language)}</td>
              </tr>`,
          )}
          ${overhead.own_prices.items > 0
            ? html`<tr class="muted">
                <td>${texts.ownPrices}</td>
                <td class="numeric">${formatCount(overhead.own_prices.items, language)}</td>
                <td class="numeric">${formatMoney(overhead.own_prices.amount, language)}</td>
                <td class="numeric">—</td>
              </tr>`
            : nothing}
        </tbody>
      </table>
    </div>`;
  }

  /** One rate for all chosen rows; an empty one lets them follow the project again. */
  private bulk(): unknown {
    const { texts, workspace } = this.parts;
    if (!workspace.may("write")) return nothing;
    const count = this.chosen.length;
    const apply = (rate: string): void => this.send(this.chosen.map((key) => ({ key, rate })));
    const submit = (event: Event): void => {
      event.preventDefault();
      if (this.typed.trim()) apply(this.typed.trim());
    };
    if (count === 0) return html`<p class="work-bulk meta">${texts.bulkNone}</p>`;
    return html`<form class="work-bulk" @submit=${submit}>
      <label for="bulk-rate">${texts.bulk(formatCount(count, workspace.language))}</label>
      <div class="input-with-unit">
        <input
          class="input input-numeric"
          id="bulk-rate"
          inputmode="decimal"
          autocomplete="off"
          @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }}
        /><span class="unit">%</span>
      </div>
      <button class="button button-primary">${texts.apply}</button>
      <button type="button" class="button" @click=${() => apply("")}>${texts.follow}</button>
    </form>`;
  }
}
