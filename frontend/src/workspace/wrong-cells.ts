/** Cells that the server could not read: told beside the state of saving, listed on demand, and let go together. */

import { html } from "lit-html";

import { type PendingCell, typedText } from "./cells";
import type { Workspace } from "./context";
import { ask } from "./dialogs";
import { addressOf } from "./log/acting";
import type { Key } from "./wire";

/** As many as a person looks through; the others are counted. */
const MOST = 50;

export const wrongCells = ({ store }: Workspace): PendingCell[] => store.cells.all().filter(({ state }) => state === "wrong");

/** What the row is called where the page knows it: of a resource its name, of other rows nothing. */
function nameOf({ store, texts }: Workspace, key: Key): string {
  const values = store.bill.row(key)?.values;
  const known = typedText(values?.["description"] ?? values?.["name"]);
  return known || (key.startsWith("g") ? texts.settings : "");
}

function row(workspace: Workspace, cell: PendingCell, close: () => void): unknown {
  const { texts } = workspace;
  const field = texts.fields[cell.field] ?? cell.field;
  const name = nameOf(workspace, cell.key) || field;
  // A row that somebody took out meanwhile is nowhere to go to.
  const gone = /^[is]/.test(cell.key) && !workspace.store.bill.row(cell.key);
  const address = gone ? null : addressOf(workspace, cell.key);
  return html`<tr>
    <th scope="row">
      ${address ? html`<a href=${address} @click=${close}>${name}</a>` : name}
      ${name === field ? "" : html`<span class="meta">${field}</span>`}
    </th>
    <td class="figures">${cell.typed || texts.empty}</td>
    <td>${cell.text}</td>
  </tr>`;
}

/** The list of them; the person goes to one, or lets all of them go. */
export async function showWrongCells(workspace: Workspace): Promise<void> {
  const { texts, store } = workspace;
  const cells = wrongCells(workspace);
  const close = (): void => document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
  const body = html`<p class="muted">${texts.wrongLede}</p>
    <div class="table-scroll">
      <table class="table">
        <thead>
          <tr><th scope="col">${texts.cell}</th><th scope="col">${texts.typed}</th><th scope="col">${texts.whyWrong}</th></tr>
        </thead>
        <tbody>${cells.slice(0, MOST).map((cell) => row(workspace, cell, close))}</tbody>
      </table>
    </div>
    ${cells.length > MOST ? html`<p class="meta">${texts.andMore(String(cells.length - MOST))}</p>` : ""}`;
  const letGo = await ask(
    texts.wrongTitle,
    body,
    [
      { value: true, label: texts.letGoAll, danger: true },
      { value: false, label: texts.close, primary: true },
    ],
    true,
  );
  if (letGo !== true) return;
  for (const cell of cells) store.cells.forget(cell.key, cell.field);
  store.topics.tell("cells");
}
