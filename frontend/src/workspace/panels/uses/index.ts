/** Who takes the resource or the analysis of the selected line: analyses and items, with how much and what it costs. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Panel, Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { formatCount, formatMoney, formatNumber, formatPercent } from "../../numbers";
import { isTaking, takingPath } from "../../steps/analyses/taking";
import type { Named, Resource } from "../../steps/analyses/wire";
import { speak } from "../../texts";
import type { Key } from "../../wire";
import { usesTexts, type UsesTexts } from "./texts";

interface Taken {
  readonly per_unit: string | null;
  readonly cost: string | null;
  readonly share: string | null;
}

interface TakingAnalysis extends Named, Taken {
  readonly unit: string;
  readonly direct: boolean;
}

interface TakingItem extends Taken {
  readonly key: Key;
  readonly number: string;
  readonly description: string;
  readonly unit: string;
  readonly taken: string | null;
}

interface Uses {
  readonly resource: Resource | null;
  readonly analysis: (Named & { readonly unit: string }) | null;
  readonly analyses: readonly TakingAnalysis[];
  readonly item_count: number;
  readonly items: readonly TakingItem[];
  readonly cost: string;
}

/** Whoever runs through lines with the arrow keys wants none of the answers on the way. */
const PAUSE = 350;
const MOST_DECIMALS = 4;

class UsesView {
  private readonly asking = new Debounced(PAUSE);
  private readonly texts: UsesTexts;
  private readonly stop: () => void;
  private uses: Uses | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(usesTexts, workspace.language);
    this.stop = workspace.store.on("answer", () => this.later());
    this.draw(this.texts.loading);
    this.later();
  }

  destroy(): void {
    this.asking.stop();
    this.stop();
  }

  private later(): void {
    this.asking.start((signal) => this.ask(signal));
  }

  private async ask(signal: AbortSignal): Promise<void> {
    try {
      this.uses = await this.workspace.api.get<Uses>(takingPath(this.key), signal);
      this.draw("");
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.draw(error instanceof Problem ? error.body.detail : this.texts.offline);
    }
  }

  private draw(message: string): void {
    const { uses, texts, workspace } = this;
    render(
      uses
        ? html`<div class="inspector-body">${this.head(uses)}
            <dl class="facts">
              <dt>${texts.cost} Rp</dt>
              <dd class="figures">${formatMoney(uses.cost, workspace.language)}</dd>
            </dl>
            ${this.analyses(uses)} ${this.items(uses)}
          </div>`
        : html`<p class="muted">${message}</p>`,
      this.host,
    );
  }

  private head({ resource, analysis }: Uses): unknown {
    const { texts } = this;
    const kind = resource ? texts.kinds[resource.kind] : texts.analysis;
    const unit = resource?.unit ?? analysis?.unit ?? "";
    return html`<header class="inspector-header">
      <span class="meta">${kind} · ${analysis ? `${analysis.code} · ` : ""}${unit}</span>
      <h2>${resource?.name ?? analysis?.name ?? ""}</h2>
    </header>`;
  }

  private analyses({ analyses }: Uses): unknown {
    const { texts, workspace } = this;
    if (analyses.length === 0) return nothing;
    const open = (one: Named): void => workspace.router.go("analyses", { open: one.code });
    return html`<h3>${texts.analyses}</h3>
      <ul class="uses-list">
        ${analyses.map(
          (one) => html`<li>
            <button type="button" class="plain-link" @click=${() => open(one)}>
              <span class="meta figures">${one.code}</span> <span>${one.name}</span>
            </button>
            <span class="meta muted">${one.direct ? nothing : texts.through}</span>
            ${this.figures(one, one.unit)}
          </li>`,
        )}
      </ul>`;
  }

  private items({ items, item_count: count }: Uses): unknown {
    const { texts, workspace } = this;
    const number = (value: number): string => formatCount(value, workspace.language);
    if (count === 0) return html`<p class="muted">${texts.noItems}</p>`;
    const open = (key: Key): void => {
      workspace.router.go("boq", { row: key });
    };
    return html`<h3>${texts.items(number(count))}</h3>
      <ul class="uses-list">
        ${items.map(
          (one) => html`<li>
            <button type="button" class="plain-link" @click=${() => open(one.key)}>
              <span class="meta figures">${one.number}</span> <span>${one.description}</span>
            </button>
            ${this.figures(one, one.unit, one.taken)}
          </li>`,
        )}
      </ul>
      ${items.length < count ? html`<p class="meta muted">${texts.first(number(items.length))}</p>` : nothing}`;
  }

  private figures({ per_unit: perUnit, cost, share }: Taken, unit: string, taken: string | null = null): unknown {
    const { language } = this.workspace;
    const number = (value: string | null): string => formatNumber(value, language, 0, MOST_DECIMALS);
    return html`<span class="uses-figures figures">
      <span title=${this.texts.perUnit}>${number(perUnit)} / ${unit}</span>
      ${taken === null ? nothing : html`<span title=${this.texts.taken}>${number(taken)}</span>`}
      <span>${cost === null ? "" : `Rp\u00a0${formatMoney(cost, language)}`}</span>
      <span title=${this.texts.share}>${share === null ? "" : `${formatPercent(share, language, 1)} %`}</span>
    </span>`;
  }
}

export const panel: Panel = {
  id: "uses",
  title: { id: usesTexts.id.title, en: usesTexts.en.title },
  order: 20,
  shows: isTaking,
  mount(host, key, workspace) {
    const view = new UsesView(host, key, workspace);
    return () => view.destroy();
  },
};
