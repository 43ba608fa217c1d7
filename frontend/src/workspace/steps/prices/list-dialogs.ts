/** Ways a price list comes in: pasted into a field, or as a file. */

import { html, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { parseTsv } from "../../grid";
import { formatCount } from "../../numbers";
import { pasteValues, sendFile } from "./list-wire";
import { type List, previewList } from "./paste-dialog";
import type { PriceTexts } from "./texts";

const MOST_CELLS = 200_000;

/** Show a list, and write of it what the person chose. */
export async function bringIn(workspace: Workspace, texts: PriceTexts, list: List): Promise<void> {
  const wanted = await previewList(workspace, list);
  if (!wanted) return;
  const count = formatCount(wanted.count, workspace.language);
  const answer = await workspace.perform("prices.paste", pasteValues(wanted.values), { label: texts.acts.paste(count) });
  if (answer) workspace.toast(texts.written(count), "success");
}

/** A field to paste rows into, for whoever does not paste into the table itself. */
export async function askForList(workspace: Workspace, texts: PriceTexts): Promise<void> {
  const body = document.createElement("div");
  body.className = "price-form";
  let typed = "";
  const button = (): HTMLButtonElement | null =>
    body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary") ?? null;
  const input = (event: Event): void => {
    typed = (event.target as HTMLTextAreaElement).value;
    const read = button();
    if (read) read.disabled = typed.trim() === "";
  };
  render(
    html`<p class="muted">${texts.list.lede}</p>
      <label class="field"
        ><span class="sr-only">${texts.list.area}</span
        ><textarea class="input price-list-area" rows="10" spellcheck="false" @input=${input}></textarea></label
      >`,
    body,
  );
  const answer = ask<boolean>(texts.list.title, body, [{ value: true, label: texts.list.read, primary: true }], true);
  const read = button();
  if (read) read.disabled = true;
  body.querySelector("textarea")?.focus();
  if (!(await answer) || typed.trim() === "") return;
  const rows = parseTsv(typed, MOST_CELLS);
  if (rows) await bringIn(workspace, texts, { rows });
}

/** A file of the person's computer. */
export function askForFile(workspace: Workspace, texts: PriceTexts): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".xlsx,.csv,.txt";
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) void importFile(workspace, texts, file);
  });
  input.click();
}

export async function importFile(workspace: Workspace, texts: PriceTexts, file: File): Promise<void> {
  try {
    const read = await sendFile(workspace, file);
    await bringIn(workspace, texts, { rows: read.rows, columns: read.columns, file: { file, read } });
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
    const why = error instanceof Problem ? (error.errors[0]?.detail ?? error.message) : texts.offline;
    workspace.toast(why, "error");
  }
}
