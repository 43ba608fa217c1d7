/** Where the price of the selected resource is from, how it was converted, and which items take it. */

import { html, nothing, render } from "lit-html";

import type { Panel, Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { formatMoney, formatNumber, formatPercent } from "../../numbers";
import { conversionOf, isMatterOfHours, type PriceRow } from "../../steps/prices/rows";
import { type Prices, usePrices } from "../../steps/prices/source";
import { speak } from "../../texts";
import type { Key, Status } from "../../wire";
import { type PanelTexts, panelTexts } from "./texts";

interface Use {
  readonly key: Key;
  readonly number: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: string | null;
  readonly amount: string | null;
  readonly status: Status;
}

interface Uses {
  readonly count: number;
  readonly results: readonly Use[];
}

const PAUSE = 160;
const SHOWN = 50;
const KEY = /^r\d+$/;

class PricePanel {
  private readonly texts: PanelTexts;
  private readonly prices: Prices;
  private readonly stops: (() => void)[];
  private uses: Uses | null = null;
  private failed = false;
  private readonly asking = new Debounced(PAUSE);
  /** A price is on its way: what is told now is outdated with its answer, and would only make that slower. */
  private postponed = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(panelTexts, workspace.language);
    const { prices, leave } = usePrices(workspace);
    this.prices = prices;
    this.stops = [
      leave,
      prices.topics.on("prices", () => this.changed()),
      workspace.queue.topics.on("state", () => this.postponed && this.changed()),
    ];
    this.changed();
  }

  destroy(): void {
    this.asking.stop();
    this.stops.forEach((stop) => stop());
  }

  private changed(): void {
    this.asking.start((signal) => this.ask(signal));
    this.draw();
  }

  private async ask(signal: AbortSignal): Promise<void> {
    this.postponed = this.workspace.queue.state.phase === "saving";
    if (this.postponed) return;
    const row = this.prices.row(this.key);
    if (!row || row.items === 0) return;
    const asked = new URLSearchParams({ kind: row.kind, name: row.name, unit: row.unit });
    try {
      this.uses = await this.workspace.api.get<Uses>(`resource-uses/?${asked}`, signal);
      this.failed = false;
    } catch {
      if (signal.aborted) return;
      this.failed = true;
    }
    this.draw();
  }

  private draw(): void {
    const row = this.prices.row(this.key);
    if (!row) {
      render(nothing, this.host);
      return;
    }
    const { texts } = this;
    render(
      html`<header class="inspector-header"><h2>${row.name}</h2></header>
        ${this.price(row)}
        <dl class="facts">${this.facts(row).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
        <h3 class="price-uses-title">${texts.uses} <span class="meta muted">${texts.usesCount(this.number(String(row.items)))}</span></h3>
        ${this.usesList(row)}`,
      this.host,
    );
  }

  private number(value: string | null, most = Infinity): string {
    return formatNumber(value, this.workspace.language, 0, most);
  }

  private price(row: PriceRow): unknown {
    const { texts } = this;
    if (row.state === "unconverted") {
      return html`<p class="status status-UNPRICED">${texts.unconverted(row.recordedUnit, row.unit)}</p>`;
    }
    if (row.price === null) {
      return html`<p class="status status-UNPRICED">${texts.missing}</p><p class="muted">${texts.missingText}</p>`;
    }
    return html`<p class="price-now">
      <span class="figures">Rp&nbsp;${this.number(row.price, 4)}</span> <span class="muted">${texts.per(row.unit)}</span>
    </p>`;
  }

  /** What is known of it, and nothing that is not. */
  private facts(row: PriceRow): [string, unknown][] {
    const { texts } = this;
    const { language } = this.workspace;
    const found: [string, unknown][] = [];
    const add = (name: string, value: unknown): void => {
      if (value) found.push([name, value]);
    };
    if (row.recorded !== null && row.recordedUnit !== row.unit) {
      add(texts.recorded, `Rp\u00a0${this.number(row.recorded)} / ${row.recordedUnit}`);
      add(texts.conversion, this.conversion(row));
    }
    if (row.state !== "missing") add(row.own || row.state === "follows" ? texts.project : texts.book, row.source || html`<i class="muted">${texts.notTold}</i>`);
    add(texts.region, row.region);
    add(texts.document, row.document);
    add(texts.dated, row.dated && this.day(row));
    add(texts.note, row.note);
    if (row.own && row.bookPrice !== null) add(texts.bookSays, `Rp\u00a0${this.number(row.bookPrice, 4)} / ${row.unit}`);
    if (row.share !== null) add(texts.share, `${formatPercent(row.share, language)} %`);
    return found;
  }

  private conversion(row: PriceRow): string {
    const { body } = this.prices;
    const one = conversionOf(row, body?.conversions ?? []);
    if (one) return `1 ${one.from_unit} = ${this.number(one.factor)} ${one.to_unit}`;
    if (isMatterOfHours(row, row.recordedUnit)) return `1 OH = ${this.number(body?.hours_per_day ?? null)} OJ`;
    return row.factor === null ? "" : `× ${this.number(row.factor)}`;
  }

  private day(row: PriceRow): unknown {
    const day = new Date(`${row.dated}T00:00:00`);
    const words = day.toLocaleDateString(this.workspace.language === "en" ? "en-GB" : "id-ID", { dateStyle: "long" });
    const age = row.days === null ? "" : this.texts.age(this.number(String(row.days)));
    return html`${words}<br /><span class=${row.old ? "status status-PARTIAL" : "muted"}>${age}</span>`;
  }

  private usesList(row: PriceRow): unknown {
    const { texts, uses } = this;
    if (row.items === 0) return html`<p class="muted">${texts.usesNone}</p>`;
    if (this.failed) return html`<p class="muted">${texts.usesFailed}</p>`;
    if (!uses) return nothing;
    const left = uses.count - Math.min(uses.results.length, SHOWN);
    return html`<ul class="price-uses">
        ${uses.results.slice(0, SHOWN).map((use) => this.use(use))}
      </ul>
      ${left > 0 ? html`<p class="meta muted">${texts.usesMore(this.number(String(left)))}</p>` : nothing}`;
  }

  private use(use: Use): unknown {
    const { language, router } = this.workspace;
    const amount = use.amount === null ? "" : `${use.status === "PARTIAL" ? "≥ " : ""}${formatMoney(use.amount, language)}`;
    return html`<li>
      <a href=${router.address("boq", { row: use.key })}>
        <span class="meta figures">${use.number}</span>
        <span class="truncate">${use.description}</span>
        <span class="figures">${amount}</span>
      </a>
    </li>`;
  }
}

export const panel: Panel = {
  id: "price",
  title: { id: panelTexts.id.title, en: panelTexts.en.title },
  order: 10,
  shows: (key, workspace) => KEY.test(key) && workspace.router.place.step === "prices",
  mount(host, key, workspace) {
    const shown = new PricePanel(host, key, workspace);
    return () => shown.destroy();
  },
};
