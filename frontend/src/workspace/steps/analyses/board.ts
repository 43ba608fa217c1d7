/** The step at work: the list of analyses beside the one that is open. */

import { html, render } from "lit-html";

import type { Workspace } from "../../context";
import type { Answer } from "../../wire";
import { AnalysesCommands, madeCode } from "./commands";
import { AnalysesData } from "./data";
import { askHead, askLine } from "./dialogs";
import { Head, type HeadActs } from "./head";
import { List, ONE_PANE, SHOWS, namedOf, type Show } from "./list";
import { askReplace } from "./replace";
import { SheetBoard } from "./sheet";
import { analysesTexts, type AnalysesTexts } from "./texts";
import { takingKey } from "./taking";
import type { Analysis, Line, Listed } from "./wire";

/** Where the panes are pages: what is chosen in the list is looked at next. */

export class AnalysesBoard {
  private readonly texts: AnalysesTexts;
  private readonly commands: AnalysesCommands;
  private readonly data: AnalysesData;
  private readonly list: List;
  private readonly sheet: SheetBoard;
  private readonly head: Head;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private readonly stops: (() => void)[] = [];
  /** What the address named before the list was here. */
  private wanted: string | null;
  private telling = 0;

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = analysesTexts[workspace.language];
    this.commands = new AnalysesCommands(workspace);
    this.data = new AnalysesData(workspace);
    this.wanted = this.asked;
    this.toolbar.className = "toolbar analyses-toolbar";
    this.body.className = "analyses-body";
    host.append(this.toolbar, this.body);
    const [list, main] = ["analyses-list", "analyses-main"].map((name) => part(this.body, name));
    const [head, sheet] = ["analysis-head", "analysis-sheet"].map((name) => part(main!, name));
    const { commands, data, texts } = this;
    this.sheet = new SheetBoard(sheet!, workspace, commands, data, texts, (line) => this.looked(line));
    this.head = new Head(head!, workspace, texts, this.sheet.reader, this.acts());
    this.list = new List(list!, workspace, commands, data, texts, (row) => this.choose(row));
    this.listen(host);
    this.turn(this.wanted ? "sheet" : "list");
    this.drawToolbar();
    this.draw();
  }

  private get asked(): string | null {
    return this.workspace.router.place.params["open"] ?? null;
  }

  private listen(host: HTMLElement): void {
    const { data, workspace } = this;
    const key = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== "PageDown" && event.key !== "PageUp")) return;
      event.preventDefault();
      this.list.step(event.key === "PageDown" ? 1 : -1);
    };
    host.addEventListener("keydown", key);
    const tapped = (event: Event): void => {
      if (matchMedia(ONE_PANE).matches && event.target instanceof Element && event.target.closest(".grid-cell")) this.turn("sheet");
    };
    const list = this.body.querySelector(".analyses-list");
    list?.addEventListener("click", tapped);
    this.stops.push(
      () => host.removeEventListener("keydown", key),
      () => list?.removeEventListener("click", tapped),
      data.topics.on("list", () => this.listed()),
      data.topics.on("analysis", () => this.draw()),
      data.topics.on("gone", () => this.list.choose(null)),
      workspace.store.on("head", () => this.draw()),
      workspace.router.on(({ step }) => {
        if (step === "analyses" && this.asked && this.asked !== data.named) this.open(this.asked);
      }),
    );
  }

  /** The list is here or has changed: stand where the address says, or where one stood. */
  private listed(): void {
    if (this.data.named !== null && this.wanted === null) return;
    const wanted = this.wanted;
    this.wanted = null;
    if (wanted !== null && !this.data.list.some((row) => row.key === wanted || row.code === wanted)) this.data.open(wanted);
    else this.list.choose(wanted);
  }

  private choose(row: Listed | null): void {
    if (row === null || this.wanted !== null) return;
    const named = namedOf(row);
    if (named === this.data.named) return;
    this.data.open(named);
    this.workspace.router.adjust({ open: row.code });
  }

  private open(named: string): void {
    const there = this.data.list.some((row) => row.key === named || row.code === named);
    if (there) this.list.choose(named);
    else this.data.open(named);
    this.turn("sheet");
  }

  private showUses(): void {
    const key = takingKey(this.data.analysis, null);
    if (key) this.workspace.store.select([key]);
    this.workspace.inspector.open("uses");
  }

  /** Where the panes are pages, the one that is shown. */
  private turn(page: "list" | "sheet"): void {
    this.body.dataset["page"] = this.toolbar.dataset["page"] = page;
  }

  private looked(line: Line | null): void {
    this.draw();
    const { analysis } = this.data;
    const key = takingKey(analysis, line);
    if (key) this.workspace.store.select([key]);
    // Behind what the selection tells by itself: a line is no row of the bill.
    clearTimeout(this.telling);
    this.telling = window.setTimeout(() => this.workspace.live.at("analyses", this.sheet.cell));
  }

  private draw(): void {
    this.head?.draw(this.data.analysis, this.sheet?.lines ?? []);
  }

  private drawToolbar(): void {
    const { texts, list, workspace } = this;
    const show = (event: Event): void => list.narrow({ show: (event.target as HTMLSelectElement).value as Show });
    const words = (event: Event): void => list.narrow({ words: (event.target as HTMLInputElement).value });
    render(
      html`<input
          class="input volume-filter"
          type="search"
          aria-label=${texts.filterWords}
          placeholder=${texts.filterWords}
          @input=${words}
        />
        <select class="input volume-show" aria-label=${texts.show} @change=${show}>
          ${SHOWS.map((name) => html`<option value=${name}>${texts.shows[name]}</option>`)}
        </select>
        <button type="button" class="button only-narrow" @click=${() => this.turn("sheet")}>${texts.sheet}</button>
        <span class="spacer"></span>
        ${workspace.may("write")
          ? html`<button type="button" class="button" @click=${() => void this.add()}>${texts.newAnalysis}</button>`
          : ""}`,
      this.toolbar,
    );
  }

  private async add(): Promise<void> {
    const values = await askHead(this.texts, this.texts.newAnalysis, null);
    if (!values) return;
    this.opened(await this.commands.add(values, this.texts.acts.add(values.code || values.name || "")));
  }

  /** Stand in what an answer made, once the list has it. */
  private opened(answer: Answer | null): void {
    const code = madeCode(answer);
    if (code === null) return;
    this.wanted = code;
    this.turn("sheet");
    void this.data.readList();
  }

  private acts(): HeadActs {
    const { commands, texts } = this;
    const own = (act: (key: string, analysis: Analysis) => unknown): void => {
      const { analysis } = this.data;
      if (analysis?.key) void act(analysis.key, analysis);
    };
    return {
      modify: (all) => void this.modify(all),
      addLine: (sort) =>
        own(async (key, analysis) => {
          const line = await askLine(texts, sort, analysis);
          if (line) await commands.addLines(key, [line], texts.acts.lines("1"));
        }),
      resetLines: (lines) => own((key, { code }) => commands.reset(key, texts.acts.reset(code), some(lines))),
      resetAll: () => own((key, { code }) => commands.reset(key, texts.acts.reset(code))),
      giveUp: () =>
        own(async (key, { code, reference }) => {
          this.wanted = reference?.code ?? null;
          if (!(await commands.giveUp(key, texts.acts.giveUp(code)))) this.wanted = null;
        }),
      rename: () => own((key, analysis) => this.rename(key, analysis)),
      remove: () => own((key, { code }) => commands.remove([key], texts.acts.remove(code))),
      replace: () => void this.replace(),
      open: (named) => this.open(named),
      uses: () => this.showUses(),
      back: () => this.turn("list"),
    };
  }

  private async modify(all: boolean): Promise<void> {
    const { analysis } = this.data;
    if (!analysis) return;
    const label = this.texts.acts.modify(analysis.code);
    this.opened(await this.commands.modify(analysis.code, label, all ? undefined : []));
    this.sheet.focus();
  }

  private async rename(key: string, { code, name, unit, note, version }: Analysis): Promise<void> {
    const values = await askHead(this.texts, this.texts.rename, { code, name, unit, note });
    if (values) await this.commands.rename(key, version, values, this.texts.acts.rename(code));
  }

  private async replace(): Promise<void> {
    const { line } = this.sheet;
    const { group_kind: kind, name, unit } = line ?? { group_kind: "", name: "", unit: "" };
    const from = line?.line_kind === "resource" && kind !== "" ? { kind, name, unit } : null;
    const wanted = await askReplace(this.workspace, this.commands, this.texts, this.data.analysis, from);
    if (wanted) await this.commands.replace(wanted, this.texts.acts.replace(wanted.old.name));
  }

  leave(): void {
    clearTimeout(this.telling);
    this.stops.forEach((stop) => stop());
    for (const one of [this.list, this.sheet, this.data]) one.leave();
  }
}

/** What to reset of these lines: own ones by key, those that are gone by their position in the reference. */
function some(lines: readonly Line[]): { lines: string[]; positions: number[] } {
  const gone = lines.filter((line) => line.change === "removed");
  return {
    lines: lines.flatMap(({ key }) => (key === null ? [] : [key])),
    positions: gone.flatMap(({ reference_position: position }) => (position === null ? [] : [position])),
  };
}

function part(host: HTMLElement, name: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  host.append(made);
  return made;
}
