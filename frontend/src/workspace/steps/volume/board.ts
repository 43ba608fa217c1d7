/** The step at work: items and parameters beside the sheet of the item that is chosen. */

import { html, nothing, render } from "lit-html";

import type { Workspace } from "../../context";
import { formatCount, formatQuantity } from "../../numbers";
import type { Key } from "../../wire";
import { FormulaBar } from "./bar";
import { VolumeCommands } from "./commands";
import { VolumeData } from "./data";
import { download } from "./downloads";
import { Items, SOURCES, type Source } from "./items";
import { Parameters } from "./parameters";
import { SheetBoard } from "./sheet";
import { volumeTexts, type VolumeTexts } from "./texts";

const SHOWN: Readonly<Record<Source, "showNone" | "showSheet" | "showFormula" | "showNumber">> = {
  none: "showNone",
  sheet: "showSheet",
  formula: "showFormula",
  number: "showNumber",
};

/** Where the panes are pages, the one that is shown. */
type Page = "items" | "sheet" | "parameters";
const PAGES: readonly Page[] = ["items", "sheet", "parameters"];

export class VolumeBoard {
  private readonly texts: VolumeTexts;
  private readonly data: VolumeData;
  private readonly items: Items;
  private readonly sheet: SheetBoard;
  private readonly parameters: Parameters;
  private readonly bar: FormulaBar;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private readonly head: HTMLElement;
  private readonly stops: (() => void)[] = [];
  private item: Key | null = null;
  private page: Page = "items";
  /** What is wrong with the cell that is active. */
  private fault = "";

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = volumeTexts[workspace.language];
    this.data = new VolumeData(workspace);
    const commands = new VolumeCommands(workspace);
    this.toolbar.className = "toolbar volume-toolbar";
    this.body.className = "volume-body";
    host.append(this.toolbar, this.body);
    const [items, parameters, main] = ["volume-items", "volume-parameters", "volume-main"].map((name) => this.place(name));
    const [head, bar, sheet] = ["volume-head", "volume-bar", "volume-sheet"].map((name) => part(main!, name));
    this.head = head!;
    this.parameters = new Parameters(parameters!, workspace, commands, this.data, this.texts);
    this.sheet = new SheetBoard(sheet!, workspace, commands, this.data, this.texts, () => this.showBar());
    this.bar = new FormulaBar(
      bar!,
      this.texts,
      (cell, text) => this.sheet.type(cell, text),
      () => this.sheet.focus(),
    );
    this.items = new Items(items!, workspace, commands, this.texts, (key) => this.choose(key));
    this.listen(host);
    this.turn(this.wanted ? "sheet" : "items");
    this.items.choose(this.wanted);
    this.items.focus();
    this.draw();
  }

  private place(name: string): HTMLElement {
    return part(this.body, name);
  }

  private listen(host: HTMLElement): void {
    const { store } = this.workspace;
    const key = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== "PageDown" && event.key !== "PageUp")) return;
      event.preventDefault();
      this.items.step(event.key === "PageDown" ? 1 : -1);
    };
    host.addEventListener("keydown", key);
    this.stops.push(
      () => host.removeEventListener("keydown", key),
      this.data.topics.on("sheet", () => this.draw()),
      store.on(["rows", "order", "settings", "head"], () => this.draw()),
      this.workspace.router.on(() => {
        if (this.workspace.router.place.step === "volume" && this.wanted) this.items.choose(this.wanted);
      }),
    );
  }

  /** The item that the address names. */
  private get wanted(): Key | null {
    return this.workspace.router.place.params["item"] ?? null;
  }

  private choose(key: Key | null): void {
    if (key === null || key === this.item) return;
    this.item = key;
    this.workspace.store.select([key], "quantity");
    this.workspace.router.adjust({ item: key });
    this.data.open(key);
    this.sheet.open(key);
    this.draw();
  }

  private turn(page: Page): void {
    this.page = page;
    this.body.dataset["page"] = this.toolbar.dataset["page"] = page;
    this.drawToolbar();
  }

  private showBar(): void {
    const tag = this.data.sheet?.tag;
    const cell = this.sheet?.active ?? null;
    this.bar?.show({ cell, reference: tag === undefined ? "" : `v${tag}`, mayWrite: this.workspace.may("write") });
    if (this.fault !== (cell?.fault ?? "")) {
      this.fault = cell?.fault ?? "";
      this.drawHead();
    }
  }

  private draw(): void {
    this.drawToolbar();
    this.drawHead();
    this.showBar();
  }

  private drawToolbar(): void {
    const { texts } = this;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.items.narrow({ source: SOURCES.find((source) => source === value) ?? null });
    };
    render(
      html`<div class="segmented only-narrow" role="group">${PAGES.map((page) => this.tab(page))}</div>
        <input
          class="input volume-filter"
          type="search"
          aria-label=${texts.filterWords}
          placeholder=${texts.filterWords}
          @input=${(event: Event) => this.items.narrow({ words: (event.target as HTMLInputElement).value })}
        />
        <select class="input volume-show" aria-label=${texts.show} @change=${choose}>
          <option value="">${texts.showAll}</option>
          ${SOURCES.map((source) => html`<option value=${source}>${texts[SHOWN[source]]}</option>`)}
        </select>
        <span class="spacer"></span>
        ${this.downloads()}`,
      this.toolbar,
    );
  }

  private tab(page: Page): unknown {
    return html`<button type="button" aria-pressed=${page === this.page ? "true" : "false"} @click=${() => this.turn(page)}>
      ${this.texts[page]}
    </button>`;
  }

  private downloads(): unknown {
    const { texts, workspace } = this;
    const item = (format: string, text: string, ending: string): unknown => html`<button
      type="button"
      class="menu-item"
      @click=${() => void download(workspace, format)}
    >
      <span class="grow">${text}</span><span class="meta">${ending}</span>
    </button>`;
    return html`<details class="menu menu-end">
      <summary class="button" role="button">${texts.download}</summary>
      <div class="menu-panel">
        ${item("takeoff.xlsx", texts.downloadXlsx, "XLSX")} ${item("takeoff.pdf", texts.downloadPdf, "PDF")}
      </div>
    </details>`;
  }

  private drawHead(): void {
    const { texts, workspace } = this;
    const row = this.item === null ? undefined : workspace.store.bill.row(this.item);
    if (!row) {
      const text = workspace.store.bill.size > 0 ? texts.chooseItem : texts.noItems;
      render(html`<p class="muted">${text}</p>`, this.head);
      return;
    }
    const { quantity, unit, description } = row.values;
    const uses = this.data.sheet?.use_count ?? 0;
    const value = typeof quantity === "string" ? formatQuantity(quantity, workspace.language) : texts.sources.none;
    const users = this.data.sheet?.uses.map(({ label }) => label).join("; ");
    render(
      html`<div class="volume-title">
          <h2>${this.items.numberOf(row.key)} ${String(description ?? "")}</h2>
          <p class="volume-figure figures">${value} <span class="meta muted">${String(unit ?? "")}</span></p>
        </div>
        <p class="meta muted volume-note">
          ${this.note()}
          ${uses > 0
            ? html`<span title=${users ?? nothing}>${texts.usedBy(formatCount(uses, workspace.language))}</span>`
            : nothing}
        </p>`,
      this.head,
    );
  }

  /** What stands in the way of a quantity, else where it is from as long as it is not the sheet. */
  private note(): unknown {
    const { texts } = this;
    const { sheet } = this.data;
    if (this.fault) return html`<span class="volume-issue" role="status">${this.fault}</span>`;
    if (!sheet) return nothing;
    const [issue] = sheet.issues;
    if (issue) return html`<span class="volume-issue">${issue.text}</span>`;
    if (sheet.lines.length > 0) return html`<span>${texts.reference(`v${sheet.tag}`)}</span>`;
    if (sheet.formula) return html`<code>=${sheet.formula}</code> <span>${texts.formulaHere}</span>`;
    return html`<span>${sheet.quantity === null ? texts.noQuantity : texts.typedHere}</span>`;
  }

  leave(): void {
    this.stops.forEach((stop) => stop());
    for (const one of [this.items, this.sheet, this.parameters, this.data]) one.leave();
  }
}

function part(host: HTMLElement, name: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  host.append(made);
  return made;
}
