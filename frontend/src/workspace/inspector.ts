/** The right pane: what is known of the selected row, a tab for each panel that has something to say. */

import { html, nothing, render } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";

import { setInspector } from "../behaviours/inspector";
import { memory } from "../dom";
import type { Panel, Step, Workspace } from "./context";
import { formatCount } from "./numbers";
import { loadPanels } from "./steps/registry";
import { basis } from "./basis";
import type { Key } from "./wire";

const NARROW = "(max-width: 1100px)";
const ROOM_TO_SPARE = "(min-width: 1700px)";

export class Inspector {
  private panels: Panel[] | null = null;
  private shownKey: Key | null = null;
  private shownPanel = "";
  private leave: (() => void) | null = null;
  private frame = 0;
  private workspace: Workspace | null = null;
  /** Under which name it is remembered whether the person wants it open. */
  private remembered = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly host: HTMLElement,
  ) {}

  start(workspace: Workspace): void {
    this.workspace = workspace;
    workspace.store.on("selection", () => this.later());
    workspace.store.on(["order", "head", "settings", "comments"], () => this.later());
    addEventListener("popstate", () => this.reflect());
    // A window that grows shows beside the step what was a page of its own.
    matchMedia(NARROW).addEventListener("change", () => this.draw());
    this.root.addEventListener("click", (event) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest("[data-inspector-page]")) this.open();
      if (event.target.closest("[data-inspector-toggle]")) this.remember();
    });
    this.draw();
  }

  /** As the person left it beside steps of this sort. */
  beside({ inspected }: Step): void {
    this.remembered = inspected ? "inspector-beside-rows" : "inspector-beside-panes";
    const left = memory.read(this.remembered);
    setInspector(left === null ? inspected === true || matchMedia(ROOM_TO_SPARE).matches : left === "open");
    this.draw();
  }

  /** The button itself is heard by the document, after this. */
  private remember(): void {
    setTimeout(() => {
      memory.write(this.remembered, this.isOpen ? "open" : "closed");
      this.draw();
    });
  }

  get narrow(): boolean {
    return matchMedia(NARROW).matches;
  }

  get isOpen(): boolean {
    return this.narrow ? this.root.hasAttribute("data-paged") : this.root.dataset["inspector"] === "open";
  }

  /** Show it; where panes are pages the browser's Back leads out of it. */
  open(panel?: string): void {
    if (panel) this.shownPanel = panel;
    if (this.narrow && !this.isOpen) history.pushState({ inspector: true }, "");
    this.show(true);
    this.draw();
  }

  close(): void {
    if (this.narrow && (history.state as { inspector?: boolean } | null)?.inspector) history.back();
    this.show(false);
  }

  /** As by its button. */
  toggle(): void {
    if (this.isOpen) this.close();
    else this.open();
    if (!this.narrow) this.remember();
  }

  private reflect(): void {
    if (!this.narrow) return;
    this.show(Boolean((history.state as { inspector?: boolean } | null)?.inspector));
    this.draw();
  }

  /** Beside the step, or in its place where panes are pages. */
  private show(open: boolean): void {
    if (this.narrow) this.root.toggleAttribute("data-paged", open);
    else setInspector(open);
  }

  private later(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const workspace = this.workspace;
    if (!workspace) return;
    const key = workspace.store.selection.keys[0] ?? null;
    this.root.toggleAttribute("data-selected", key !== null);
    // What nobody sees is not asked for.
    if (!this.isOpen) {
      this.empty();
      render(nothing, this.host);
      return;
    }
    if (key !== null && this.panels === null) {
      void loadPanels().then((panels) => {
        this.panels = panels;
        this.draw();
      });
      return;
    }
    const panels = key === null ? [] : (this.panels ?? []).filter((panel) => panel.shows(key, workspace));
    const active = panels.find((panel) => panel.id === this.shownPanel) ?? panels[0];
    if (active && key === this.shownKey && active.id === this.host.dataset["panel"] && this.leave) {
      // The panel itself stays: only what the tabs say may be another.
      render(this.template(workspace, key, panels, active), this.host);
      return;
    }
    this.empty();
    this.shownKey = key;
    this.host.dataset["panel"] = active?.id ?? "";
    render(this.template(workspace, key, panels, active), this.host);
    const body = this.host.querySelector<HTMLElement>("[data-panel-body]");
    if (active && key !== null && body) this.leave = active.mount(body, key, workspace);
  }

  private empty(): void {
    this.leave?.();
    this.leave = null;
    this.shownKey = null;
  }

  private template(workspace: Workspace, key: Key | null, panels: Panel[], active: Panel | undefined): unknown {
    const { language, texts } = workspace;
    const tab = (panel: Panel): unknown => html`<button
      type="button"
      role="tab"
      class="work-tab"
      aria-selected=${panel === active ? "true" : "false"}
      @click=${() => this.choose(panel.id)}
    >
      ${panel.title[language]}${badge(panel, key, workspace)}
    </button>`;
    return html`<div class="work-panel-head">
        <button type="button" class="button button-quiet only-narrow" @click=${() => this.close()}>${texts.back}</button>
        ${panels.length > 0 ? html`<div class="work-tabs" role="tablist" aria-label=${texts.inspector}>${panels.map(tab)}</div>` : nothing}
      </div>
      ${key === null ? basis(workspace) : nothing}
      ${active ? keyed(`${active.id} ${key}`, html`<div class="work-panel" role="tabpanel" data-panel-body data-for=${key ?? ""}></div>`) : key !== null || workspace.store.settings ? html`<p class="work-panel muted">${texts.inspectorEmpty}</p>` : nothing}`;
  }

  private choose(panel: string): void {
    this.shownPanel = panel;
    this.draw();
  }
}

function badge(panel: Panel, key: Key | null, workspace: Workspace): unknown {
  const count = key === null ? 0 : (panel.count?.(key, workspace) ?? 0);
  return count > 0 ? html` <span class="tag tag-accent">${formatCount(count, workspace.language)}</span>` : nothing;
}
