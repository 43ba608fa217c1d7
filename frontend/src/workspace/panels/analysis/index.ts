/** The analysis of the selected item: what it is, in what it differs from the edition, and modifying it from here. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Panel, Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { formatCount, formatMoney } from "../../numbers";
import { AnalysesCommands, madeCode } from "../../steps/analyses/commands";
import { analysisPath, type Analysis, type Line } from "../../steps/analyses/wire";
import { speak } from "../../texts";
import type { Answer, Key } from "../../wire";
import { analysisTexts, type AnalysisTexts } from "./texts";

const PAUSE = 160;

class AnalysisView {
  private readonly asking = new Debounced(PAUSE);
  private readonly texts: AnalysisTexts;
  private readonly commands: AnalysesCommands;
  private readonly stop: () => void;
  private analysis: Analysis | null = null;
  private message: string;

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(analysisTexts, workspace.language);
    this.commands = new AnalysesCommands(workspace);
    this.message = this.texts.loading;
    this.stop = workspace.store.on(["answer", "rows"], () => this.later());
    this.draw();
    this.later();
  }

  destroy(): void {
    this.asking.stop();
    this.stop();
  }

  private get code(): string {
    const values = this.workspace.store.bill.row(this.key)?.values;
    return String(values?.["code"] ?? "");
  }

  private later(): void {
    this.asking.start((signal) => this.ask(signal));
  }

  private async ask(signal: AbortSignal): Promise<void> {
    const { code, texts } = this;
    if (code === "") return this.say(texts.none);
    try {
      this.analysis = await this.workspace.api.get<Analysis>(analysisPath(code), signal);
      this.draw();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.say(error instanceof Problem && error.status === 404 ? texts.unknown(code) : texts.offline);
    }
  }

  private say(message: string): void {
    this.analysis = null;
    this.message = message;
    this.draw();
  }

  private draw(): void {
    const { analysis } = this;
    render(
      analysis
        ? html`<div class="inspector-body">
            <header class="inspector-header">
              <span class="meta figures">${analysis.code} · ${this.texts.sorts[analysis.sort]}</span>
              <h2>${analysis.name}</h2>
            </header>
            ${this.facts(analysis)} ${this.differences(analysis)} ${this.buttons(analysis)}
          </div>`
        : html`<p class="muted">${this.message}</p>`,
      this.host,
    );
  }

  private facts({ reference, item_count: count }: Analysis): unknown {
    const { texts, workspace } = this;
    return html`<dl class="facts">
      ${reference
        ? html`<dt>${texts.reference}</dt>
            <dd class="figures">${reference.code}</dd>
            <dt>${texts.effect} Rp</dt>
            <dd class="figures">${this.signed(reference.unit_price_effect)}</dd>`
        : nothing}
      <dt>${texts.sharedBy}</dt>
      <dd class="figures">${texts.items(formatCount(count, workspace.language))}</dd>
    </dl>`;
  }

  private signed(value: string | null): string {
    const text = formatMoney(value, this.workspace.language);
    return value === null || value.startsWith("-") || !/[1-9]/.test(value) ? text : `+${text}`;
  }

  private differences({ reference, lines }: Analysis): unknown {
    if (!reference) return nothing;
    const changed = lines.filter((line) => line.change !== "same");
    if (changed.length === 0) return html`<p class="meta muted">${this.texts.same}</p>`;
    return html`<h3>${this.texts.differences}</h3>
      <ul class="uses-list">
        ${changed.map((line) => this.difference(line))}
      </ul>`;
  }

  private difference(line: Line): unknown {
    return html`<li>
      <span>${line.name || line.nested_code}</span>
      <span class="uses-figures figures">
        <span class=${`analysis-change is-${line.change}`}>${this.texts.changes[line.change]}</span>
        <span>Rp ${this.signed(line.effect)}</span>
      </span>
    </li>`;
  }

  private buttons(analysis: Analysis): unknown {
    const { texts, workspace } = this;
    const { code, item_count: count, sort } = analysis;
    const open = html`<button type="button" class="button" @click=${() => this.open(code)}>${texts.open}</button>`;
    if (!workspace.may("write")) return html`<div class="analysis-panel-acts">${open}</div>`;
    const shared = count > 1;
    const modifying = sort === "reference" || shared;
    return html`<div class="analysis-panel-acts">
      ${open}
      ${modifying
        ? html`<button type="button" class="button" @click=${() => void this.modify(analysis, false)}>${texts.modifyOne}</button>`
        : nothing}
      ${shared && sort === "reference"
        ? html`<button type="button" class="button" @click=${() => void this.modify(analysis, true)}>
            ${texts.modifyAll(formatCount(count, workspace.language))}
          </button>`
        : nothing}
      ${sort === "modified" && analysis.reference
        ? html`<button type="button" class="button" @click=${() => this.useReference(analysis)}>${texts.giveUp}</button>`
        : nothing}
    </div>`;
  }

  private open(code: string): void {
    this.workspace.router.go("analyses", { open: code });
  }

  private async modify(analysis: Analysis, all: boolean): Promise<void> {
    const label = this.texts.acts.modify(analysis.code);
    const answer: Answer | null = await this.commands.modify(analysis.code, label, all ? undefined : [this.key]);
    const code = madeCode(answer);
    if (code !== null) this.open(code);
  }

  /** This item alone: whoever shares the copy keeps it. */
  private useReference({ code, reference }: Analysis): void {
    if (reference) void this.commands.use(reference.code, [this.key], this.texts.acts.giveUp(code));
  }
}

export const panel: Panel = {
  id: "analysis",
  title: { id: analysisTexts.id.title, en: analysisTexts.en.title },
  order: 12,
  shows: (key) => /^i\d+$/.test(key),
  mount(host, key, workspace) {
    const view = new AnalysisView(host, key, workspace);
    return () => view.destroy();
  },
};
