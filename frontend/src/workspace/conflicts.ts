/** Two people in one cell: both values stand side by side until one of them is chosen. */

import { html } from "lit-html";

import { typedText } from "./cells";
import type { Workspace } from "./context";
import { ask } from "./dialogs";
import { conflictValue } from "./log/values";
import { moment } from "./moments";
import type { Decision, Entry } from "./outbox";
import type { CellConflict } from "./wire";

const idOf = (conflict: CellConflict): string => `${conflict.key} ${conflict.field}`;

function row(workspace: Workspace, conflict: CellConflict, decisions: Map<string, Decision>): unknown {
  const { texts, store, language } = workspace;
  const values = store.bill.row(conflict.key)?.values;
  const known = typedText(values?.["description"] ?? values?.["name"]);
  const name = known || (conflict.key.startsWith("g") ? texts.settings : conflict.label || conflict.key);
  const id = idOf(conflict);
  const choice = (decision: Decision, value: string, label: string): unknown =>
    html`<label class="work-choice"
      ><input type="radio" name=${id} .checked=${decisions.get(id) === decision} @change=${() => decisions.set(id, decision)} />
      <span class="figures">${value}</span><span class="meta">${label}</span></label
    >`;
  const who = texts.by(conflict.person ?? texts.somebody, moment(conflict.at, language));
  return html`<tr>
    <th scope="row"><span class="truncate">${name}</span><span class="meta">${conflict.name ?? texts.fields[conflict.field] ?? conflict.field}</span></th>
    <td>${choice("mine", conflictValue(conflict, "yours", language), texts.keepMine)}</td>
    <td>${choice("theirs", conflictValue(conflict, "theirs", language), `${texts.takeTheirs} · ${who}`)}</td>
  </tr>`;
}

/** Ask about the first command that waits for a decision; nothing is written while the dialog stands. */
export async function decideConflicts(workspace: Workspace, entry: Entry): Promise<void> {
  const { texts, queue } = workspace;
  const conflicts = entry.conflicts ?? [];
  const decisions = new Map<string, Decision>(conflicts.map((conflict) => [idOf(conflict), "mine"]));
  const body = html`<p class="muted">${texts.conflictLede}</p>
    <table class="table work-conflict-table">
      <thead>
        <tr>
          <th scope="col">${texts.cell}</th>
          <th scope="col">${texts.yours}</th>
          <th scope="col">${texts.theirs}</th>
        </tr>
      </thead>
      <tbody>
        ${conflicts.map((conflict) => row(workspace, conflict, decisions))}
      </tbody>
    </table>`;
  const many = conflicts.length > 1;
  const chosen = await ask<"each" | Decision>(
    texts.conflictTitle,
    body,
    [
      ...(many
        ? [
            { value: "theirs" as const, label: texts.takeAllTheirs },
            { value: "mine" as const, label: texts.keepAllMine },
          ]
        : []),
      { value: "each", label: texts.decide, primary: true },
    ],
    true,
  );
  if (chosen === null) return;
  queue.decide(entry.id, (conflict) => (chosen === "each" ? (decisions.get(idOf(conflict)) ?? "mine") : chosen));
}
