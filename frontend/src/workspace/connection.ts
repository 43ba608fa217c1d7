/** Says whether everything typed is with the server, and warns before the page is left while it is not. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "./context";
import { formatCount } from "./numbers";
import type { Phase, QueueState } from "./queue";
import { showWrongCells, wrongCells } from "./wrong-cells";

const SLOW = 400;

export function describe(workspace: Workspace, state: QueueState, now: number): string {
  const { texts, language } = workspace;
  const waiting = formatCount(state.waiting, language);
  if (state.phase === "signedOut") return texts.signedOut(waiting);
  if (state.phase === "offline") return state.waiting ? texts.offline(waiting) : texts.offlineIdle;
  if (state.phase === "retrying") {
    const seconds = Math.max(0, Math.ceil(((state.retryAt ?? now) - now) / 1000));
    return texts.retrying(waiting, formatCount(seconds, language));
  }
  if (state.waiting > 1) return texts.savingMany(waiting);
  return state.waiting === 1 ? texts.saving : texts.saved;
}

function template(workspace: Workspace, quick: boolean): unknown {
  const { texts, queue, language } = workspace;
  const state = queue.state;
  // An answer within a blink needs no word that flickers.
  const shown = quick && state.phase === "saving" ? { ...state, phase: "idle" as const, waiting: 0 } : state;
  const conflicts = state.aside;
  const wrong = wrongCells(workspace).length;
  // "Saved" would not be true while a value waits for a decision, or for somebody to mend it.
  const quiet = conflicts + wrong > 0 && shown.phase === "idle";
  return html`<span class="work-state" data-phase=${shown.phase} data-waiting=${state.waiting} ?hidden=${quiet}
      ><span class="dot" aria-hidden="true"></span><span class="words">${describe(workspace, shown, Date.now())}</span></span
    >${state.phase === "retrying" || state.phase === "offline"
      ? html`<button type="button" class="button" @click=${() => queue.wake()}>${texts.retryNow}</button>`
      : nothing}${state.phase === "signedOut"
      ? html`<a class="button" target="_blank" rel="noopener" href="/account/login/" @click=${() => wakeOnReturn(workspace)}
          >${texts.signIn}</a
        >`
      : nothing}${conflicts > 0
      ? html`<button type="button" class="button work-conflicts" data-conflicts>
          ${conflicts === 1 ? texts.conflictsOne : texts.conflicts(formatCount(conflicts, language))} · ${texts.decide}
        </button>`
      : nothing}${wrong > 0
      ? html`<button type="button" class="button work-conflicts" data-wrong @click=${() => void showWrongCells(workspace)}>
          ${wrong === 1 ? texts.wrongOne : texts.wrong(formatCount(wrong, language))} · ${texts.look}
        </button>`
      : nothing}`;
}

function wakeOnReturn(workspace: Workspace): void {
  addEventListener("focus", () => workspace.queue.wake(), { once: true });
}

export function startConnection(host: HTMLElement, workspace: Workspace): void {
  let since = 0;
  let timer = 0;
  let before: Phase = "idle";
  const draw = (): void => {
    const state = workspace.queue.state;
    since = state.phase === "saving" ? since || Date.now() : 0;
    const quick = before === "idle" && since > 0 && Date.now() - since < SLOW;
    if (state.phase !== "saving") before = state.phase;
    render(template(workspace, quick), host);
    clearTimeout(timer);
    if (quick) timer = window.setTimeout(draw, SLOW);
    else if (state.phase === "retrying") timer = window.setTimeout(draw, 1000);
  };
  workspace.queue.topics.on("state", draw);
  workspace.store.on("cells", draw);
  addEventListener("online", () => workspace.queue.wake());
  addEventListener("beforeunload", (event) => {
    if (workspace.queue.unsaved) event.preventDefault();
  });
  draw();
}
