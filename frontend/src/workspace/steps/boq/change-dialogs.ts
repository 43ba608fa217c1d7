/** Find and replace, and one value for many rows. Both say how much will change before it does. */

import { html, nothing, render } from "lit-html";

import { ask } from "../../dialogs";
import { formatCount } from "../../numbers";
import type { Language } from "../../texts";
import type { Field, SetRow } from "./commands";
import { fieldOf, type BoqRow, type Reader } from "./lines";
import { fieldTitle } from "./paste-dialog";
import { cellCount, replacements, type Wanted } from "./replace";
import type { BoqTexts } from "./texts";

export interface ChangeParts {
  readonly texts: BoqTexts;
  readonly language: Language;
  readonly reader: Reader;
  /** Rows looked through: all of the bill, folded or not. */
  readonly rows: readonly BoqRow[];
  /** Those that are selected; one alone is the cursor, not a selection. */
  readonly selected: readonly BoqRow[];
}

const COLUMNS: readonly Field[] = ["description", "code", "unit", "quantity", "unit_price", "overhead"];

function enable(body: HTMLElement, on: boolean): void {
  const button = body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary");
  if (button) button.disabled = !on;
}

/** The rows to write, or null when the person leaves it or nothing matches. */
export async function askReplace(parts: ChangeParts): Promise<SetRow[] | null> {
  const { texts } = parts;
  const body = document.createElement("form");
  body.className = "boq-form";
  let wanted: Wanted = { find: "", by: "", columns: ["description"], matchCase: false, whole: false };
  let inSelection = parts.selected.length > 1;
  let found: SetRow[] = [];
  const change = (changes: Partial<Wanted>): void => {
    wanted = { ...wanted, ...changes };
    found = replacements(inSelection ? parts.selected : parts.rows, parts.reader, wanted);
    draw();
  };
  const draw = (): void => {
    render(replaceForm(parts, wanted, inSelection, cellCount(found), change, (on) => {
      inSelection = on;
      change({});
    }), body);
    enable(body, found.length > 0);
  };
  const answer = ask<boolean>(texts.replaceDialog.title, body, [
    { value: true, label: texts.replaceDialog.act, primary: true },
  ]);
  draw();
  submitByEnter(body);
  body.querySelector("input")?.focus();
  return (await answer) && found.length > 0 ? found : null;
}

/** Enter in a text presses the dialog's button. */
function submitByEnter(body: HTMLFormElement): void {
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary")?.click();
  });
}

function check(on: boolean, words: string, change: (on: boolean) => void): unknown {
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${on}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />${words}</label
  >`;
}

function textField(label: string, value: string, change: (text: string) => void): unknown {
  return html`<label class="field"
    ><span>${label}</span
    ><input
      class="input"
      type="text"
      autocomplete="off"
      spellcheck="false"
      .value=${value}
      @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
  /></label>`;
}

function replaceForm(
  { texts, language, selected }: ChangeParts,
  wanted: Wanted,
  inSelection: boolean,
  cells: number,
  change: (changes: Partial<Wanted>) => void,
  narrow: (on: boolean) => void,
): unknown {
  const own = texts.replaceDialog;
  return html`${textField(own.find, wanted.find, (find) => change({ find }))}
    ${textField(own.by, wanted.by, (by) => change({ by }))}
    ${columnField(own.where, wanted.columns[0] as Field, texts, (column) => change({ columns: [column] }))}
    <div class="cluster">
      ${check(wanted.matchCase, own.matchCase, (matchCase) => change({ matchCase }))}
      ${check(wanted.whole, own.whole, (whole) => change({ whole }))}
    </div>
    ${selected.length > 1
      ? check(inSelection, own.selectionOnly(formatCount(selected.length, language)), narrow)
      : nothing}
    <p class="boq-note" role="status">
      ${wanted.find === "" ? "" : cells > 0 ? own.found(formatCount(cells, language)) : own.none}
    </p>
    <button type="submit" hidden></button>`;
}

function columnField(label: string, value: Field, texts: BoqTexts, change: (field: Field) => void): unknown {
  return html`<label class="field"
    ><span>${label}</span
    ><select class="input" @change=${(event: Event) => change((event.target as HTMLSelectElement).value as Field)}>
      ${COLUMNS.map(
        (field) => html`<option value=${field} .selected=${field === value}>${fieldTitle(field, texts)}</option>`,
      )}
    </select></label
  >`;
}

/** One value for all selected rows; rows without the field stay. */
export async function askBulk(parts: ChangeParts): Promise<SetRow[] | null> {
  const { texts, language, selected } = parts;
  const body = document.createElement("form");
  body.className = "boq-form";
  let field: Field = "unit";
  let text = "";
  const rows = (): SetRow[] =>
    selected.flatMap((row) => {
      const own = fieldOf(row, field);
      return own && row.placed ? [{ key: row.key, version: row.placed.row.version, values: { [own]: text.trim() } }] : [];
    });
  const draw = (): void => {
    const skipped = selected.length - rows().length;
    render(
      html`${columnField(texts.bulkDialog.field, field, texts, (chosen) => {
          field = chosen;
          draw();
        })}
        ${textField(texts.bulkDialog.value, text, (typed) => {
          text = typed;
        })}
        <p class="hint">${texts.bulkDialog.hint}</p>
        ${skipped > 0 ? html`<p class="boq-note">${texts.bulkDialog.skipped(formatCount(skipped, language))}</p>` : nothing}
        <button type="submit" hidden></button>`,
      body,
    );
    enable(body, rows().length > 0);
  };
  const title = texts.bulkDialog.title(formatCount(selected.length, language));
  const answer = ask<boolean>(title, body, [{ value: true, label: texts.bulkDialog.act, primary: true }]);
  draw();
  submitByEnter(body);
  body.querySelector("select")?.focus();
  const taken = (await answer) ? rows() : [];
  return taken.length > 0 ? taken : null;
}
