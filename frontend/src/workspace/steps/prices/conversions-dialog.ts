/** The recorded factors: the project's can be changed and taken out, the price book's are shown beside them. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { formatNumber } from "../../numbers";
import type { Acts, NewConversion } from "./acts";
import type { Conversion } from "./rows";
import type { Prices } from "./source";
import type { PriceTexts } from "./texts";
import { typedDecimal } from "./typed";

export interface ConversionParts {
  readonly workspace: Workspace;
  readonly prices: Prices;
  readonly acts: Acts;
  readonly texts: PriceTexts;
}

/** Open until the person closes it; each change is written at once. */
export async function showConversions(parts: ConversionParts): Promise<void> {
  const { texts, workspace, prices } = parts;
  const body = document.createElement("div");
  body.className = "price-conversions";
  const dialog = new ConversionsDialog(parts, body);
  const stop = prices.topics.on("prices", () => dialog.draw());
  dialog.draw();
  await ask(texts.conversions.title, body, [{ value: true, label: workspace.texts.close }], true);
  stop();
}

class ConversionsDialog {
  private adding: NewConversion = { name: "", from_unit: "", to_unit: "", factor: "" };

  constructor(
    private readonly parts: ConversionParts,
    private readonly body: HTMLElement,
  ) {}

  private get mayWrite(): boolean {
    return this.parts.workspace.may("write");
  }

  draw(): void {
    const { texts, prices, workspace } = this.parts;
    const hours = formatNumber(prices.body?.hours_per_day, workspace.language);
    const conversions = prices.body?.conversions ?? [];
    render(
      html`<p class="muted">${texts.conversions.lede}</p>
        <p class="meta muted">${texts.conversions.hours(hours)}</p>
        ${conversions.length > 0 ? this.table(conversions) : html`<p class="muted">${texts.conversions.none}</p>`}
        ${this.mayWrite ? this.addForm() : nothing}`,
      this.body,
    );
  }

  private table(conversions: readonly Conversion[]): unknown {
    const { texts } = this.parts;
    return html`<div class="table-scroll price-conversion-rows" tabindex="0">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${texts.conversions.name}</th>
            <th scope="col">${texts.conversions.factor}</th>
            <th scope="col">${texts.conversions.origin}</th>
            <th scope="col"><span class="sr-only">${texts.conversions.remove}</span></th>
          </tr>
        </thead>
        <tbody>
          ${conversions.map((one) => this.row(one))}
        </tbody>
      </table>
    </div>`;
  }

  private row(one: Conversion): unknown {
    const { texts, acts, workspace } = this.parts;
    const { key } = one;
    const factor = formatNumber(one.factor, workspace.language);
    const own = key !== null && this.mayWrite;
    const change = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      const typed = input.value.trim();
      if (typed === typedDecimal(one.factor)) return;
      const { name, from_unit, to_unit } = one;
      void acts.setConversion({ name, from_unit, to_unit, factor: typed }).then(() => this.draw());
    };
    return html`<tr>
      <th scope="row">${one.name}</th>
      <td class="price-equation">
        ${own
          ? html`<span>1 ${one.from_unit} =</span
              ><input
                class="input input-numeric"
                inputmode="decimal"
                aria-label=${`${texts.conversions.factor} ${one.name}`}
                .value=${typedDecimal(one.factor)}
                @change=${change}
              /><span>${one.to_unit}</span>`
          : texts.conversions.equation(one.from_unit, factor, one.to_unit)}
      </td>
      <td>${key === null ? texts.conversions.book : texts.conversions.own}</td>
      <td class="numeric">
        ${own
          ? html`<button type="button" class="button button-quiet" @click=${() => void acts.removeConversion(key)}>
              ${texts.conversions.remove}
            </button>`
          : nothing}
      </td>
    </tr>`;
  }

  private addForm(): unknown {
    const { texts } = this.parts;
    const { adding } = this;
    const field = (name: keyof NewConversion, label: string, list = ""): unknown => html`<label class="field"
      ><span>${label}</span
      ><input
        class=${name === "factor" ? "input input-numeric" : "input"}
        inputmode=${name === "factor" ? "decimal" : "text"}
        autocomplete="off"
        list=${list || nothing}
        .value=${adding[name]}
        @input=${(event: Event) => {
          this.adding = { ...this.adding, [name]: (event.target as HTMLInputElement).value };
        }}
    /></label>`;
    return html`<form class="price-form-row price-conversion-add" @submit=${(event: Event) => this.add(event)}>
      <datalist id="price-names">${this.names().map((name) => html`<option value=${name}></option>`)}</datalist>
      ${field("name", texts.conversions.name, "price-names")} ${field("from_unit", texts.conversions.from)}
      ${field("factor", texts.conversions.factor)} ${field("to_unit", texts.conversions.to)}
      <button class="button">${texts.conversions.add}</button>
    </form>`;
  }

  private names(): string[] {
    return [...new Set(this.parts.prices.rows.map((row) => row.name))];
  }

  private add(event: Event): void {
    event.preventDefault();
    void this.parts.acts.setConversion(this.adding).then((answer) => {
      if (answer) this.adding = { name: "", from_unit: "", to_unit: "", factor: "" };
      this.draw();
    });
  }
}
