/** The unit price sheet of the selected item, as the server draws it for every page; of a section its totals. */

import { html, nothing, render } from "lit-html";

import type { Panel, Workspace } from "../../context";
import { Debounced } from "../../debounced";
import { formatCount, formatPercent, ratioOf } from "../../numbers";
import { numbersOf } from "../../outline";
import type { NumberingRule } from "../../numbering";
import { speak } from "../../texts";
import type { Key } from "../../wire";
import { sheetTexts } from "./texts";

/** Whoever runs through rows with the arrow keys wants none of the sheets on the way. */
const PAUSE = 140;

class ItemSheet {
  private readonly asking = new Debounced(PAUSE);
  private shown = 0;
  private readonly stop: () => void;

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    host.classList.add("work-sheet");
    host.setAttribute("aria-busy", "true");
    this.stop = workspace.store.on("answer", () => this.later());
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
    const { revision } = this.workspace.store;
    if (revision === this.shown) return;
    const texts = speak(sheetTexts, this.workspace.language);
    try {
      const address = `/p/${this.workspace.code}/items/${this.key.slice(1)}/`;
      const response = await fetch(address, { headers: { "HX-Request": "true" }, signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const body = page.querySelector(response.ok ? ".inspector-body" : ".alert");
      if (!body) throw new Error(String(response.status));
      this.host.replaceChildren(document.adoptNode(body));
      this.shown = revision;
    } catch {
      if (signal.aborted) return;
      if (this.shown === 0) render(html`<p class="muted">${texts.offline}</p>`, this.host);
    }
    this.host.removeAttribute("aria-busy");
  }
}

function sectionSums(host: HTMLElement, key: Key, workspace: Workspace): () => void {
  const texts = speak(sheetTexts, workspace.language);
  const draw = (): void => {
    const { bill, totals, settings } = workspace.store;
    const place = bill.place(key);
    if (!place) return;
    const figure = bill.figure(key);
    const items = bill.order.slice(place.index, place.end).filter(({ row }) => row.kind === "i").length;
    const number = numbersOf(bill, (settings?.numbering ?? "written") as NumberingRule).get(key) ?? "";
    const { language } = workspace;
    render(
      html`<div class="inspector-body">
        <header class="inspector-header">
          <span class="meta figures">${number}</span>
          <h2>${String(place.row.values["name"] ?? "")}</h2>
        </header>
        <dl class="facts">
          <dt>${texts.items}</dt>
          <dd class="figures">${formatCount(items, language)}</dd>
          ${figure && figure.incomplete > 0
            ? html`<dt>${texts.incomplete}</dt><dd class="figures">${formatCount(figure.incomplete, language)}</dd>`
            : nothing}
          <dt>${texts.share}</dt>
          <dd class="figures">${formatPercent(String(ratioOf(figure?.amount, totals?.subtotal)), language)} %</dd>
        </dl>
      </div>`,
      host,
    );
  };
  draw();
  return workspace.store.on(["figures", "order", "rows", "totals"], draw);
}

export const panel: Panel = {
  id: "sheet",
  title: { id: sheetTexts.id.title, en: sheetTexts.en.title },
  order: 10,
  shows: (key) => /^[is]\d+$/.test(key),
  mount(host, key, workspace) {
    if (key.startsWith("s")) return sectionSums(host, key, workspace);
    const sheet = new ItemSheet(host, key, workspace);
    return () => sheet.destroy();
  },
};
