/** What if prices of a kind changed: sliders and fields, and what the estimate would come to. Nothing is stored. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { digitsOf, formatCount, formatMoney, formatNumber, formatRupiah } from "../../numbers";
import { type Kind, KINDS } from "./rows";
import type { PriceTexts } from "./texts";
import { type WhatIfTexts, whatIfTexts } from "./what-if-texts";

interface Pair {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

type Row = Pair & { readonly number?: string };

interface Untouched {
  readonly name: "own_prices" | "lump_sums";
  readonly items: number;
  readonly amount: string;
}

interface WhatIfBody {
  readonly untouched: readonly Untouched[];
  readonly complete: boolean;
  readonly by_kind: readonly Pair[];
  readonly by_section: readonly (Pair & { readonly key: string; readonly number: string })[];
  readonly totals: readonly Pair[];
}

const PAUSE = 200;
const SLIDER = 30;
const PERCENT = /^[-−]?\d{1,4}(?:,\d{1,4})?$/;

/** "−2,5" as "-2.5"; null for what is no percentage from −100 to 1000. */
export function percentOf(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return "0";
  if (!PERCENT.test(text)) return null;
  const plain = text.replace("−", "-").replace(",", ".");
  const number = Number(plain);
  return number >= -100 && number <= 1000 ? plain : null;
}

export class WhatIf {
  private readonly texts: WhatIfTexts;
  private typed: Record<Kind, string> = { labor: "", material: "", equipment: "" };
  private body: WhatIfBody | null = null;
  private failure = "";
  private readonly asking = new Debounced(PAUSE);
  private view: "kind" | "section" = "kind";
  private readonly stop: () => void;

  constructor(
    private readonly host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly priceTexts: PriceTexts,
    private readonly close: () => void,
  ) {
    this.texts = whatIfTexts[workspace.language];
    host.className = "price-what-if";
    this.stop = workspace.store.on("answer", () => this.later());
    this.draw();
    host.querySelector<HTMLInputElement>("input.input")?.focus();
  }

  destroy(): void {
    this.asking.stop();
    this.stop();
    this.workspace.store.suppose(null);
    render(nothing, this.host);
    this.host.hidden = true;
  }

  private get changes(): Record<Kind, string> | null {
    const found = KINDS.map((kind) => [kind, percentOf(this.typed[kind])] as const);
    return found.some(([, percent]) => percent === null)
      ? null
      : (Object.fromEntries(found) as Record<Kind, string>);
  }

  private get isBlank(): boolean {
    return Object.values(this.changes ?? {}).every((percent) => Number(percent) === 0);
  }

  private change(kind: Kind, typed: string): void {
    this.typed = { ...this.typed, [kind]: typed };
    this.draw();
    this.later();
  }

  private later(): void {
    this.asking.stop();
    if (this.changes === null) return;
    if (this.isBlank) {
      this.body = null;
      this.workspace.store.suppose(null);
      return this.draw();
    }
    this.asking.start((signal) => this.ask(signal));
  }

  private async ask(signal: AbortSignal): Promise<void> {
    const asked = new URLSearchParams(this.changes ?? {});
    try {
      this.body = await this.workspace.api.get<WhatIfBody>(`what-if/?${asked}`, signal);
      this.failure = "";
      const total = this.body.totals.find((one) => one.name === "rounded_total");
      if (total) this.workspace.store.suppose({ total: total.after, lower: !this.body.complete, label: this.priceTexts.supposed });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.failure = error instanceof Problem ? error.message : this.texts.failed;
    }
    this.draw();
  }

  private clear(): void {
    this.typed = { labor: "", material: "", equipment: "" };
    this.later();
  }

  private draw(): void {
    const { texts } = this;
    render(
      html`<div class="price-what-if-head">
          <h2>${texts.title}</h2>
          <span class="tag tag-accent">${texts.notStored}</span>
          <p class="meta muted hide-phone truncate" title=${texts.constant}>${texts.constant}</p>
          <span class="spacer"></span>
          <button type="button" class="button button-quiet" @click=${() => this.clear()}>${texts.clear}</button>
          <button type="button" class="button" @click=${this.close}>${texts.close}</button>
        </div>
        <div class="price-what-if-body">
          <div class="price-sliders">${KINDS.map((kind) => this.slider(kind))} ${this.headline()}</div>
          ${this.outcome()}
        </div>`,
      this.host,
    );
  }

