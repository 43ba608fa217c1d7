/** Who else has the project open, and what follows here from what they do. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "./api";
import type { Workspace } from "./context";
import type { PresenceMark } from "./grid/types";
import type { Visitor } from "./live";
import { formatCount } from "./numbers";

const FACES = 4;
const AWAY_AFTER = 8_000;

/** Windows of others and of one's own, without this one. */
export function others(workspace: Workspace): Visitor[] {
  return workspace.live.people.filter((one) => one.tab !== workspace.live.tab);
}

/** Cells of a step in which others are, for `Grid.setPresence`. */
export function presenceMarks(workspace: Workspace, step: string): PresenceMark[] {
  return others(workspace).flatMap(({ step: where, cell, name, initials }) => {
    const [key, column] = cell.split(".");
    return where === step && key && column ? [{ key, column, name, initials }] : [];
  });
}

/** One entry for each person, where they were last seen; oneself only in another window. */
function faces(workspace: Workspace): Visitor[] {
  return [...new Map(others(workspace).map((one) => [one.person, one])).values()];
}

function titleOf(step: string): string {
  const link = document.querySelector(`[data-step="${CSS.escape(step)}"] .grow`);
  return link?.textContent ?? step;
}

function template(workspace: Workspace, isAway: boolean): unknown {
  const { texts, language } = workspace;
  if (isAway) return html`<span class="work-state" data-phase="away"><span class="dot"></span>${texts.othersDelayed}</span>`;
  const people = faces(workspace);
  if (people.length === 0) return nothing;
  const count = texts.company(formatCount(people.length, language));
  return html`<details class="menu">
    <summary class="company-faces" data-count=${people.length} aria-label=${count} title=${count}>
      ${people.slice(0, FACES).map((one) => html`<span class="avatar" aria-hidden="true">${one.initials}</span>`)}
      ${people.length > FACES ? html`<span class="meta">+${formatCount(people.length - FACES, language)}</span>` : nothing}
    </summary>
    <div class="menu-panel">
      <p class="menu-heading">${count}</p>
      <ul class="company-list">
        ${people.map(
          (one) =>
            html`<li><span class="avatar" aria-hidden="true">${one.initials}</span
              ><span class="grow truncate">${one.name}</span><span class="meta">${titleOf(one.step)}</span></li>`,
        )}
      </ul>
    </div>
  </details>`;
}

async function readHead({ api, store }: Workspace): Promise<void> {
  try {
    store.setHead(await api.head());
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
  }
}

function tellPlace(workspace: Workspace): void {
  const { keys, field } = workspace.store.selection;
  const key = keys[0];
  workspace.live.at(workspace.router.place.step, key && field ? `${key}.${field}` : "");
}

/** Rights may change while one works; what was typed stays, and the server refuses what is no longer allowed. */
function followAccess(workspace: Workspace): void {
  const { live, store, texts, toast } = workspace;
  live.onAccess(({ role, rights }) => {
    if (role === null) return toast(texts.accessLost, "error");
    if (!store.head || store.head.role === role) return;
    toast(rights.includes("write") ? texts.mayWriteNow : texts.mayOnlyLookNow);
    void readHead(workspace);
  });
}

/** A short absence passes unseen: whatever was missed is fetched afterwards. */
function drawCompany(host: HTMLElement, workspace: Workspace): void {
  const { live } = workspace;
  let isAway = false;
  let timer = 0;
  const draw = (): void => {
    render(template(workspace, isAway), host);
  };
  const say = (away: boolean): void => {
    isAway = away;
    draw();
  };
  live.onPresence(draw);
  live.onState((state) => {
    if (state === "away") timer ||= window.setTimeout(() => say(true), AWAY_AFTER);
    if (state === "away" || state === "connecting") return;
    clearTimeout(timer);
    timer = 0;
    say(false);
  });
}

export function startCompany(host: HTMLElement, workspace: Workspace): void {
  const { live, router, store, sync } = workspace;
  live.onChange(({ revision }) => sync.hear(revision));
  live.onMissed(() => {
    if (store.revision > 0) void sync.pull();
  });
  drawCompany(host, workspace);
  followAccess(workspace);
  store.on("selection", () => tellPlace(workspace));
  router.on(() => tellPlace(workspace));
  tellPlace(workspace);
  live.start();
}
