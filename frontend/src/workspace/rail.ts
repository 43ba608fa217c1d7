/** The left pane: where one is, and how far each step is. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "./context";
import { formatCount } from "./numbers";
import { missingAt } from "./step-states";
import { shape } from "./totals";

function stateOf(workspace: Workspace, missing: number | null): unknown {
  const { texts, language } = workspace;
  if (missing === null) return nothing;
  if (missing === 0) {
    return html`<span class="status status-PRICED" title=${texts.complete}>${shape("PRICED")}</span
      ><span class="sr-only">${texts.complete}</span>`;
  }
  const count = formatCount(missing, language);
  return html`<span class="status status-PARTIAL" title=${texts.missing(count)}>${shape("PARTIAL")}${count}</span
    ><span class="sr-only">${texts.missing("")}</span>`;
}

/** On a phone the steps are a line that scrolls: where one is stays in sight. */
function stand(link: HTMLAnchorElement): void {
  if (link.ariaCurrent === "page" && link.dataset["shown"]) return;
  link.setAttribute("aria-current", "page");
  link.dataset["shown"] = "";
  link.scrollIntoView?.({ block: "nearest", inline: "center" });
}

export function startRail(workspace: Workspace): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-step]")];
  const draw = (): void => {
    const { step } = workspace.router.place;
    const { missing, totals } = workspace.store;
    for (const link of links) {
      const own = link.dataset["step"];
      if (own === step) stand(link);
      else link.removeAttribute("aria-current");
      const place = link.querySelector<HTMLElement>(".state");
      if (place && own) render(stateOf(workspace, missingAt(own, missing, totals)), place);
    }
  };
  workspace.router.on(draw);
  workspace.store.on(["head", "figures", "order", "totals"], draw);
  draw();
}
