/** A paste that makes rows: what each line becomes, with its errors, before anything is written. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import { ask } from "../../dialogs";
import type { Target } from "../../moves";
import { formatCount } from "../../numbers";
import type { Language } from "../../texts";
import type { BillCommands, Field, PasteArguments, PastedRow } from "./commands";
import { guess, isReadable, PASTE_FIELDS } from "./paste";
import type { BoqTexts } from "./texts";

const SHOWN = 200;

export interface PasteParts {
  readonly commands: BillCommands;
  readonly texts: BoqTexts;
  readonly language: Language;
  readonly target: Target;
  readonly cells: readonly (readonly string[])[];
  /** Fields of the grid's columns the block lies over. */
  readonly columns: readonly (Field | null)[];
}

/** What to write, or null when the person leaves it. */
export async function previewPaste(parts: PasteParts): Promise<PasteArguments | null> {
  const dialog = new PasteDialog(parts);
  const { texts } = parts;
  const answer = ask<boolean>(
    texts.paste.title,
    dialog.body,
    [{ value: true, label: texts.paste.write, primary: true }],
    true,
  );
  dialog.start();
  return (await answer) ? dialog.values : null;
}

class PasteDialog {
  readonly body = document.createElement("div");
  private fields: (Field | null)[];
  private readonly header: boolean;
  private rows: readonly PastedRow[] | null = null;
  private failure = "";
  private skip = false;
  private onlyErrors = false;
  private asked = 0;

  constructor(private readonly parts: PasteParts) {
    const guessed = guess(parts.cells, parts.columns);
    this.fields = [...guessed.fields];
    this.header = guessed.header;
    this.body.className = "boq-paste";
  }

  private get cells(): readonly (readonly string[])[] {
    return this.header ? this.parts.cells.slice(1) : this.parts.cells;
  }

  get values(): PasteArguments {
    return { ...this.parts.target, fields: this.fields, cells: this.cells, skip_errors: this.skip };
  }

  start(): void {
    this.draw();
    void this.read();
  }

