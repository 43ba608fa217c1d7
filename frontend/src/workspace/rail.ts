/** The left pane: where one is, and how far each step is. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "./context";
import { formatCount } from "./numbers";
import { shape } from "./totals";
import type { HeadStep } from "./wire";

function stateOf(workspace: Workspace, step: HeadStep | undefined): unknown {
  const { texts, language } = workspace;
  if (step?.state === "missing") {
    return html`<span class="status status-PARTIAL" title=${texts.missing(formatCount(step.missing ?? 0, language))}
      >${shape("PARTIAL")}${step.missing ? formatCount(step.missing, language) : nothing}</span
    ><span class="sr-only">${texts.missing("")}</span>`;
  }
  if (step?.state === "complete") {
    return html`<span class="status status-PRICED">${shape("PRICED")}</span><span class="sr-only">${texts.complete}</span>`;
  }
  return nothing;
}

export function startRail(workspace: Workspace, known: readonly string[]): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-step]")];
  for (const link of links) link.closest("li")!.hidden = !known.includes(link.dataset["step"] ?? "");
  const draw = (): void => {
    const { step } = workspace.router.place;
    for (const link of links) {
      const own = link.dataset["step"];
      if (own === step) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      const place = link.querySelector<HTMLElement>(".state");
      const found = workspace.store.steps.find((one) => one.id === own);
      if (place) render(stateOf(workspace, found), place);
    }
  };
  workspace.router.on(draw);
  workspace.store.on("head", draw);
  draw();
}
