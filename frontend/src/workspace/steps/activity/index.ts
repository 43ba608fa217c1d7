/** Activity: the change log with filters; who, what, before, after, when, and putting things back. */

import "../../../styles/workspace/log.css";
import "../../../styles/workspace/notes.css";

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import { Problem } from "../../api";
import type { Step, Workspace } from "../../context";
import { addressOf, restoreRow, undoChange } from "../../log/acting";
import { avatar, rowBlock } from "../../log/rows";
import { sample, said } from "../../log/sentences";
import { type LogTexts, logTexts } from "../../log/texts";
import type { Change, ChangePage, Person, RowOfChange } from "../../log/wire";
import { clock, longDay } from "../../moments";
import { Question } from "../../question";
import { speak } from "../../texts";
import { waiting } from "../../waiting";
import { chosenFilters, filterBar, type Filters, query, readFilters } from "./filters";
import { OpenNotes, views } from "./open-notes";
import { type ActivityTexts, activityTexts } from "./texts";
import { told } from "./told";
import { UnfoldedRows } from "./unfolded";

class ActivityStep {
  private readonly texts: ActivityTexts;
  private readonly words: LogTexts;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private changes: readonly Change[] = [];
  private next: string | null = null;
  private people: readonly Person[] = [];
  /** On a phone the filters are folded until they are asked for. */
  private showsFilters = false;
  /** What the list answers that is shown; null before the first. */
  private shown: string | null = null;
  private readonly rows: UnfoldedRows;
  private readonly notes: OpenNotes;
  private readonly question: Question;
  private readonly stops: (() => void)[];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(activityTexts, workspace.language);
    this.words = speak(logTexts, workspace.language);
    this.notes = new OpenNotes(workspace, this.texts, (error) => this.came(error));
    this.rows = new UnfoldedRows(workspace.api, this.words, workspace.language, (error) => this.came(error));
    this.question = new Question((signal) => this.read(signal), () => this.draw());
    this.toolbar.className = "toolbar log-toolbar";
    this.body.className = "work-scroll";
    host.append(this.toolbar, this.body);
    this.stops = [
      workspace.router.on(() => this.follow()),
      workspace.store.on("answer", () => this.question.soon()),
      workspace.live.onChange(() => this.question.soon()),
      workspace.store.on(["settings", "head", "comments"], () => this.draw()),
    ];
    this.follow();
    void this.learnPeople();
  }

  destroy(): void {
    this.question.stop();
    this.stops.forEach((stop) => stop());
  }

  private get filters(): Filters {
    return readFilters(this.workspace.router.place.params);
  }

  private get showsNotes(): boolean {
    return this.workspace.router.place.params["view"] === "notes";
  }

  /** What the address asks for. */
  private get asked(): string {
    return this.showsNotes ? "notes" : query(this.filters);
  }

  private set(change: Filters): void {
    const { router } = this.workspace;
    const wanted = Object.entries({ ...this.filters, ...change }).filter(([, value]) => value);
    router.go("activity", Object.fromEntries(wanted) as Record<string, string>);
  }

  private follow(): void {
    if (this.workspace.router.place.step !== "activity" || this.asked === this.shown) return;
    this.draw();
    void this.question.ask();
  }

  private async read(signal: AbortSignal): Promise<void> {
    const { asked } = this;
    if (this.showsNotes) await this.notes.load(signal);
    else await this.readChanges(asked, signal);
    this.shown = asked;
  }

  /** The latest changes; what was read further down stays where they reach down to it. */
  private async readChanges(asked: string, signal: AbortSignal): Promise<void> {
    const page = await this.workspace.api.get<ChangePage>(`changes/?${asked}`, signal);
    const oldest = page.results.at(-1)?.revision ?? 0;
    const reaches = asked === this.shown && this.changes.some((one) => one.revision === oldest);
    const below = reaches ? this.changes.filter((one) => one.revision < oldest) : [];
    this.changes = [...page.results, ...below];
    if (below.length === 0) this.next = page.next;
  }

  private async more(): Promise<void> {
    if (!this.next) return;
    try {
      const page = await this.workspace.api.get<ChangePage>(this.next);
      this.changes = [...this.changes, ...page.results];
      this.next = page.next;
      this.came();
    } catch (error) {
      this.came(error);
    }
  }

  /** Something that was asked for besides the list came, or did not. */
  private came(error?: unknown): void {
    if (error !== undefined) this.workspace.toast(error instanceof Problem ? error.body.detail : this.words.offline, "error");
    this.draw();
  }

  private async learnPeople(): Promise<void> {
    try {
      this.people = (await this.workspace.api.get<{ results: readonly Person[] }>("members/")).results;
      this.draw();
    } catch {
      // Without it the log is not filtered by person.
    }
  }

  private draw(): void {
    const { texts, workspace, filters } = this;
    const rowTitle = this.changes.flatMap((one) => one.rows).find((row) => row.key === filters.key)?.title ?? "";
    const parts = { texts, people: this.people, filters, rowTitle, set: (change: Filters) => this.set(change) };
    const unfold = (): void => {
      this.showsFilters = !this.showsFilters;
      this.draw();
    };
    render(
      html`<div class="log-bar">
          <h1>${texts.title}</h1>
          ${views(workspace, texts, this.showsNotes)}<span class="spacer"></span>
          ${this.showsNotes ? nothing : chosenFilters(parts, { isOpen: this.showsFilters, unfold })}
        </div>
        ${this.showsNotes ? nothing : filterBar(parts, this.showsFilters)}`,
      this.toolbar,
    );
    render(this.content(filters), this.body);
  }

  private content(filters: Filters): unknown {
    const { texts, words } = this;
    const isOther = this.shown === null || (this.shown === "notes") !== this.showsNotes;
    if (isOther) return waiting(this.question, texts.notLoaded, words);
    if (this.showsNotes) return this.notes.template();
    if (this.changes.length === 0) {
      const filtered = Object.keys(filters).length > 0;
      return html`<div class="empty"><h2>${filtered ? texts.noneFits : texts.nothing}</h2><p>${filtered ? texts.noneFitsText : texts.nothingText}</p></div>`;
    }
    return html`<div class="log">
      ${repeat(this.days(), ([day]) => day, ([day, changes]) => html`<h2 class="log-day-head">${day}</h2>
        <ol class="log-list">${repeat(changes, (one) => one.revision, (one) => this.entry(one))}</ol>`)}
      ${this.next ? html`<div class="button-group log-more"><button type="button" class="button" @click=${() => void this.more()}>${words.more}</button></div>` : nothing}
    </div>`;
  }

  private days(): [string, Change[]][] {
    const found = new Map<string, Change[]>();
    for (const change of this.changes) {
      const day = longDay(change.at, this.workspace.language);
      found.set(day, [...(found.get(day) ?? []), change]);
    }
    return [...found];
  }

  private entry(change: Change): unknown {
    const { words, workspace, rows } = this;
    const { language } = workspace;
    const may = workspace.may("write");
    const address = (key: string): string | null => addressOf(workspace, key);
    const restore = (row: RowOfChange, field?: { field: string }): void => void restoreRow(workspace, change.revision, row.key, field?.field);
    const options = { language, address, ...(may ? { restore } : {}) };
    const undo = html`<button type="button" class="button button-small log-undo" @click=${() => void undoChange(workspace, change.revision)}>${words.undo}</button>`;
    return html`<li class="log-entry">
      ${avatar(change.person)}
      <div class="log-what-body">
        <p class="log-head">
          <span><strong>${change.person?.name ?? words.somebody}</strong> <span>${said(change, language)}</span>
            <span class="meta"><time datetime=${change.at}>${clock(change.at, language)}</time> · ${words.revision(String(change.revision))}</span></span>
          ${change.row_count > 0 && may ? undo : nothing}
        </p>
        ${told(change, language, address)} ${rows.folds(change) ? html`<p class="log-sample">${sample(change)}</p>` : nothing}
        ${rows.of(change, this.filters.key).map((row) => rowBlock(row, options))} ${rows.buttons(change)}
      </div>
    </li>`;
  }
}

export const step: Step = {
  id: "activity",
  title: { id: activityTexts.id.title, en: activityTexts.en.title },
  mount(host, workspace) {
    const shown = new ActivityStep(host, workspace);
    return () => shown.destroy();
  },
};
