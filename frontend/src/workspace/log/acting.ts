/** Undoing a change of the log, and putting back one row or one cell of it. */

import { html, nothing } from "lit-html";

import { Problem, Unreachable } from "../api";
import type { Workspace } from "../context";
import { ask } from "../dialogs";
import { speak } from "../texts";
import type { CellConflict, Key } from "../wire";
import { formatCount } from "../numbers";
import { logTexts } from "./texts";
import { conflictValue } from "./values";

const MOST_SHOWN = 20;

/** Undo `revision`; what was changed since is shown first, and replaced only if the person says so. */
export async function undoChange(workspace: Workspace, revision: number): Promise<boolean> {
  const texts = speak(logTexts, workspace.language);
  let force = false;
  try {
    await workspace.queue.preview("changes.undo", { revision });
  } catch (error) {
    if (error instanceof Unreachable) return fail(workspace, texts.offline);
    if (!(error instanceof Problem)) throw error;
    if (error.conflicts.length === 0) return fail(workspace, error.body.detail);
    force = await replaceAll(workspace, error.conflicts);
    if (!force) return false;
  }
  const label = texts.undone(String(revision));
  const answer = await workspace.perform("changes.undo", force ? { revision, force } : { revision }, { label });
  if (answer) workspace.toast(label, "success");
  return answer !== null;
}

function fail(workspace: Workspace, why: string): false {
  workspace.toast(why, "error");
  return false;
}

async function replaceAll(workspace: Workspace, conflicts: readonly CellConflict[]): Promise<boolean> {
  const texts = speak(logTexts, workspace.language);
  const { language } = workspace;
  const cells = conflicts.filter((one) => one.name !== null);
  const rows = cells.slice(0, MOST_SHOWN).map(
    (one) => html`<tr>
      <th scope="row">${one.label || one.key} <span class="meta">${one.name ?? one.field}</span></th>
      <td class="figures" data-label=${texts.conflictNow}>${conflictValue(one, "theirs", language)}</td>
      <td class="figures" data-label=${texts.conflictThen}>${conflictValue(one, "yours", language)}</td>
    </tr>`,
  );
  const left = cells.length - rows.length;
  const body = html`<p>${texts.conflictLede}</p>
    <table class="table table-list log-conflicts">
      <thead><tr><th scope="col">${workspace.texts.cell}</th><th scope="col">${texts.conflictNow}</th><th scope="col">${texts.conflictThen}</th></tr></thead>
      <tbody>${rows}</tbody>
    </table>
    ${left > 0 ? html`<p class="meta">${texts.andMore(formatCount(left, language))}</p>` : nothing}`;
  const choices = [
    { value: false, label: texts.keep },
    { value: true, label: texts.undoAnyway, danger: true },
  ];
  return (await ask(texts.conflictTitle, body, choices, true)) === true;
}

/** Put back what stood in a row, or in one field of it, before the change `revision`. */
export async function restoreRow(workspace: Workspace, revision: number, key: Key, field?: string): Promise<boolean> {
  const texts = speak(logTexts, workspace.language);
  const values = field === undefined ? { revision, key } : { revision, key, fields: [field] };
  const answer = await workspace.perform("changes.restore", values, { label: texts.restored });
  if (answer) workspace.toast(texts.restored, "success");
  return answer !== null;
}

/** Where a row is shown: items and sections in the bill; of other rows the step is enough. */
export function addressOf(workspace: Workspace, key: Key): string | null {
  const { router } = workspace;
  const step = { i: "boq", s: "boq", p: "volume", t: "volume", a: "analyses", l: "analyses", r: "prices", c: "prices" }[key.slice(0, 1)];
  if (!step) return null;
  return router.address(step, step === "boq" ? { row: key } : {});
}