  private async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    this.rows = null;
    this.failure = "";
    this.draw();
    if (!isReadable(this.fields)) return;
    try {
      // Every line is looked at, those with errors too: the preview leaves them out, so that the others have figures.
      const { rows } = await this.parts.commands.tryPaste({ ...this.values, skip_errors: true });
      if (asked === this.asked) this.rows = rows;
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      if (asked === this.asked) this.failure = error.message;
    }
    this.draw();
  }

  private choose(at: number, field: string): void {
    const wanted = PASTE_FIELDS.find((one) => one === field) ?? null;
    this.fields = this.fields.map((old, place) => (place === at ? wanted : old === wanted ? null : old));
    void this.read();
  }

  private get wrong(): number {
    return (this.rows ?? []).filter((row) => row.errors.length > 0).length;
  }

  private get writable(): boolean {
    return this.rows !== null && this.rows.length > 0 && (this.skip ? this.wrong < this.rows.length : this.wrong === 0);
  }

  private draw(): void {
    const button = this.body
      .closest("dialog")
      ?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary");
    if (button) button.disabled = !this.writable;
    const { texts, language } = this.parts;
    const count = formatCount(this.cells.length, language);
    render(
      html`<p class="muted">
          ${texts.paste.lede(count, String(this.fields.length))} ${this.header ? texts.paste.header : ""}
        </p>
        ${this.summary()}
        <div class="table-scroll boq-paste-rows" tabindex="0">${this.table()}</div>`,
      this.body,
    );
  }

  private summary(): unknown {
    const { texts, language } = this.parts;
    if (!isReadable(this.fields)) return html`<p class="boq-note" role="status">${texts.paste.noColumns}</p>`;
    if (this.failure) return html`<p class="errors" role="alert">${this.failure}</p>`;
    if (!this.rows) return html`<p class="boq-note" role="status">${texts.paste.reading}</p>`;
    const became = (what: string): string =>
      formatCount(this.rows!.filter((row) => row.became === what && row.errors.length === 0).length, language);
    return html`<div class="cluster" role="status">
      <span>${texts.paste.ok(became("item"), became("section"))}</span>
      ${this.wrong > 0 ? this.errorChoices() : nothing}
    </div>`;
  }

  private errorChoices(): unknown {
    const { texts, language } = this.parts;
    const check = (on: boolean, words: string, change: (on: boolean) => void): unknown => html`<label class="check"
      ><input
        type="checkbox"
        .checked=${on}
        @change=${(event: Event) => {
          change((event.target as HTMLInputElement).checked);
          this.draw();
        }}
      />${words}</label
    >`;
    return html`<span class="tag tag-bad">${texts.paste.errors(formatCount(this.wrong, language))}</span>
      ${check(this.skip, texts.paste.skip, (on) => (this.skip = on))}
      ${check(this.onlyErrors, texts.paste.onlyErrors, (on) => (this.onlyErrors = on))}`;
  }

  private table(): unknown {
    const { texts, language } = this.parts;
    const known = new Map((this.rows ?? []).map((row) => [row.line, row]));
    const lines = this.cells.map((cells, line) => ({ cells, line, row: known.get(line) }));
    const shown = this.onlyErrors ? lines.filter(({ row }) => (row?.errors.length ?? 0) > 0) : lines;
    return html`<table class="table boq-paste-table">
        <thead>
          <tr>
            <th scope="col">${texts.paste.line}</th>
            <th scope="col">${texts.paste.becomes}</th>
            ${this.fields.map((field, at) => this.columnChoice(field, at))}
          </tr>
        </thead>
        <tbody>
          ${shown.slice(0, SHOWN).map(({ cells, line, row }) => this.line(cells, line, row))}
        </tbody>
      </table>
      ${shown.length > SHOWN
        ? html`<p class="boq-note">${texts.paste.more(formatCount(shown.length - SHOWN, language))}</p>`
        : nothing}`;
  }

  private columnChoice(field: Field | null, at: number): unknown {
    const { texts } = this.parts;
    const name = (one: Field): string => fieldTitle(one, texts);
    return html`<th scope="col">
      <select
        class="input"
        aria-label=${`${texts.paste.column} ${at + 1}`}
        @change=${(event: Event) => this.choose(at, (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${field === null}>${texts.paste.ignore}</option>
        ${PASTE_FIELDS.map((one) => html`<option value=${one} .selected=${one === field}>${name(one)}</option>`)}
      </select>
    </th>`;
  }

  private line(cells: readonly string[], line: number, row: PastedRow | undefined): unknown {
    const { texts } = this.parts;
    const wrong = new Map((row?.errors ?? []).map((error) => [error.field, error.text]));
    const elsewhere = [...wrong].filter(([field]) => !this.fields.includes(field as Field)).map(([, text]) => text);
    return html`<tr class=${row ? `is-${row.became}` : ""}>
      <th scope="row" class="numeric">${line + 1 + (this.header ? 1 : 0)}</th>
      <td>
        ${row ? texts.paste[row.became] : ""}
        ${row?.analysis ? html`<span class="meta muted">${row.code} · ${row.analysis}</span>` : nothing}
        ${elsewhere.map((text) => html`<span class="boq-wrong">${text}</span>`)}
      </td>
      ${cells.map((text, at) => this.cell(text, this.fields[at] ?? null, wrong))}
    </tr>`;
  }

  private cell(text: string, field: Field | null, wrong: ReadonlyMap<string, string>): unknown {
    const error = field ? wrong.get(field) : undefined;
    const numeric = field === "quantity" || field === "unit_price" || field === "overhead";
    const classes = [numeric ? "numeric" : "", field ? "" : "muted", error ? "is-wrong" : ""].filter(Boolean).join(" ");
    return html`<td class=${classes}>
      <span class="boq-paste-text">${text}</span>${error ? html`<span class="boq-wrong">${error}</span>` : nothing}
    </td>`;
  }
}

export function fieldTitle(field: Field, texts: BoqTexts): string {
  const titles: Record<Field, string> = {
    number: texts.number,
    name: texts.description,
    code: texts.code,
    description: texts.description,
    unit: texts.unit,
    quantity: texts.quantity,
    unit_price: texts.unitPrice,
    overhead: texts.overhead,
  };
  return titles[field];
}