  private slider(kind: Kind): unknown {
    const { texts, priceTexts } = this;
    const name = priceTexts.kinds[kind];
    const percent = percentOf(this.typed[kind]);
    const typed = (event: Event): void => this.change(kind, (event.target as HTMLInputElement).value);
    const slid = (event: Event): void => {
      const { value } = event.target as HTMLInputElement;
      this.change(kind, value === "0" ? "" : value.replace("-", "−").replace(".", ","));
    };
    return html`<div class="price-slider">
      <span class="name">${name}</span>
      <input
        type="range"
        min=${-SLIDER}
        max=${SLIDER}
        step="0.5"
        aria-label=${texts.change(name)}
        .value=${String(Math.max(-SLIDER, Math.min(SLIDER, Number(percent ?? "0"))))}
        @input=${slid}
      />
      <span class="input-with-unit"
        ><input
          class="input input-numeric"
          inputmode="decimal"
          autocomplete="off"
          placeholder="0"
          aria-label=${texts.change(name)}
          aria-invalid=${percent === null ? "true" : "false"}
          title=${percent === null ? texts.wrong : ""}
          .value=${this.typed[kind]}
          @input=${typed}
        /><span class="unit">%</span></span
      >
    </div>`;
  }

  private outcome(): unknown {
    const { texts, body } = this;
    if (!body) return html`<div class="price-outcome"></div>`;
    const rows: readonly Row[] = this.view === "kind" ? body.by_kind : body.by_section;
    const shown = rows.filter((row) => row.before !== "0.00" || row.after !== "0.00");
    const sums = body.totals.filter((row) => row.name !== "rounded_total");
    const choice = (view: "kind" | "section", word: string): unknown => html`<button
      type="button"
      aria-pressed=${this.view === view ? "true" : "false"}
      @click=${() => {
        this.view = view;
        this.draw();
      }}
    >
      ${word}
    </button>`;
    return html`<div class="price-outcome" role="status">
      <div class="segmented" role="group">${choice("kind", texts.byKind)}${choice("section", texts.bySection)}</div>
      <div class="table-scroll price-outcome-rows" tabindex="0">
        <table class="table">
          <thead>
            <tr>
              <th scope="col"><span class="sr-only">${this.view === "kind" ? texts.byKind : texts.bySection}</span></th>
              <th scope="col" class="numeric">${texts.before} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.after} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.difference} <span class="muted">Rp</span></th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((row) => this.pair(row))}
          </tbody>
          <tfoot>
            ${sums.map((row) => this.pair(row))}
          </tfoot>
        </table>
      </div>
      <p class="meta">${this.untouched(body)}</p>
    </div>`;
  }

  private untouched(body: WhatIfBody): string {
    const { language } = this.workspace;
    const words = this.texts.untouched;
    const told = body.untouched
      .filter((one) => one.items > 0)
      .map((one) => words[one.name](formatCount(one.items, language), `Rp\u00a0${formatMoney(one.amount, language)}`));
    return `${words.title} ${told.join("; ") || words.none}.`;
  }

  private headline(): unknown {
    const { texts, workspace, body } = this;
    if (this.failure) return html`<p class="errors" role="alert">${this.failure}</p>`;
    if (this.changes === null) return html`<p class="errors">${texts.wrong}</p>`;
    const total = body?.totals.find((one) => one.name === "rounded_total");
    if (!body || !total) return html`<p class="price-headline muted">${texts.lede}</p>`;
    const bound = body.complete ? "" : "≥ ";
    const rupiah = (value: string): string => `Rp\u00a0${formatRupiah(value, workspace.language)}`;
    return html`<p class="price-headline">
      <span class="meta muted">${texts.rows["rounded_total"]}</span>
      <span class="figures">${bound}${rupiah(total.before)} →</span>
      <strong class="figures">${bound}${rupiah(total.after)}</strong>
      <span class="figures ${toneOf(total.difference)}">${this.signed(total.difference)}</span>
    </p>`;
  }

  private signed(value: string): string {
    const text = formatRupiah(value, this.workspace.language);
    return digitsOf(value)?.negative || !/[1-9]/.test(value) ? text : `+${text}`;
  }

  private pair(row: Row): unknown {
    const { texts } = this;
    const { language } = this.workspace;
    const name = row.number === undefined ? (texts.rows[row.name] ?? row.name) : `${row.number} ${row.name}`.trim();
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="numeric">${formatMoney(row.before, language)}</td>
      <td class="numeric">${formatMoney(row.after, language)}</td>
      <td class="numeric ${toneOf(row.difference)}">${formatNumber(row.difference, language, 2, 2)}</td>
    </tr>`;
  }
}

/** Dearer and cheaper are told apart by the sign too. */
function toneOf(difference: string): string {
  const digits = digitsOf(difference);
  if (!digits || !/[1-9]/.test(digits.whole + digits.decimals)) return "muted";
  return digits.negative ? "is-less" : "is-more";
}
