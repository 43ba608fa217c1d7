/** What stands above the lines: which analysis it is, what it was made from, what can be done with it. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "../../context";
import { formatBound, formatCount } from "../../numbers";
import type { SheetReader } from "./reader";
import type { AnalysesTexts } from "./texts";
import type { Analysis, Line, Named } from "./wire";

/** What the buttons do. */
export interface HeadActs {
  modify(all: boolean): void;
  addLine(sort: "percentage" | "lump_sum" | "nested" | "information"): void;
  resetLines(lines: readonly Line[]): void;
  resetAll(): void;
  giveUp(): void;
  rename(): void;
  remove(): void;
  replace(): void;
  open(named: string): void;
  /** Show who uses the analysis. */
  uses(): void;
  back(): void;
}

export class Head {
  constructor(
    private readonly host: HTMLElement,
    private readonly workspace: Workspace,
    private readonly texts: AnalysesTexts,
    private readonly reader: SheetReader,
    private readonly acts: HeadActs,
  ) {}

  draw(analysis: Analysis | null, lines: readonly Line[]): void {
    if (!analysis) {
      render(html`<p class="muted">${this.texts.choose}</p>`, this.host);
      return;
    }
    render(
      html`<div class="analysis-title">
          <div class="analysis-name">
            <p class="meta figures">${analysis.code} ${this.mark(analysis)}</p>
            <h2 title=${analysis.name}>${analysis.name}</h2>
          </div>
          <p class="analysis-figure figures">
            ${this.figure(analysis)} <span class="meta muted">Rp / ${analysis.unit}</span>
          </p>
        </div>
        <p class="meta muted analysis-note">${this.note(analysis)}</p>
        <div class="analysis-acts">${this.buttons(analysis, lines)}</div>`,
      this.host,
    );
  }

  private mark({ sort, reference }: Analysis): unknown {
    const { texts } = this;
    if (sort === "reference") return nothing;
    const words = sort === "modified" && reference ? `${texts.sorts.modified} · ${texts.fromReference} ${reference.code}` : texts.sorts[sort];
    return html`<span class="tag tag-accent">${texts.sortMarks[sort]} ${words}</span>`;
  }

  private figure({ unit_price: price, status }: Analysis): string {
    return price === null ? this.texts.statuses.UNPRICED : formatBound(price, status === "PARTIAL", this.workspace.language);
  }

  private note(analysis: Analysis): unknown {
    const { texts, workspace } = this;
    const { issues, reference, item_count: count, nested_by: nestedBy, note } = analysis;
    const used = count > 0 ? texts.usedBy(formatCount(count, workspace.language)) : texts.usedByNone;
    return html`${issues.map(({ text }) => html`<span class="analysis-issue">${text}</span>`)}
      ${reference ? html`<span>${this.effect(analysis)}</span>` : nothing}
      <span><button type="button" class="plain-link" @click=${() => this.acts.uses()}>${used}</button></span>
      ${nestedBy.length > 0 ? html`<span>${texts.nestedBy} ${nestedBy.map((one) => this.link(one))}</span>` : nothing}
      ${note ? html`<span>${note}</span>` : nothing}`;
  }

  private effect({ reference }: Analysis): string {
    const { texts } = this;
    const effect = reference?.unit_price_effect ?? null;
    if (effect === null) return texts.unknownEffect;
    const told = this.reader.signed(effect);
    return told === "" ? texts.noEffect : texts.effectOnPrice(`Rp\u00a0${told}`);
  }

  private link({ key, code, name }: Named): unknown {
    return html`<button type="button" class="plain-link" title=${name} @click=${() => this.acts.open(key ?? code)}>${code}</button> `;
  }

  private buttons(analysis: Analysis, lines: readonly Line[]): unknown {
    const { texts, acts, workspace } = this;
    const back = html`<button type="button" class="button button-quiet only-narrow" @click=${() => acts.back()}>${texts.back}</button>`;
    if (!workspace.may("write")) return back;
    const replace = html`<button type="button" class="button" @click=${() => acts.replace()}>${texts.replace}</button>`;
    if (analysis.key === null) return html`${back}${this.modify(analysis)}${replace}`;
    const differing = lines.filter((line) => line.change !== "same");
    const resettable = analysis.reference !== null;
    return html`${back}${this.adding()}
      ${resettable
        ? html`<button
            type="button"
            class="button"
            ?disabled=${differing.length === 0}
            @click=${() => acts.resetLines(differing)}
          >
            ${texts.resetLine}
          </button>`
        : nothing}
      ${replace}${this.more(resettable)}`;
  }

  private modify({ item_count: count }: Analysis): unknown {
    const { texts, acts, workspace } = this;
    const words = count > 0 ? texts.modifyAll(formatCount(count, workspace.language)) : texts.modifyNone;
    return html`<button type="button" class="button button-primary" @click=${() => acts.modify(count > 0)}>${words}</button>`;
  }

  private adding(): unknown {
    const { texts, acts } = this;
    const item = (text: string, sort: Parameters<HeadActs["addLine"]>[0]): unknown =>
      html`<button type="button" class="menu-item" @click=${(event: Event) => this.choose(event, () => acts.addLine(sort))}>
        ${text}
      </button>`;
    return html`<details class="menu">
      <summary class="button" role="button">${texts.addLine}</summary>
      <div class="menu-panel">
        ${item(texts.addPercentage, "percentage")} ${item(texts.addLumpSum, "lump_sum")} ${item(texts.addNested, "nested")}
        ${item(texts.addNote, "information")}
      </div>
    </details>`;
  }

  private more(resettable: boolean): unknown {
    const { texts, acts } = this;
    const item = (text: string, act: () => void): unknown =>
      html`<button type="button" class="menu-item" @click=${(event: Event) => this.choose(event, act)}>${text}</button>`;
    return html`<details class="menu menu-end">
      <summary class="button" role="button">${texts.more}</summary>
      <div class="menu-panel">
        ${item(texts.rename, () => acts.rename())}
        ${resettable ? html`${item(texts.resetAll, () => acts.resetAll())} ${item(texts.giveUp, () => acts.giveUp())}` : nothing}
        ${item(texts.remove, () => acts.remove())}
      </div>
    </details>`;
  }

  private choose(event: Event, act: () => void): void {
    (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
    act();
  }
}
