/** A paste that makes rows: what each line becomes, with its errors, before anything is written. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import { ask } from "../../dialogs";
import type { Target } from "../../moves";
import { formatCount, formatRupiah } from "../../numbers";
import type { Language } from "../../texts";
import type { Answer } from "../../wire";
import { madeKeys, type BillCommands, type Field, type NewRow } from "./commands";
import { guess, isReadable, PASTE_FIELDS } from "./paste";
import { readLines, rowsFor, type Became, type PastedLine } from "./paste-rows";
import type { BoqTexts } from "./texts";

const SHOWN = 200;

/** The server names at most this many errors at a time. */
const TRIES = 12;

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
export async function previewPaste(parts: PasteParts): Promise<NewRow[] | null> {
  const dialog = new PasteDialog(parts);
  const { texts } = parts;
  const answer = ask<boolean>(
    texts.paste.title,
    dialog.body,
    [{ value: true, label: texts.paste.write, primary: true }],
    true,
  );
  dialog.start();
  return (await answer) ? dialog.rows : null;
}

type Errors = Map<string, string>;

class PasteDialog {
  readonly body = document.createElement("div");
  private fields: (Field | null)[];
  private readonly header: boolean;
  private lines: readonly PastedLine[] = [];
  /** By line: what is wrong, by field. */
  private errors = new Map<number, Errors>();
  private answer: Answer | null = null;
  private codes: ReadonlyMap<string, string> = new Map();
  private reading = false;
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

  get rows(): NewRow[] {
    return rowsFor(this.lines, this.skip ? new Set(this.errors.keys()) : new Set());
  }

  start(): void {
    this.draw();
    void this.read();
  }

  /** Let the server try it: it reads the numbers and finds the analyses. Nothing is written. */
  private async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    this.lines = readLines(this.cells, this.fields);
    this.errors = new Map();
    this.answer = null;
    this.failure = "";
    this.reading = isReadable(this.fields) && this.rows.length > 0;
    this.draw();
    for (let left = TRIES; this.reading && left > 0; left -= 1) {
      const more = await this.attempt();
      if (asked !== this.asked) return;
      this.reading = more;
    }
    this.reading = false;
    this.draw();
    // Enter then pastes, unless the person is choosing something.
    if (this.writable && !this.body.contains(document.activeElement)) this.button?.focus();
  }

  private get button(): HTMLButtonElement | null {
    return this.body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary") ?? null;
  }

  /** Lines with errors are put aside and the others tried again, so that all errors are found. True: try again. */
  private async attempt(): Promise<boolean> {
    const rows = rowsFor(this.lines, new Set(this.errors.keys()));
    if (rows.length === 0) return false;
    try {
      this.answer = await this.parts.commands.tryAdd(this.parts.target, rows);
      this.codes = codesOf(rows, this.answer);
      return false;
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      if (error instanceof Problem && this.take(error)) return true;
      this.failure = error.message;
      return false;
    }
  }

  /** Keep what is wrong with which cell; false when the problem names no line of the block. */
  private take(problem: Problem): boolean {
    const before = this.errors.size;
    for (const { key, field, detail } of problem.errors) {
      const line = this.lines.find((one) => one.id === key)?.line;
      if (line === undefined) continue;
      const known = this.errors.get(line) ?? new Map<string, string>();
      this.errors.set(line, known.set(field === "name" ? "description" : field, detail));
    }
    return this.errors.size > before;
  }

  private choose(at: number, field: string): void {
    const wanted = PASTE_FIELDS.find((one) => one === field) ?? null;
    this.fields = this.fields.map((old, place) => (place === at ? wanted : old === wanted ? null : old));
    void this.read();
  }

  private get writable(): boolean {
    return this.answer !== null && !this.reading && (this.skip || this.errors.size === 0);
  }

  private draw(): void {
    if (this.button) this.button.disabled = !this.writable;
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
    if (this.reading) return html`<p class="boq-note" role="status">${texts.paste.reading}</p>`;
    const became = (what: Became): string =>
      formatCount(this.lines.filter((one) => one.became === what && !this.errors.has(one.line)).length, language);
    const total = this.answer?.totals;
    const lower = total && !total.complete ? "≥\u00a0" : "";
    return html`<div class="cluster" role="status">
      <span>${texts.paste.ok(became("item"), became("section"))}</span>
      ${this.errors.size > 0 ? this.errorChoices() : nothing}
      <span class="spacer"></span>
      ${total
        ? html`<span class="muted">${texts.paste.total}</span>
            <span class="figures">${lower}Rp ${formatRupiah(total.rounded_total, language)}</span>`
        : nothing}
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
    return html`<span class="tag tag-bad">${texts.paste.errors(formatCount(this.errors.size, language))}</span>
      ${check(this.skip, texts.paste.skip, (on) => (this.skip = on))}
      ${check(this.onlyErrors, texts.paste.onlyErrors, (on) => (this.onlyErrors = on))}`;
  }

  private table(): unknown {
    const { texts, language } = this.parts;
    const shown = this.onlyErrors ? this.lines.filter((one) => this.errors.has(one.line)) : this.lines;
    return html`<table class="table boq-paste-table">
        <thead>
          <tr>
            <th scope="col">${texts.paste.line}</th>
            <th scope="col">${texts.paste.becomes}</th>
            ${this.fields.map((field, at) => this.columnChoice(field, at))}
          </tr>
        </thead>
        <tbody>
          ${shown.slice(0, SHOWN).map((one) => this.line(one))}
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

  private line({ line, became, id, inside }: PastedLine): unknown {
    const { texts } = this.parts;
    const wrong = this.errors.get(line) ?? new Map<string, string>();
    const elsewhere = [...wrong].filter(([field]) => !this.fields.includes(field as Field)).map(([, text]) => text);
    return html`<tr class=${`is-${became}`} data-inside=${inside === null ? nothing : ""}>
      <th scope="row" class="numeric">${line + 1 + (this.header ? 1 : 0)}</th>
      <td>
        ${texts.paste[became]} ${this.found(id)} ${elsewhere.map((text) => html`<span class="boq-wrong">${text}</span>`)}
      </td>
      ${(this.cells[line] ?? []).map((text, at) => this.cell(text, this.fields[at] ?? null, wrong))}
    </tr>`;
  }

  /** The code of the analysis that the server found for a line. */
  private found(id: string): unknown {
    const code = this.codes.get(id);
    return code === undefined ? nothing : html`<span class="meta muted">${code}</span>`;
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

/** Codes of the analyses that tried rows were given, by the ids of the rows. */
function codesOf(rows: readonly NewRow[], answer: Answer): Map<string, string> {
  const keys = madeKeys(answer);
  const ids = new Map(rows.map(({ id }, at) => [keys[at] ?? "", id]));
  const found = new Map<string, string>();
  for (const row of answer.rows) {
    const id = ids.get(row.key);
    if (id !== undefined && (row["analysis"] ?? row["own"] ?? null) !== null) found.set(id, String(row["code"]));
  }
  return found;
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

