/** A price list before it is written: what each row becomes, what is missing, and what the total would be. */

import { html, nothing, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { formatCount, formatRupiah } from "../../numbers";
import type { NewConversion } from "./acts";
import { listTable } from "./list-table";
import {
  type ColumnField,
  type Default,
  DEFAULTS,
  type Notation,
  NOTATIONS,
  type PasteArguments,
  type PasteResult,
  pasteValues,
  type PriceFile,
  sendFile,
  toneOf,
  type What,
} from "./list-wire";
import { type PasteTexts, pasteTexts } from "./paste-texts";
import { keyOf } from "./rows";

export interface List {
  readonly rows: readonly (readonly string[])[];
  readonly columns?: readonly string[];
  /** The file it is from, to be read again with another sheet. */
  readonly file?: { readonly file: File; readonly read: PriceFile };
}

const PAUSE = 250;
const NAMES = 6;

/** What to write, or null when the person leaves it; how many prices that are. */
export async function previewList(workspace: Workspace, list: List): Promise<{ values: PasteArguments; count: number } | null> {
  const dialog = new ListDialog(workspace, list);
  const { texts } = dialog;
  const answer = ask<boolean>(texts.title, dialog.body, [{ value: true, label: texts.writeNone, primary: true }], true);
  dialog.start();
  return (await answer) ? { values: dialog.values, count: dialog.writable } : null;
}

class ListDialog {
  readonly body = document.createElement("div");
  readonly texts: PasteTexts;
  private rows: readonly (readonly string[])[];
  private columns: readonly string[] | undefined;
  private file: List["file"];
  private readonly sheets: readonly string[];
  private notation: Notation = "auto";
  private told: Partial<Record<Default, string>> = {};
  private readonly factors = new Map<string, NewConversion>();
  private readonly without = new Set<number>();
  private onlyOpen = false;
  private result: PasteResult | null = null;
  private total: { before: string; after: string; bounds: readonly [before: boolean, after: boolean] } | null = null;
  private failure = "";
  private asked = 0;
  private timer = 0;

  constructor(
    private readonly workspace: Workspace,
    list: List,
  ) {
    this.texts = pasteTexts[workspace.language];
    this.rows = list.rows;
    this.columns = list.columns;
    this.file = list.file;
    if (list.file) this.told = { source: list.file.read.file };
    this.sheets = list.file ? [list.file.read.sheet, ...list.file.read.sheets] : [];
    this.body.className = "price-list";
  }

  get values(): PasteArguments {
    const conversions = [...this.factors.values()].filter((one) => one.factor.trim() !== "");
    return {
      rows: this.rows,
      ...(this.columns ? { columns: this.columns } : {}),
      notation: this.notation,
      version: this.workspace.store.revision,
      without: [...this.without],
      conversions,
      told: this.told,
    };
  }

  get writable(): number {
    return (this.result?.counts.writes ?? 0) + (this.result?.counts.converts ?? 0);
  }

  start(): void {
    this.draw();
    if (this.rows.length > 0) void this.read();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.read(), PAUSE);
  }

  /** The act itself, taken back: what it would do is what it does. */
  private async read(): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    const before = this.workspace.store.totals;
    try {
      const answer = await this.workspace.queue.preview("prices.paste", pasteValues(this.values));
      if (asked !== this.asked) return;
      this.failure = "";
      // Rows that are left out stay in sight, to be taken in again.
      this.result = this.keepLeftOut(answer.result as unknown as PasteResult);
      const { totals } = answer;
      const bounds = [before?.complete === false, !totals.complete] as const;
      this.total = before ? { before: before.rounded_total, after: totals.rounded_total, bounds } : null;
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      if (asked !== this.asked) return;
      this.failure = (error instanceof Problem ? error.errors[0]?.detail : undefined) ?? error.message;
    }
    this.draw();
  }

  private keepLeftOut(result: PasteResult): PasteResult {
    const left = (this.result?.rows ?? []).filter(([number]) => this.without.has(number));
    const rows = [...result.rows, ...left].sort(([a], [b]) => a - b);
    return { ...result, rows };
  }

  private async readSheet(sheet: string): Promise<void> {
    if (!this.file) return;
    try {
      const read = await sendFile(this.workspace, this.file.file, sheet);
      this.file = { ...this.file, read };
      this.rows = read.rows;
      this.columns = read.columns;
      this.without.clear();
      this.result = null;
      this.draw();
      if (read.rows.length > 0) await this.read();
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      this.failure = error.message;
      this.draw();
    }
  }

  private draw(): void {
    const { texts, workspace } = this;
    const button = this.body.closest("dialog")?.querySelector<HTMLButtonElement>(".work-dialog-actions .button-primary");
    if (button) {
      button.disabled = this.writable === 0 || this.failure !== "";
      button.textContent = this.writable > 0 ? texts.write(formatCount(this.writable, workspace.language)) : texts.writeNone;
    }
    render(
      html`${this.origin()} ${this.choices()}
        ${this.failure ? html`<p class="errors" role="alert">${this.failure}</p>` : this.summary()} ${this.table()}`,
      this.body,
    );
  }

  private origin(): unknown {
    const { texts, file, workspace } = this;
    const { language } = workspace;
    if (!file) return html`<p class="muted">${texts.lede(formatCount(this.result?.rows.length ?? 0, language))}</p>`;
    const { read } = file;
    const { sheets } = this;
    return html`<p class="muted">
      <strong>${texts.file(read.file, sheets.length > 1 ? "" : read.sheet)}</strong>
      ${sheets.length > 1
        ? html`<select
            class="input price-sheet"
            aria-label=${texts.sheet}
            @change=${(event: Event) => void this.readSheet((event.target as HTMLSelectElement).value)}
          >
            ${sheets.map((name) => html`<option value=${name} .selected=${name === read.sheet}>${name}</option>`)}
          </select>`
        : nothing}
      ${texts.fileRows(formatCount(read.priced, language), formatCount(read.unknown, language))}
    </p>`;
  }

  private choices(): unknown {
    const { texts } = this;
    const choose = (event: Event): void => {
      this.notation = NOTATIONS.find((one) => one === (event.target as HTMLSelectElement).value) ?? "auto";
      void this.read();
    };
    return html`<div class="price-list-choices">
      <label class="field"
        ><span>${texts.notation}</span
        ><select class="input" @change=${choose}>
          ${NOTATIONS.map((one) => html`<option value=${one} .selected=${one === this.notation}>${texts.notations[one]}</option>`)}
        </select></label
      >
      ${DEFAULTS.map((name) => this.defaultField(name))}
    </div>`;
  }

  private defaultField(name: Default): unknown {
    const { texts } = this;
    const typed = (event: Event): void => {
      this.told = { ...this.told, [name]: (event.target as HTMLInputElement).value };
      if (name === "dated") this.later();
    };
    return html`<label class="field" title=${texts.defaults}
      ><span>${texts.fields[name]}</span
      ><input class="input" autocomplete="off" .value=${this.told[name] ?? ""} @input=${typed}
    /></label>`;
  }

  private summary(): unknown {
    const { texts, result, workspace } = this;
    if (!result) return html`<p class="muted" role="status">${this.rows.length > 0 ? texts.reading : this.nothing()}</p>`;
    const { language } = workspace;
    const kinds = (Object.entries(result.counts) as [What, number][]).filter(([, count]) => count > 0);
    const known = ["resource", "unit", "price"].every((one) => result.columns.includes(one));
    return html`<div class="cluster" role="status">
        ${kinds.map(
          ([what, count]) =>
            html`<span class=${`tag ${toneOf(what)}`}>${texts.counted(formatCount(count, language), texts.what[what])}</span>`,
        )}
        <span class="spacer"></span>
        ${this.effect()}
        <label class="check"
          ><input
            type="checkbox"
            .checked=${this.onlyOpen}
            @change=${(event: Event) => {
              this.onlyOpen = (event.target as HTMLInputElement).checked;
              this.draw();
            }}
          />${texts.onlyOpen}</label
        >
      </div>
      ${known ? nothing : html`<p class="errors">${texts.noColumns}</p>`}`;
  }

  /** No row is of the project: the first names of the file say what it is about. */
  private nothing(): string {
    const names = this.file?.read.unknown_names.slice(0, NAMES).join(", ") ?? "";
    return names ? this.texts.nothingOurs(names) : this.texts.nothing;
  }

  private effect(): unknown {
    const { total, texts, workspace } = this;
    if (!total || total.before === total.after) return nothing;
    const [was, is] = total.bounds;
    const rupiah = (value: string, lower: boolean): string =>
      `${lower ? "≥\u00a0" : ""}Rp\u00a0${formatRupiah(value, workspace.language)}`;
    return html`<span class="figures">${texts.effect} ${rupiah(total.before, was)} → ${rupiah(total.after, is)}</span>`;
  }

  private table(): unknown {
    const { result } = this;
    if (!result) return nothing;
    return listTable({
      texts: this.texts,
      language: this.workspace.language,
      rows: this.rows,
      result,
      columns: this.columns ?? result.columns,
      fixedColumns: this.file !== undefined,
      onlyOpen: this.onlyOpen,
      without: this.without,
      factor: (resource, from) => this.factors.get(`${keyOf(resource)} ${from}`)?.factor ?? "",
      setFactor: (resource, from, factor) => {
        const { name, unit } = resource;
        this.factors.set(`${keyOf(resource)} ${from}`, { name, from_unit: from, to_unit: unit, factor });
        this.later();
      },
      take: (number, on) => {
        if (on) this.without.delete(number);
        else this.without.add(number);
        void this.read();
      },
      choose: (at, field) => this.chooseColumn(at, field),
    });
  }

  private chooseColumn(at: number, field: ColumnField | ""): void {
    const known = this.columns ?? this.result?.columns ?? [];
    this.columns = known.map((old, place) => (place === at ? field : old === field ? "" : old));
    void this.read();
  }
}
