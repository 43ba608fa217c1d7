/** RAB and recap: totals, weights, Pareto, overhead, tax and rounding of the project. */

import "../../../styles/workspace/rab.css";

import htmx from "htmx.org";
import { html, nothing, render } from "lit-html";

import { Problem } from "../../api";
import type { Step, Workspace } from "../../context";
import { speak } from "../../texts";
import { OverheadView } from "./overhead";
import { ParetoView } from "./pareto";
import { PoliciesView } from "./policies";
import { RecapView } from "./recap";
import { type RabTexts, rabTexts } from "./texts";
import type { View, ViewParts } from "./view";

type ViewName = keyof RabTexts["views"];

const VIEWS: Readonly<Record<ViewName, new (parts: ViewParts) => View>> = {
  recap: RecapView,
  pareto: ParetoView,
  overhead: OverheadView,
  policies: PoliciesView,
};
const NAMES = Object.keys(VIEWS) as ViewName[];

class RabStep {
  private readonly texts: RabTexts;
  private readonly toolbar = document.createElement("div");
  private body = document.createElement("div");
  /** The page's own menu of documents, which are made as jobs. */
  private readonly downloads: Node | typeof nothing;
  private view: View | null = null;
  private shown: ViewName | "empty" | null = null;
  private readonly stops: (() => void)[];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(rabTexts, workspace.language);
    this.toolbar.className = "toolbar";
    this.downloads = downloads();
    host.append(this.toolbar, this.body);
    this.stops = [
      workspace.router.on(({ step }) => {
        if (step === "rab") this.draw();
      }),
      workspace.store.on("totals", () => this.draw()),
    ];
    this.drawToolbar();
    void this.load();
  }

  destroy(): void {
    this.stops.forEach((stop) => stop());
    this.view?.destroy();
  }

  private async load(): Promise<void> {
    try {
      await this.workspace.loadBill();
      this.draw();
    } catch (error) {
      const why = error instanceof Problem ? error.body.detail : this.texts.offline;
      render(html`<div class="alert alert-error"><div><p>${this.texts.notLoaded}</p><p>${why}</p></div></div>`, this.body);
    }
  }

  private get wanted(): ViewName {
    const asked = this.workspace.router.place.params["view"] as ViewName | undefined;
    return asked && NAMES.includes(asked) ? asked : "recap";
  }

  private draw(): void {
    this.drawToolbar();
    const { totals, loaded } = this.workspace.store;
    if (!loaded || !totals) return;
    const next = totals.item_count === 0 ? "empty" : this.wanted;
    if (next === this.shown) return;
    this.shown = next;
    this.view?.destroy();
    this.view = null;
    const body = document.createElement("div");
    body.className = "work-scroll";
    this.body.replaceWith(body);
    this.body = body;
    if (next === "empty") return this.drawEmpty();
    this.view = new VIEWS[next]({ host: body, workspace: this.workspace, texts: this.texts });
    this.view.draw();
  }

  private drawEmpty(): void {
    const { texts, workspace } = this;
    render(
      html`<div class="empty">
        <h2>${texts.empty}</h2>
        <p>${texts.emptyText}</p>
        <div class="button-group"><a class="button button-primary" href=${workspace.router.address("boq")}>${texts.toBill}</a></div>
      </div>`,
      this.body,
    );
  }

  private drawToolbar(): void {
    const { texts, workspace } = this;
    const wanted = this.wanted;
    const tab = (name: ViewName): unknown =>
      html`<a href=${workspace.router.address("rab", { view: name })} aria-current=${name === wanted ? "page" : nothing}>${texts.views[name]}</a>`;
    render(
      html`<h1>${texts.title}</h1>
        <nav class="segmented work-views" aria-label=${texts.view}>${NAMES.map(tab)}</nav>
        <span class="spacer"></span>
        <a class="button work-print" href=${`/p/${workspace.code}/`}>${texts.rabDocument}</a>
        ${this.downloads}`,
      this.toolbar,
    );
  }
}

function downloads(): Node | typeof nothing {
  const template = document.querySelector<HTMLTemplateElement>("template[data-downloads]");
  const menu = template?.content.firstElementChild?.cloneNode(true);
  if (!(menu instanceof HTMLElement)) return nothing;
  htmx.process(menu);
  return menu;
}

export const step: Step = {
  id: "rab",
  title: { id: rabTexts.id.title, en: rabTexts.en.title },
  inspected: true,
  mount(host, workspace) {
    const shown = new RabStep(host, workspace);
    return () => shown.destroy();
  },
};
