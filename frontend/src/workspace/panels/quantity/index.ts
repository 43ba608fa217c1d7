/** Where the quantity of the selected item comes from, and who calculates with it. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Panel, Workspace } from "../../context";
import { formatCount, formatNumber, formatQuantity } from "../../numbers";
import { takeoffPath, type Takeoff, type TakeoffLine } from "../../steps/volume/data";
import type { Key } from "../../wire";
import { quantityTexts, type QuantityTexts } from "./texts";

const LINES_SHOWN = 12;

export const panel: Panel = {
  id: "quantity",
  title: { id: quantityTexts.id.title, en: quantityTexts.en.title },
  order: 30,
  shows: (key, { store }) => key.startsWith("i") && store.bill.row(key) !== undefined,
  mount(host, key, workspace) {
    const view = new QuantityView(host, key, workspace);
    void view.read();
    return () => view.leave();
  },
};

class QuantityView {
  private readonly texts: QuantityTexts;
  private readonly stop: () => void;
  private running = new AbortController();

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.texts = quantityTexts[workspace.language];
    this.stop = workspace.store.on("answer", () => void this.read());
  }

  async read(): Promise<void> {
    this.running.abort();
    const mine = (this.running = new AbortController());
    try {
      this.draw(await this.workspace.api.get<Takeoff>(takeoffPath(this.key), mine.signal));
    } catch (error) {
      if (mine.signal.aborted || error instanceof Unreachable) return;
      if (!(error instanceof Problem)) throw error;
      render(html`<p class="muted">${this.texts.failed} ${error.body.detail}</p>`, this.host);
    }
  }

  private draw(found: Takeoff): void {
    const { texts, workspace } = this;
    const unit = String(workspace.store.bill.row(this.key)?.values["unit"] ?? "");
    const value = found.quantity === null ? texts.none : formatQuantity(found.quantity, workspace.language);
    const inStep = workspace.router.place.step === "volume";
    const open = (): void => workspace.router.go("volume", { item: this.key });
    render(
      html`<dl class="facts">
          <dt>${texts.title}</dt>
          <dd class="figures">${value} ${unit}</dd>
          <dt>${texts.source}</dt>
          <dd>${this.source(found)}</dd>
          <dt>${texts.name}</dt>
          <dd><code>v${found.tag}</code></dd>
          <dt>${texts.usedBy}</dt>
          <dd>${this.uses(found)}</dd>
        </dl>
        ${found.issues.map((issue) => html`<p class="volume-issue">${issue.text}</p>`)}
        ${found.lines.length > 0 ? this.lines(found.lines) : nothing}
        ${inStep
          ? nothing
          : html`<div class="button-group">
              <button type="button" class="button" @click=${open}>${found.lines.length > 0 ? texts.open : texts.begin}</button>
            </div>`}`,
      this.host,
    );
  }

  private source({ formula, lines, quantity }: Takeoff): unknown {
    const { texts, workspace } = this;
    if (formula) return html`<code>=${formula}</code>`;
    if (lines.length > 0) return texts.sheet(formatCount(lines.length, workspace.language));
    return quantity === null ? texts.none : texts.typed;
  }

  private uses({ uses, use_count }: Takeoff): unknown {
    const { texts, workspace } = this;
    if (uses.length === 0) return html`<span class="muted">${texts.notUsed}</span>`;
    const more = use_count - uses.length;
    return html`${uses.map(({ label }) => html`<div>${label}</div>`)}
    ${more > 0 ? html`<div class="muted">${texts.usesMore(formatCount(more, workspace.language))}</div>` : nothing}`;
  }

  private lines(lines: readonly TakeoffLine[]): unknown {
    const { texts, workspace } = this;
    const value = (line: TakeoffLine): string =>
      line.value === null ? "" : formatNumber(line.value, workspace.language, 2, 6);
    const more = lines.length - LINES_SHOWN;
    return html`<table class="quantity-lines">
      <thead>
        <tr>
          <th>${texts.line}</th>
          <th class="figures">${texts.value}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.slice(0, LINES_SHOWN).map(
          (line) => html`<tr>
            <td>${line.description || sizes(line)}</td>
            <td class="figures">${value(line)}</td>
          </tr>`,
        )}
      </tbody>
      ${more > 0 ? html`<caption class="muted">${texts.usesMore(formatCount(more, workspace.language))}</caption>` : nothing}
    </table>`;
  }

  leave(): void {
    this.stop();
    this.running.abort();
  }
}

/** What a line without words measures: 2 × 4,5 × 3. */
function sizes({ count, length, width, height, formula }: TakeoffLine): string {
  return formula || [count, length, width, height].filter(Boolean).join(" × ");
}
