/** The step at work: prices in a grid, kept in step with the server. */

import { html, nothing, render } from "lit-html";

import { presenceMarks } from "../../company";
import type { Workspace } from "../../context";
import { createGrid, type Grid, type GridSelection, type Paste } from "../../grid";
import { redo, undo } from "../../shortcuts";
import { Acts } from "./acts";
import { forPhone, PriceColumns } from "./columns";
import { showConversions } from "./conversions-dialog";
import { Effect } from "./effect";
import { ALL, counts, type Filter, isShow, lacksPrice, Standing } from "./filters";
import { askForFile, askForList, bringIn } from "./list-dialogs";
import { CellMarks } from "./marks";
import { askPurchase } from "./purchase-dialog";
import { fieldOf, Reader } from "./reader";
import type { PriceRow } from "./rows";
import { type Prices, usePrices } from "./source";
import { type PriceTexts, priceTexts } from "./texts";
import { Toolbar } from "./toolbar";
import { WhatIf } from "./what-if";

const NARROW = 720;

export class Board {
  private begun = false;
  private readonly texts: PriceTexts;
  private readonly prices: Prices;
  private readonly acts: Acts;
  private readonly toolbar: Toolbar;
  private readonly grid: Grid<PriceRow>;
  private readonly marks: CellMarks;
  private readonly place = document.createElement("div");
  private readonly supposing = document.createElement("div");
  private readonly notice = document.createElement("div");
  private readonly stops: (() => void)[] = [];
  private filter: Filter = ALL;
  /** Rows stay where they are while one works on them: a price that is typed does not jump away. */
  private readonly standing = new Standing();
  private whatIf: WhatIf | null = null;

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    const { language, store } = workspace;
    this.texts = priceTexts[language];
    const { prices, leave } = usePrices(workspace);
    this.prices = prices;
    this.acts = new Acts(workspace, prices, this.texts);
    const bar = document.createElement("div");
    this.place.className = "price-grid";
    this.supposing.hidden = true;
    host.append(bar, this.supposing, this.place);
    this.toolbar = new Toolbar(bar, this.texts, language, this.toolbarActs());
    this.grid = this.makeGrid();
    this.notice.className = "price-notice";
    this.place.append(this.notice);
    this.marks = new CellMarks(this.grid, store, prices);
    const effect = new Effect(workspace, prices, this.acts, this.grid, this.texts.ifSaved);
    this.stops.push(leave, () => effect.destroy());
    this.listen();
    this.route();
    this.taken();
  }

  private get mayWrite(): boolean {
    return this.workspace.may("write");
  }

  private makeGrid(): Grid<PriceRow> {
    const { workspace, texts, prices } = this;
    const reader = new Reader(workspace.store, texts, workspace.language);
    const oldAfter = (): number => prices.body?.old_after_days ?? 0;
    const columns = new PriceColumns({ reader, oldAfter, mayWrite: () => this.mayWrite }).all();
    const narrow = window.innerWidth < NARROW;
    return createGrid<PriceRow>(this.place, {
      columns: narrow ? columns.map(forPhone) : columns,
      rows: [],
      keyOf: (row) => row.key,
      label: texts.grid,
      language: workspace.language,
      remember: narrow ? "prices-phone" : "prices",
      frozen: narrow ? 1 : 3,
      readOnly: !this.mayWrite,
      empty: texts.nothingMatches,
      toneOf: (row) => (lacksPrice(row) ? "is-lacking" : ""),
      onEdit: (edits, cause) => this.acts.edit(edits, cause, (row, unit) => void this.purchase(row, unit)),
      onPaste: (paste) => this.paste(paste),
      onSelect: (selection) => this.selected(selection),
      onUndo: () => void undo(workspace),
      onRedo: () => void redo(workspace),
      onKey: (event) => this.key(event),
      onRefuse: (message) => workspace.toast(message, "error"),
    });
  }

  private listen(): void {
    const { store, router, live } = this.workspace;
    this.stops.push(
      this.prices.topics.on("prices", () => this.taken()),
      store.on("cells", () => {
        this.marks.pending();
        this.grid.refresh();
      }),
      store.on(["settings", "head"], () => {
        this.grid.setReadOnly(!this.mayWrite);
        this.drawToolbar();
      }),
      router.on(() => this.route()),
      live.onPresence(() => this.grid.setPresence(presenceMarks(this.workspace, "prices"))),
    );
  }

  /** "3 missing" beside the step leads here. */
  private route(): void {
    const { step, params } = this.workspace.router.place;
    if (step !== "prices") return;
    const wanted = params["show"];
    this.filter = { ...this.filter, show: isShow(wanted) ? wanted : null };
    this.standing.forget();
    this.show();
  }

  /**
   * What came before the bill was last changed is not shown to begin with: rows that move when the rest comes would
   * take a price meant for another. Once the work has begun, the list only ever follows it.
   */
  private get ready(): boolean {
    const { body, failure } = this.prices;
    return this.begun || failure !== null || (body !== null && body.revision >= this.workspace.store.revision);
  }

  /** The server told prices, or that it could not. */
  private taken(): void {
    if (!this.begun) this.standing.forget();
    this.grid.setBusy(!this.ready);
    this.show();
    this.marks.pending();
    this.marks.others();
    if (!this.begun && this.ready && this.prices.rows.length > 0) this.begin();
  }

  /** Where the work is: the first price that is missing. */
  private begin(): void {
    this.begun = true;
    const [row] = this.visible;
    if (!row) return;
    this.grid.select(row.key, "recorded");
    this.grid.focus();
  }

  private get visible(): readonly PriceRow[] {
    return this.standing.rows(this.prices.rows, this.filter);
  }

  private show(): void {
    this.grid.setRows(this.ready ? this.visible : []);
    this.drawNotice();
    this.drawToolbar();
  }

  private drawNotice(): void {
    const { prices, texts, workspace, ready } = this;
    this.notice.hidden = ready && prices.rows.length > 0;
    if (!ready || prices.body === null) {
      const words = prices.failure === null ? texts.loading : `${texts.notLoaded}. ${prices.failure || texts.offline}`;
      render(html`<p class="empty empty-small" role="status">${words}</p>`, this.notice);
    } else if (prices.rows.length === 0) {
      const toBill = html`<a class="button button-primary" href=${workspace.router.address("boq")}>${texts.toBill}</a>`;
      render(
        html`<div class="empty"><h2>${texts.emptyTitle}</h2><p>${texts.emptyText}</p><div class="button-group">${toBill}</div></div>`,
        this.notice,
      );
    } else render(nothing, this.notice);
  }

  private get chosen(): PriceRow[] {
    return this.grid.selection().keys.flatMap((key) => this.prices.row(key) ?? []);
  }

  private drawToolbar(): void {
    const { chosen } = this;
    this.toolbar.draw({
      filter: this.filter,
      counts: counts(this.prices.rows),
      columns: this.grid.columns(),
      mayWrite: this.mayWrite,
      supposing: this.whatIf !== null,
      own: chosen.filter((row) => row.own).length,
      one: chosen.length === 1,
    });
  }

  private selected(selection: GridSelection): void {
    const { active } = selection;
    this.workspace.store.select(active ? [active.key] : [], active?.column ?? null);
    this.drawToolbar();
  }

  private setFilter(changes: Partial<Filter>): void {
    this.filter = { ...this.filter, ...changes };
    this.standing.forget();
    if ("show" in changes) this.workspace.router.adjust(this.filter.show ? { show: this.filter.show } : {});
    this.show();
  }

  private toolbarActs() {
    const { workspace, texts } = this;
    return {
      filter: (changes: Partial<Filter>) => this.setFilter(changes),
      column: (id: string, hidden: boolean) => {
        this.grid.setHidden(id, hidden);
        this.drawToolbar();
      },
      resetColumns: () => {
        this.grid.resetColumns();
        this.drawToolbar();
      },
      pasteList: () => void askForList(workspace, texts),
      importFile: () => askForFile(workspace, texts),
      conversions: () => void showConversions({ workspace, texts, acts: this.acts, prices: this.prices }),
      purchase: () => void this.purchase(this.chosen[0]),
      reset: () => this.acts.reset(this.grid.selection().keys),
      whatIf: () => this.toggleWhatIf(),
    };
  }

  private toggleWhatIf(): void {
    this.whatIf?.destroy();
    if (this.whatIf) this.whatIf = null;
    else {
      this.supposing.hidden = false;
      this.whatIf = new WhatIf(this.supposing, this.workspace, this.texts, () => this.toggleWhatIf());
    }
    this.drawToolbar();
  }

  private async purchase(row: PriceRow | undefined, unit = ""): Promise<void> {
    if (!row || !this.mayWrite) return;
    const { workspace, texts, acts, prices } = this;
    await askPurchase({ workspace, texts, acts, prices }, row, unit);
    this.grid.focus();
  }

  /** Numbers over numbers are an edit; a block with names is a list that is laid on the resources. */
  private paste(paste: Paste): void {
    const overCells = paste.columns.every((column) => fieldOf(column) !== null) && paste.keys.length === paste.cells.length;
    if (!overCells || paste.columns.length < (paste.cells[0]?.length ?? 0)) {
      void bringIn(this.workspace, this.texts, { rows: paste.cells });
      return;
    }
    const edits = paste.cells.flatMap((line, down) =>
      line.flatMap((text, right) => {
        const [key, column] = [paste.keys[down], paste.columns[right]];
        return key !== undefined && column !== undefined ? [{ key, column, text: text.trim() }] : [];
      }),
    );
    this.acts.edit(edits, "paste", () => undefined);
  }

  private key(event: KeyboardEvent): boolean {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const key = event.key.toLowerCase();
    if (control && key === "f") this.toolbar.focusFilter();
    else if (control && key === "u") void this.purchase(this.chosen[0]);
    else if (event.key === "F8") this.nextMissing();
    else return false;
    return true;
  }

  private nextMissing(): void {
    const rows = this.visible;
    const at = rows.findIndex((row) => row.key === this.grid.selection().active?.key);
    const next = [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find(lacksPrice);
    if (next) this.grid.select(next.key, "recorded");
  }

  leave(): void {
    this.grid.commit();
    this.whatIf?.destroy();
    this.stops.forEach((stop) => stop());
    this.grid.destroy();
  }
}
