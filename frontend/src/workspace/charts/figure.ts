/** A chart with its other faces: a table of the same figures, and their download. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";

import { type Chart, makeChart, type Option } from "./chart";
import type { Palette } from "./palette";

export interface FigureTexts {
  readonly chart: string;
  readonly table: string;
  readonly download: string;
  readonly noChart: string;
}

export interface FigureView {
  readonly title: unknown;
  readonly label: string;
  readonly texts: FigureTexts;
  readonly csv: string;
  /** Height of the chart: "tall" or "low". */
  readonly size: "tall" | "low";
  readonly draw: (palette: Palette) => Option;
  readonly table: () => unknown;
}

/** Keeps the chart of one place over redraws of the page around it. */
export class Figure {
  private chart: Chart | null = null;
  private host: HTMLElement | null = null;
  private asTable = false;
  private failed = false;
  private view: FigureView | null = null;

  constructor(
    private readonly redraw: () => void,
    private readonly choose: (data: unknown) => void = () => undefined,
  ) {}

  template(view: FigureView): unknown {
    this.view = view;
    queueMicrotask(() => this.paint());
    const { texts } = view;
    const toggle = (table: boolean, word: string): unknown => html`<button
      type="button"
      aria-pressed=${this.asTable === table ? "true" : "false"}
      @click=${() => this.turn(table)}
    >
      ${word}
    </button>`;
    return html`<figure class="work-figure">
      <figcaption class="work-figure-head">
        <div class="work-figure-title">${view.title}</div>
        <div class="segmented" role="group" aria-label=${view.label}>${toggle(false, texts.chart)}${toggle(true, texts.table)}</div>
        <a class="button" href=${view.csv} download>${texts.download}</a>
      </figcaption>
      ${this.asTable || this.failed
        ? html`${this.failed ? html`<p class="meta work-figure-note">${texts.noChart}</p>` : nothing}<div class="work-figure-table">${view.table()}</div>`
        : html`<div class="work-chart work-chart-${view.size}" role="img" aria-label=${view.label} ${ref((host) => this.place(host))}></div>`}
    </figure>`;
  }

  destroy(): void {
    this.chart?.destroy();
    this.chart = null;
    this.host = null;
  }

  private turn(table: boolean): void {
    this.asTable = table;
    this.redraw();
  }

  private place(host: Element | undefined): void {
    if (host === this.host) return;
    this.destroy();
    if (!(host instanceof HTMLElement)) return;
    this.host = host;
    makeChart(host).then(
      (chart) => {
        if (this.host !== host) return chart.destroy();
        this.chart = chart;
        chart.onChoose(this.choose);
        this.paint();
      },
      () => {
        this.failed = true;
        this.redraw();
      },
    );
  }

  private paint(): void {
    if (this.chart && this.view) this.chart.show(this.view.draw);
  }
}
