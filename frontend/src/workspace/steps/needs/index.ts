/** Resource needs: labour, materials and equipment of the whole or of a section, in base or purchase units. */

import "../../../styles/workspace/rab.css";

import { html, nothing, render } from "lit-html";

import type { Step, Workspace } from "../../context";
import { FigureSource } from "../../figure-source";
import { numbersOf } from "../../outline";
import type { NumberingRule } from "../../numbering";
import { speak } from "../../texts";
import { kindTables, tieOut } from "./table";
import { type NeedsTexts, needsTexts } from "./texts";
import type { Needs } from "./wire";

const INDENT = "\u2003";

class NeedsStep {
  private readonly texts: NeedsTexts;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private readonly source: FigureSource<Needs>;
  private readonly stops: (() => void)[];
  private words = "";

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(needsTexts, workspace.language);
    this.toolbar.className = "toolbar";
    this.body.className = "work-scroll";
    host.append(this.toolbar, this.body);
    this.source = new FigureSource(workspace, () => this.path(), () => this.draw());
    this.stops = [workspace.store.on(["order", "rows", "head"], () => this.draw())];
    this.draw();
    void workspace.loadBill().catch(() => undefined);
  }

  destroy(): void {
    this.stops.forEach((stop) => stop());
    this.source.destroy();
  }

  private get section(): string {
    const asked = this.workspace.router.place.params["section"] ?? "";
    return /^\d{1,18}$/.test(asked) ? asked : "";
  }

  private get purchase(): boolean {
    return this.workspace.router.place.params["unit"] === "purchase";
  }

  private path(): string {
    return this.section ? `resource-needs/?section=${this.section}` : "resource-needs/";
  }

  private adjust(change: Readonly<Record<string, string>>): void {
    const { router } = this.workspace;
    const params = Object.entries({ ...router.place.params, ...change }).filter(([, value]) => value !== "");
    router.adjust(Object.fromEntries(params));
    if ("section" in change) this.source.refresh(0);
    this.draw();
  }

  private draw(): void {
    render(this.tools(), this.toolbar);
    render(this.content(), this.body);
  }

  private tools(): unknown {
    const { texts, workspace } = this;
    const unit = (purchase: boolean, word: string): unknown =>
      html`<button
        type="button"
        aria-pressed=${this.purchase === purchase ? "true" : "false"}
        @click=${() => this.adjust({ unit: purchase ? "purchase" : "" })}
      >
        ${word}
      </button>`;
    const csv = `/p/${workspace.code}/tables/needs.csv${this.section ? `?section=${this.section}` : ""}`;
    return html`<h1>${texts.title}</h1>
      ${this.sections()}
      <div class="segmented" role="group" aria-label=${texts.units}>${unit(false, texts.baseUnit)}${unit(true, texts.purchaseUnit)}</div>
      <span class="spacer"></span>
      <input
        class="input work-search"
        type="search"
        placeholder=${texts.search}
        aria-label=${texts.search}
        @input=${(event: Event) => {
          this.words = (event.target as HTMLInputElement).value;
          this.draw();
        }}
      />
      <a class="button" href=${csv} download>${texts.csv}</a>`;
  }

  private sections(): unknown {
    const { texts, workspace } = this;
    const { bill, settings } = workspace.store;
    const numbers = numbersOf(bill, (settings?.numbering ?? "written") as NumberingRule);
    const chosen = this.section;
    const options = bill.order
      .filter((place) => place.row.kind === "s")
      .map(({ row, level }) => {
        const id = row.key.slice(1);
        const name = `${numbers.get(row.key) ?? ""} ${String(row.values["name"] ?? "")}`.trim();
        return html`<option value=${id} ?selected=${id === chosen}>${INDENT.repeat(level)}${name}</option>`;
      });
    return html`<select
      class="input work-section"
      aria-label=${texts.section}
      @change=${(event: Event) => this.adjust({ section: (event.target as HTMLSelectElement).value })}
    >
      <option value="" ?selected=${chosen === ""}>${texts.whole}</option>
      ${options}
    </select>`;
  }

  private content(): unknown {
    const { texts, workspace, source } = this;
    const needs = source.value;
    if (!needs) {
      if (source.failure === null) return html`<p class="meta work-waiting" role="status">${texts.loading}</p>`;
      return html`<div class="alert alert-error"><div><p>${texts.notLoaded}</p><p>${source.failure || texts.offline}</p></div></div>`;
    }
    if (needs.results.length === 0) return this.empty();
    return html`<div class="work-page">
      ${source.failure === null ? nothing : html`<p class="meta work-stale" role="status">${source.failure || texts.offline}</p>`}
      ${kindTables(workspace, texts, needs, { purchase: this.purchase, words: this.words })} ${tieOut(workspace, texts, needs)}
    </div>`;
  }

  private empty(): unknown {
    const { texts, workspace } = this;
    return html`<div class="empty">
      <h2>${texts.empty}</h2>
      <p>${texts.emptyText}</p>
      <div class="button-group"><a class="button button-primary" href=${workspace.router.address("boq")}>${texts.toBill}</a></div>
    </div>`;
  }
}

export const step: Step = {
  id: "needs",
  title: { id: needsTexts.id.title, en: needsTexts.en.title },
  mount(host, workspace) {
    const shown = new NeedsStep(host, workspace);
    return () => shown.destroy();
  },
};
