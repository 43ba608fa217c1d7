/** Tax and rounding: what each choice would make of this project's own figures, and the one in use. */

import { html, nothing, render } from "lit-html";

import { FigureSource } from "../../figure-source";
import { formatMoney, formatNumber, formatPercent, formatQuantity } from "../../numbers";
import { changeSettings } from "../../setting-field";
import { stale, sum, type View, type ViewParts, waiting } from "./view";
import type { Policies } from "./wire";

type Setting = "unit_price_rounding" | "total_rounding";

export class PoliciesView implements View {
  private readonly source: FigureSource<Policies>;
  private readonly stop: () => void;

  constructor(private readonly parts: ViewParts) {
    this.source = new FigureSource(parts.workspace, () => "policies/", () => this.draw());
    this.stop = parts.workspace.store.on(["cells", "head", "settings"], () => this.draw());
  }

  destroy(): void {
    this.stop();
    this.source.destroy();
  }

  draw(): void {
    const { host, texts } = this.parts;
    const found = this.source.value;
    render(
      html`<div class="work-page">
        ${found
          ? html`${stale(this.source, texts)}${this.unitPrice(found)}${this.vat(found)}${this.total(found)}`
          : waiting(this.source, texts)}
      </div>`,
      host,
    );
  }

  /** What is chosen: at once what was clicked, then what the server has. */
  private chosen(setting: Setting): string | undefined {
    const { store } = this.parts.workspace;
    return store.cells.get("g", setting)?.typed ?? store.settings?.[setting];
  }

  private difference(value: string): unknown {
    const { language } = this.parts.workspace;
    return value.startsWith("-") || Number(value) === 0 ? formatMoney(value, language) : `+${formatMoney(value, language)}`;
  }

  private radio(setting: Setting, value: string, label: string, act: string): unknown {
    const { workspace } = this.parts;
    return html`<label class="check"
      ><input
        type="radio"
        name=${setting}
        value=${value}
        .checked=${this.chosen(setting) === value}
        ?disabled=${!workspace.may("write")}
        @change=${() => changeSettings(workspace, { [setting]: value }, act)}
      />
      ${label}</label
    >`;
  }

  private unitPrice(found: Policies): unknown {
    const { texts, workspace } = this.parts;
    const { language } = workspace;
    const example = found.example;
    return html`<section class="panel">
      <div class="panel-header">
        <h2>${texts.unitRounding}</h2>
        <p class="meta">${texts.unitRoundingText}</p>
      </div>
      ${example
        ? html`<p class="work-example">
            <span class="muted">${texts.exampleOf(`${example.number} ${example.name}`.trim())}</span>
            <span class="figures">${formatQuantity(example.quantity, language)} ${example.unit}</span>
            <span class="meta figures">${texts.exact(formatNumber(example.exact, language, 2, 6))}</span>
          </p>`
        : nothing}
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.unitRounding}>
        <table class="table work-policies">
          <thead>
            <tr>
              <th scope="col">${texts.policy}</th>
              <th scope="col" class="numeric">${texts.unitPrice} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.amount} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.subtotal} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.difference} <span class="muted">Rp</span></th>
            </tr>
          </thead>
          <tbody>
            ${found.unit_price.choices.map(
              (choice) =>
                html`<tr class=${this.chosen("unit_price_rounding") === choice.policy ? "is-chosen" : ""}>
                  <th scope="row">${this.radio("unit_price_rounding", choice.policy, choice.label, texts.roundingChanged)}</th>
                  <td class="numeric">${formatNumber(choice.unit_price, language, 2, 6)}</td>
                  <td class="numeric">${formatMoney(choice.amount, language)}</td>
                  <td class="numeric">${sum(choice.subtotal, !found.complete, language)}</td>
                  <td class="numeric">${this.difference(choice.difference)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private vat(found: Policies): unknown {
    const { texts, workspace } = this.parts;
    const { store } = workspace;
    const pending = store.cells.get("g", "vat_date");
    const change = (event: Event): void => {
      const value = (event.target as HTMLInputElement).value;
      if (value) changeSettings(workspace, { vat_date: value }, texts.vatChanged);
    };
    return html`<section class="panel">
      <div class="panel-header">
        <h2>${texts.vatTitle}</h2>
        <p class="meta">${texts.vatText}</p>
      </div>
      <div class="panel-body field work-date">
        <label for="setting-vat-date">${texts.vatDate}</label>
        <input
          class="input"
          id="setting-vat-date"
          type="date"
          .value=${pending?.typed ?? store.settings?.vat_date ?? found.vat.date}
          ?disabled=${!workspace.may("write")}
          aria-invalid=${pending?.state === "wrong" ? "true" : "false"}
          @change=${change}
        />
        ${pending?.state === "wrong" ? html`<ul class="errors"><li>${pending.text}</li></ul>` : nothing}
      </div>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.vatTitle}>
        <table class="table work-policies">
          <thead>
            <tr>
              <th scope="col">${texts.vatRule}</th>
              <th scope="col">${texts.validFrom}</th>
              <th scope="col" class="numeric">${texts.taxBase} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.tax} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.total} <span class="muted">Rp</span></th>
            </tr>
          </thead>
          <tbody>
            ${found.vat.rules.map((rule) => this.rule(rule, !found.complete))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private rule(rule: Policies["vat"]["rules"][number], lower: boolean): unknown {
    const { texts, workspace } = this.parts;
    const { language } = workspace;
    const day = new Date(`${rule.valid_from}T00:00:00`);
    const written = day.toLocaleDateString(language === "en" ? "en-GB" : "id-ID", { dateStyle: "medium" });
    const fraction = rule.base_fraction === "1" ? "" : ` × ${rule.base_fraction}`;
    return html`<tr class=${rule.chosen ? "is-chosen" : ""}>
      <th scope="row">
        ${formatPercent(rule.rate, language, 0)} %${fraction} ${rule.chosen ? html`<span class="tag tag-accent">${texts.chosen}</span>` : nothing}
        <div class="meta">${rule.source}</div>
      </th>
      <td>${written}</td>
      <td class="numeric">${sum(rule.base, lower, language)}</td>
      <td class="numeric">${sum(rule.amount, lower, language)}</td>
      <td class="numeric">${sum(rule.total, lower, language)}</td>
    </tr>`;
  }

  private total(found: Policies): unknown {
    const { texts, workspace } = this.parts;
    const { language } = workspace;
    return html`<section class="panel">
      <div class="panel-header">
        <h2>${texts.totalRounding}</h2>
        <p class="meta">${texts.totalRoundingText(`Rp ${formatMoney(found.total.total, language)}`)}</p>
      </div>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.totalRounding}>
        <table class="table work-policies">
          <thead>
            <tr>
              <th scope="col">${texts.policy}</th>
              <th scope="col" class="numeric">${texts.result} <span class="muted">Rp</span></th>
              <th scope="col" class="numeric">${texts.difference} <span class="muted">Rp</span></th>
            </tr>
          </thead>
          <tbody>
            ${found.total.choices.map(
              (choice) =>
                html`<tr class=${this.chosen("total_rounding") === choice.policy ? "is-chosen" : ""}>
                  <th scope="row">${this.radio("total_rounding", choice.policy, choice.label, texts.totalChanged)}</th>
                  <td class="numeric">${sum(choice.rounded_total, !found.complete, language)}</td>
                  <td class="numeric">${this.difference(choice.difference)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}
