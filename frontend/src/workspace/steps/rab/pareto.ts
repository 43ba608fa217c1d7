/** Pareto: the few items or resources that carry most of the cost. */

import { html, nothing, render } from "lit-html";

import { Figure } from "../../charts/figure";
import { FigureSource } from "../../figure-source";
import { formatCount, formatMoney, formatPercent } from "../../numbers";
import { paretoOption } from "./pareto-chart";
import { csvAddress, stale, type View, type ViewParts, waiting } from "./view";
import type { Rank, Ranking } from "./wire";

const PAGE = 100;
/** As many bars as the grade A has and some beyond, but at least and at most so many. */
const LEAST_BARS = 20;
const BEYOND_A = 8;

type Of = Ranking["of"];

export class ParetoView implements View {
  private of: Of;
  private source: FigureSource<Ranking>;
  private more: Rank[] = [];
  private next: string | null | undefined;
  private revision = 0;
  private readonly figure: Figure;
  private readonly stop: () => void;

  constructor(private readonly parts: ViewParts) {
    const { router, store } = parts.workspace;
    this.of = router.place.params["of"] === "resources" ? "resources" : "items";
    this.figure = new Figure(
      () => this.draw(),
      (data) => this.select((data as { key?: string } | null)?.key),
    );
    this.source = this.ask();
    this.stop = store.on("selection", () => this.draw());
  }

  destroy(): void {
    this.stop();
    this.source.destroy();
    this.figure.destroy();
  }

  draw(): void {
    const { host, texts } = this.parts;
    const ranking = this.source.value;
    render(
      html`<div class="work-page">
        ${this.head(ranking)} ${ranking ? html`${stale(this.source, texts)}${this.body(ranking)}` : waiting(this.source, texts)}
      </div>`,
      host,
    );
  }

  private ask(): FigureSource<Ranking> {
    const path = (): string => `ranking/?of=${this.of}&limit=${PAGE}`;
    return new FigureSource<Ranking>(this.parts.workspace, path, () => this.arrived());
  }

  /** Pages behind the first belong to one revision. */
  private arrived(): void {
    const ranking = this.source.value;
    if (ranking && ranking.revision !== this.revision) {
      this.revision = ranking.revision;
      this.more = [];
      this.next = ranking.next;
    }
    this.draw();
  }

  private turn(of: Of): void {
    if (of === this.of) return;
    this.of = of;
    this.revision = 0;
    this.source.destroy();
    this.source = this.ask();
    const { router } = this.parts.workspace;
    router.adjust({ ...router.place.params, of });
    this.draw();
  }

  private select(key: string | undefined): void {
    if (key) this.parts.workspace.store.select([key]);
  }

  private head(ranking: Ranking | null): unknown {
    const { texts, workspace } = this.parts;
    const choice = (of: Of): unknown =>
      html`<button type="button" aria-pressed=${this.of === of ? "true" : "false"} @click=${() => this.turn(of)}>${texts.paretoOf[of]}</button>`;
    return html`<div class="work-page-head">
      <div class="segmented" role="group" aria-label=${texts.paretoWhat}>${choice("items")}${choice("resources")}</div>
      ${ranking
        ? html`<dl class="work-grades">
            ${ranking.grades.map(
              (one) =>
                html`<div>
                  <dt><span class="grade grade-${one.grade}">${one.grade}</span> <span class="meta">${texts.grades[one.grade]}</span></dt>
                  <dd>
                    <span class="figures">${texts.gradeCount(formatCount(one.count, workspace.language))}</span>
                    <span class="meta figures">${formatPercent(one.share, workspace.language)} %</span>
                  </dd>
                </div>`,
            )}
          </dl>`
        : nothing}
    </div>`;
  }

  private body(ranking: Ranking): unknown {
    const { texts, workspace } = this.parts;
    const { language } = workspace;
    const bars = ranking.results.slice(0, Math.max(LEAST_BARS, (ranking.grades[0]?.count ?? 0) + BEYOND_A));
    const rows = [...ranking.results, ...this.more];
    return html`${this.figure.template({
        title: html`<h2>${texts.paretoTitle(formatCount(bars.length, language))}</h2>`,
        label: texts.paretoLabel,
        texts: { chart: texts.chart, table: texts.table, download: texts.csv, noChart: texts.noChart },
        csv: csvAddress(workspace, ranking.of),
        size: "low",
        draw: (palette) => paretoOption(bars, language, palette),
        table: () => this.table(bars),
      })}
      <div class="panel table-scroll" tabindex="0" role="region" aria-label=${texts.views.pareto}>${this.table(rows)}</div>
      <p class="work-more">
        ${this.next
          ? html`<button type="button" class="button" @click=${() => void this.loadMore()}>${texts.more}</button>`
          : html`<span class="meta">${texts.allShown(formatCount(rows.length, language))}</span>`}
      </p>`;
  }

  private table(rows: readonly Rank[]): unknown {
    const { texts } = this.parts;
    const resources = this.of === "resources";
    return html`<table class="table table-hover work-rank-table">
      <thead>
        <tr>
          <th scope="col" class="numeric">${texts.rank}</th>
          <th scope="col">${resources ? texts.kind : texts.no}</th>
          <th scope="col">${texts.description}</th>
          <th scope="col">${texts.unit}</th>
          <th scope="col" class="numeric">${texts.amount} <span class="muted">Rp</span></th>
          <th scope="col" class="numeric">${texts.weight} <span class="muted">%</span></th>
          <th scope="col" class="numeric">${texts.cumulative} <span class="muted">%</span></th>
          <th scope="col">${texts.grade}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((rank, at) => this.row(rank, at))}
      </tbody>
    </table>`;
  }

  private row(rank: Rank, at: number): unknown {
    const { workspace, texts } = this.parts;
    const { language, store } = workspace;
    const selected = rank.key !== undefined && store.selection.keys.includes(rank.key);
    return html`<tr aria-selected=${selected ? "true" : "false"} @click=${() => this.select(rank.key)}>
      <td class="numeric muted">${formatCount(at + 1, language)}</td>
      <td class="figures">${rank.kind ? texts.kinds[rank.kind] : rank.number}</td>
      <td class="c-name">${rank.name}</td>
      <td>${rank.unit}</td>
      <td class="numeric">${formatMoney(rank.amount, language)}</td>
      <td class="numeric">${formatPercent(rank.share, language)}</td>
      <td class="numeric">${formatPercent(rank.cumulative, language)}</td>
      <td><span class="grade grade-${rank.grade}">${rank.grade}</span></td>
    </tr>`;
  }

  private async loadMore(): Promise<void> {
    if (!this.next) return;
    const { api } = this.parts.workspace;
    try {
      const page = await api.get<Ranking>(this.next);
      if (page.revision === this.revision) {
        this.more = [...this.more, ...page.results];
        this.next = page.next;
      } else this.source.refresh(0);
    } catch {
      this.source.refresh();
    }
    this.draw();
  }
}
