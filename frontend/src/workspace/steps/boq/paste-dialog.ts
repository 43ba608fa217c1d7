/** A paste that makes rows: what each line becomes, with its errors, before anything is written. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import { ask } from "../../dialogs";
import type { Target } from "../../moves";
import { formatCount, formatMoney, formatRupiah } from "../../numbers";
import type { Language } from "../../texts";
import type { Answer } from "../../wire";
import type { BillCommands, Field, Notation, Pasted, PasteArguments, PastedRow, PasteField, PasteNote } from "./commands";
import { guess, isReadable, PASTE_FIELDS } from "./paste";
import type { BoqTexts } from "./texts";

const SHOWN = 200;
const NOTATIONS: readonly Notation[] = ["auto", "id", "en"];

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
  private fields: (PasteField | null)[];
  /** The server is asked what the titles say; after that the person decides. */
  private byTitles: boolean;
  private notation: Notation = "auto";
  private pasted: (Pasted & { readonly answer: Answer }) | null = null;
  private reading = false;
  private failure = "";
  private skip = false;
  private onlyErrors = false;
  private asked = 0;

  constructor(private readonly parts: PasteParts) {
    const guessed = guess(parts.cells, parts.columns);
    this.fields = [...guessed.fields];
    this.byTitles = guessed.header;
    this.body.className = "boq-paste";
  }

  get values(): PasteArguments {
    const { parent, after } = this.parts.target;
    const { cells } = this.parts;
    const fields = this.byTitles ? null : this.fields;
    return { parent, after, fields, cells, notation: this.notation, skip_errors: this.skip };
  }

  start(): void {
    this.draw();
    void this.read();
  }

  /** Let the server try it: it reads the numbers and finds the analyses. Nothing is written. */
  private async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    this.failure = "";
    this.reading = this.byTitles || isReadable(this.fields);
    if (!this.reading) this.pasted = null;
    this.draw();
    if (!this.reading) return;
    try {
      // Lines with errors are left out of the try, so that the others have figures; each is told all the same.
      const pasted = await this.parts.commands.tryPaste({ ...this.values, skip_errors: true });
      if (asked === this.asked) this.take(pasted);
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      if (asked !== this.asked) return;
      if (this.byTitles && error instanceof Problem && error.status === 422) {
        // The server takes other rows for titles than were taken here: then what was guessed of the columns is asked.
        this.byTitles = false;
        void this.read();
      } else this.fail(error);
    }
  }

  private take(pasted: Pasted & { readonly answer: Answer }): void {
    this.pasted = pasted;
    this.reading = false;
    if (this.byTitles) this.fields = this.fields.map((_, at) => pasted.fields[at] ?? null);
    this.draw();
    // Enter then pastes, unless the person is choosing something.
    if (this.writable && !this.body.contains(document.activeElement)) this.button?.focus();
  }

  private fail(error: Error): void {
    this.pasted = null;
    this.reading = false;
    this.failure = error.message;
    this.draw();
  }

  private get button(): HTMLButtonElement | null {
    return this.body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary") ?? null;
  }

  /** One field is one column: the column that had it lets it go. */
  private choose(at: number, field: string): void {
    const wanted = PASTE_FIELDS.find((one) => one === field) ?? null;
    this.byTitles = false;
    this.fields = this.fields.map((old, place) => (place === at ? wanted : old === wanted ? null : old));
    void this.read();
  }

  private get wrong(): readonly PastedRow[] {
    return (this.pasted?.rows ?? []).filter((row) => row.errors.length > 0);
  }

  private get writable(): boolean {
    const right = this.pasted?.rows.some((row) => row.became !== "nothing" && row.errors.length === 0) ?? false;
    return right && !this.reading && (this.skip || this.wrong.length === 0);
  }

  private draw(): void {
    if (this.button) this.button.disabled = !this.writable;
    const { texts, language, cells } = this.parts;
    render(
      html`<p class="muted">${texts.paste.lede(formatCount(cells.length, language), String(this.fields.length))}</p>
        ${this.summary()}
        <div class="table-scroll boq-paste-rows" tabindex="0">${this.table()}</div>`,
      this.body,
    );
  }

  private summary(): unknown {
    const { texts, language } = this.parts;
    if (this.failure) return html`<p class="errors" role="alert">${this.failure}</p>`;
    if (this.reading) return html`<p class="boq-note" role="status">${texts.paste.reading}</p>`;
    if (!this.pasted) return html`<p class="boq-note" role="status">${texts.paste.noColumns}</p>`;
    const { rows, answer, doubtful } = this.pasted;
    const became = (what: PastedRow["became"]): string =>
      formatCount(rows.filter((row) => row.became === what && row.errors.length === 0).length, language);
    const { totals } = answer;
    return html`<div class="cluster" role="status">
        <span>${texts.paste.ok(became("item"), became("section"))}</span>
        ${this.wrong.length > 0 ? this.errorChoices() : nothing} ${this.notations()}
        <span class="spacer"></span>
        <span class="muted">${texts.paste.total}</span>
        <span class="figures">${totals.complete ? "" : "≥\u00a0"}Rp ${formatRupiah(totals.rounded_total, language)}</span>
      </div>
      ${doubtful.length > 0
        ? html`<p class="boq-wrong">${texts.paste.doubtful(doubtful.map((one) => pasteTitle(one, texts)).join(", "))}</p>`
        : nothing}`;
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
    return html`<span class="tag tag-bad">${texts.paste.errors(formatCount(this.wrong.length, language))}</span>
      ${check(this.skip, texts.paste.skip, (on) => (this.skip = on))}
      ${check(this.onlyErrors, texts.paste.onlyErrors, (on) => (this.onlyErrors = on))}`;
  }

  /** Only where numbers can be read in two ways there is something to choose. */
  private notations(): unknown {
    const { texts } = this.parts;
    const either = this.pasted?.notation === "auto" && this.wrong.length > 0;
    if (!either && this.notation === "auto") return nothing;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.notation = NOTATIONS.find((one) => one === value) ?? "auto";
      void this.read();
    };
    return html`<label class="boq-notation"
      ><span>${texts.paste.notation}</span
      ><select class="input" @change=${choose}>
        ${NOTATIONS.map(
          (one) => html`<option value=${one} .selected=${one === this.notation}>${texts.paste.notations[one]}</option>`,
        )}
      </select></label
    >`;
  }

  private table(): unknown {
    const { texts, language, cells } = this.parts;
    const rows = this.pasted?.rows ?? cells.map((_, line) => line).slice(0, SHOWN);
    const shown = this.onlyErrors ? this.wrong : rows;
    return html`<table class="table boq-paste-table">
        <thead>
          <tr>
            <th scope="col">${texts.paste.line}</th>
            <th scope="col">${texts.paste.becomes}</th>
            ${this.fields.map((field, at) => this.columnChoice(field, at))}
          </tr>
        </thead>
        <tbody>
          ${shown
            .slice(0, SHOWN)
            .map((row) => (typeof row === "number" ? this.line(row, null) : this.line(row.line, row)))}
        </tbody>
      </table>
      ${shown.length > SHOWN
        ? html`<p class="boq-note">${texts.paste.more(formatCount(shown.length - SHOWN, language))}</p>`
        : nothing}`;
  }

  private columnChoice(field: PasteField | null, at: number): unknown {
    const { texts } = this.parts;
    return html`<th scope="col">
      <select
        class="input"
        aria-label=${`${texts.paste.column} ${at + 1}`}
        @change=${(event: Event) => this.choose(at, (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${field === null}>${texts.paste.ignore}</option>
        ${PASTE_FIELDS.map(
          (one) => html`<option value=${one} .selected=${one === field}>${pasteTitle(one, texts)}</option>`,
        )}
      </select>
    </th>`;
  }

  private line(line: number, row: PastedRow | null): unknown {
    const { texts } = this.parts;
    const errors = row?.errors ?? [];
    const cells = this.parts.cells[line] ?? [];
    return html`<tr class=${row ? `is-${row.became}` : ""}>
      <th scope="row" class="numeric">${line + 1}</th>
      <td>${row ? texts.paste[row.became] : ""} ${row ? this.about(row) : nothing}</td>
      ${cells.map((text, at) => this.cell(text, this.fields[at] ?? null, errors))}
    </tr>`;
  }

  /** The analysis that was found, what is worth knowing, and errors of cells the block has no column for. */
  private about(row: PastedRow): unknown {
    const { language } = this.parts;
    const price = row.analysis_price ? ` · ${formatMoney(row.analysis_price, language)}` : "";
    const elsewhere = row.errors.filter(({ field }) => !this.fields.some((one) => one !== null && isFor(one, field)));
    return html`${row.analysis
        ? html`<span class="meta muted" title=${row.analysis}>${row.analysis_code}${price}</span>`
        : nothing}
      ${row.notes.map(({ text }) => html`<span class="meta muted">${text}</span>`)}
      ${elsewhere.map(({ text }) => html`<span class="boq-wrong">${text}</span>`)}`;
  }

  private cell(text: string, field: PasteField | null, errors: readonly PasteNote[]): unknown {
    const error = field === null ? undefined : errors.find((one) => isFor(field, one.field))?.text;
    const numeric = field !== null && NUMBERS.has(field);
    const classes = [numeric ? "numeric" : "", field ? "" : "muted", error ? "is-wrong" : ""].filter(Boolean).join(" ");
    return html`<td class=${classes}>
      <span class="boq-paste-text">${text}</span>${error ? html`<span class="boq-wrong">${error}</span>` : nothing}
    </td>`;
  }
}

const NUMBERS: ReadonlySet<PasteField> = new Set(["quantity", "unit_price", "amount", "overhead"]);

/** A section's name stands in the column of descriptions. */
const isFor = (column: PasteField, field: string): boolean =>
  column === field || (column === "description" && field === "name");

const pasteTitle = (field: PasteField, texts: BoqTexts): string =>
  field === "amount" ? texts.paste.sums : fieldTitle(field, texts);

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
