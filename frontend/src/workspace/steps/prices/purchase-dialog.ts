/** A price per the unit that is bought: the unit, what it holds, and its price are asked together. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { formatNumber } from "../../numbers";
import type { Acts, NewConversion, Typed } from "./acts";
import { conversionOf, isMatterOfHours, type PriceRow } from "./rows";
import type { Prices } from "./source";
import type { PriceTexts } from "./texts";
import { typedDecimal } from "./typed";

export interface PurchaseParts {
  readonly workspace: Workspace;
  readonly prices: Prices;
  readonly acts: Acts;
  readonly texts: PriceTexts;
}

const PAUSE = 220;

/** Asks, and writes what was chosen. `unit` is what was typed already. */
export async function askPurchase(parts: PurchaseParts, row: PriceRow, unit: string): Promise<void> {
  const dialog = new PurchaseDialog(parts, row, unit);
  const { texts } = parts;
  const answer = ask<boolean>(texts.purchase.title, dialog.body, [{ value: true, label: texts.purchase.act, primary: true }]);
  dialog.start();
  if (!(await answer) || !dialog.ready) return;
  await parts.acts.set([{ row, typed: dialog.typed }], texts.acts.purchase, dialog.conversions);
}

class PurchaseDialog {
  readonly body = document.createElement("div");
  private unit: string;
  private factor = "";
  private price = "";
  private gives: string | null = null;
  private failure = "";
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly parts: PurchaseParts,
    private readonly row: PriceRow,
    unit: string,
  ) {
    this.body.className = "price-form";
    this.unit = unit || (row.recordedUnit === row.unit ? "" : row.recordedUnit);
    this.takeKnown();
    if (this.unit === row.recordedUnit || (this.isOwn && row.recordedUnit === row.unit)) this.price = typedDecimal(row.recorded);
  }

  /** The resource's own unit: no factor is needed. */
  private get isOwn(): boolean {
    return this.unit.trim().toLowerCase() === this.row.unit.toLowerCase();
  }

  private get byHours(): boolean {
    return isMatterOfHours(this.row, this.unit.trim());
  }

  private get known(): ReturnType<typeof conversionOf> {
    return conversionOf(this.row, this.parts.prices.body?.conversions ?? [], this.unit.trim());
  }

  private takeKnown(): void {
    const { known } = this;
    if (known && known.from_unit === this.unit.trim()) this.factor = typedDecimal(known.factor);
  }

  get conversions(): NewConversion[] {
    const { known, row } = this;
    const factor = this.factor.trim();
    if (this.isOwn || this.byHours || factor === "") return [];
    if (known?.from_unit === this.unit.trim() && typedDecimal(known.factor) === factor) return [];
    return [{ name: row.name, from_unit: this.unit.trim(), to_unit: row.unit, factor }];
  }

  get typed(): Typed {
    return { price: this.price.trim(), purchase_unit: this.isOwn ? "" : this.unit.trim() };
  }

  get ready(): boolean {
    const bridged = this.isOwn || this.byHours || this.factor.trim() !== "" || this.known !== null;
    return this.unit.trim() !== "" && this.price.trim() !== "" && bridged;
  }

  start(): void {
    this.draw();
    const inputs = [...this.body.querySelectorAll("input")];
    (inputs.find((input) => input.value === "") ?? inputs.at(-1))?.focus();
    this.body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.ready) this.button?.click();
    });
    this.later();
  }

  private get button(): HTMLButtonElement | null {
    return this.body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary") ?? null;
  }

  private later(): void {
    clearTimeout(this.timer);
    this.gives = null;
    this.failure = "";
    this.draw();
    if (this.ready) this.timer = window.setTimeout(() => void this.read(), PAUSE);
  }

  /** The server says what the price is per unit of the analyses. */
  private async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    const { workspace, acts } = this.parts;
    const arguments_ = acts.values([{ row: this.row, typed: this.typed }], this.conversions);
    try {
      const { result } = await workspace.queue.preview("prices.set", arguments_);
      const found = result?.["prices"] as Readonly<Record<string, string | null>> | undefined;
      if (asked === this.asked) this.gives = found?.[this.row.key] ?? null;
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      const told = error instanceof Problem ? error.errors[0]?.detail : undefined;
      if (asked === this.asked) this.failure = told ?? error.message;
    }
    this.draw();
  }

  private draw(): void {
    const { texts } = this.parts;
    const { row } = this;
    if (this.button) this.button.disabled = !this.ready || this.failure !== "";
    render(
      html`<p class="muted">${texts.purchase.lede(row.name, row.unit)}</p>
        <div class="price-form-row">
          ${this.field(texts.purchase.unit, this.unit, (text) => {
            this.unit = text;
            this.takeKnown();
          })}
          ${this.isOwn || this.byHours ? nothing : this.factorField()}
          ${this.field(texts.purchase.price(this.unit.trim() || "…"), this.price, (text) => (this.price = text), "Rp")}
        </div>
        ${this.note()}`,
      this.body,
    );
  }

  private factorField(): unknown {
    const { texts } = this.parts;
    const title = texts.purchase.factor(this.unit.trim() || "…", this.row.unit);
    return this.field(title, this.factor, (text) => (this.factor = text), this.row.unit);
  }

  private field(label: string, value: string, set: (text: string) => void, unit = ""): unknown {
    const typed = (event: Event): void => {
      set((event.target as HTMLInputElement).value);
      this.later();
    };
    const figures = unit !== "";
    return html`<label class="field"
      ><span>${label}</span>
      <span class=${figures ? "input-with-unit" : ""}
        ><input
          class=${figures ? "input input-numeric" : "input"}
          inputmode=${figures ? "decimal" : "text"}
          autocomplete="off"
          .value=${value}
          @input=${typed}
        />${figures ? html`<span class="unit">${unit}</span>` : nothing}</span
      ></label
    >`;
  }

  private note(): unknown {
    const { texts, workspace, prices } = this.parts;
    const { language } = workspace;
    if (this.failure) return html`<p class="errors price-form-note" role="alert">${this.failure}</p>`;
    if (this.gives !== null) {
      const gives = formatNumber(this.gives, language, 0, 4);
      return html`<p class="price-form-note figures" role="status">${texts.purchase.gives(gives, this.row.unit)}</p>`;
    }
    if (this.byHours) {
      return html`<p class="price-form-note muted">${texts.purchase.hours(formatNumber(prices.body?.hours_per_day, language))}</p>`;
    }
    if (!this.ready) return html`<p class="price-form-note muted">${texts.purchase.fill}</p>`;
    const { known } = this;
    const words = known ? (known.key === null ? texts.purchase.ofBook : texts.purchase.known) : "\u00a0";
    return html`<p class="price-form-note muted">${words}</p>`;
  }
}

