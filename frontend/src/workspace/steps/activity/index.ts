/** Activity: the change log with filters; who, what, before, after, when, and putting things back. */

import "../../../styles/workspace/log.css";
import "../../../styles/workspace/notes.css";

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import { Problem } from "../../api";
import type { Step, Workspace } from "../../context";
import { addressOf, restoreRow, undoChange } from "../../log/acting";
import { actName } from "../../log/acts";
import { avatar, rowBlock } from "../../log/rows";
import { type LogTexts, logTexts } from "../../log/texts";
import type { Change, ChangePage, ChangeRows, Person, RowOfChange } from "../../log/wire";
import { clock, longDay } from "../../moments";
import { formatCount } from "../../numbers";
import { speak } from "../../texts";
import { OpenNotes } from "./open-notes";
import { filterBar, type Filters, query, readFilters } from "./filters";
import { type ActivityTexts, activityTexts } from "./texts";
import { told } from "./told";

const PAUSE = 250;

class ActivityStep {
  private readonly texts: ActivityTexts;
  private readonly words: LogTexts;
  private readonly toolbar = document.createElement("div");
  private readonly body = document.createElement("div");
  private changes: readonly Change[] = [];
  private next: string | null = null;
  private loaded = false;
  private failure: string | null = null;
  private people: readonly Person[] = [];
  /** All rows of the changes that were opened. */
  private readonly opened = new Map<number, readonly RowOfChange[]>();
  private asked = "";
  private readonly notes: OpenNotes;
  private running: AbortController | null = null;
  private timer = 0;
  private readonly stops: (() => void)[];

  constructor(
    host: HTMLElement,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(activityTexts, workspace.language);
    this.words = speak(logTexts, workspace.language);
    this.notes = new OpenNotes(workspace, this.texts, () => this.draw());
    this.toolbar.className = "toolbar log-toolbar";
    this.body.className = "work-scroll";
    host.append(this.toolbar, this.body);
    this.stops = [
      workspace.router.on(() => this.follow()),
      workspace.store.on("answer", () => this.later()),
      workspace.live.onChange(() => this.later()),
      workspace.store.on(["settings", "head", "comments"], () => this.draw()),
    ];
    this.follow();
    void this.learnPeople();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.stops.forEach((stop) => stop());
  }

  private get filters(): Filters {
    return readFilters(this.workspace.router.place.params);
  }

  private get showsNotes(): boolean {
    return this.workspace.router.place.params["view"] === "notes";
  }

  private set(change: Filters): void {
    const { router } = this.workspace;
    const wanted = Object.entries({ ...this.filters, ...change }).filter(([, value]) => value);
    router.go("activity", Object.fromEntries(wanted) as Record<string, string>);
  }

  private follow(): void {
    if (this.workspace.router.place.step !== "activity") return;
    const asked = this.showsNotes ? "notes" : query(this.filters);
    if (asked === this.asked && this.loaded) return;
    this.asked = asked;
    void this.load();
  }

  /** Something was written: what is new comes on top, as soon as it is quiet. */
  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), PAUSE);
  }

  private async load(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.draw();
    try {
      await (this.showsNotes ? this.notes.load(running.signal) : this.read(running.signal));
      this.failure = null;
      this.loaded = true;
    } catch (error) {
      if (running.signal.aborted) return;
      this.failure = error instanceof Problem ? error.body.detail : this.words.offline;
    }
    this.draw();
  }

  private async read(signal: AbortSignal): Promise<void> {
    const page = await this.workspace.api.get<ChangePage>(`changes/?${this.asked}`, signal);
    this.changes = page.results;
    this.next = page.next;
  }

  private async more(): Promise<void> {
    if (!this.next) return;
    try {
      const page = await this.workspace.api.get<ChangePage>(this.next);
      this.changes = [...this.changes, ...page.results];
      this.next = page.next;
    } catch (error) {
      this.workspace.toast(error instanceof Problem ? error.body.detail : this.words.offline, "error");
    }
    this.draw();
  }

  private async open(revision: number): Promise<void> {
    try {
      const page = await this.workspace.api.get<ChangeRows>(`changes/${revision}/?limit=200`);
      this.opened.set(revision, page.results);
    } catch (error) {
      this.workspace.toast(error instanceof Problem ? error.body.detail : this.words.offline, "error");
    }
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
    const { texts, workspace } = this;
    const filters = this.filters;
    const rowTitle = this.changes.flatMap((one) => one.rows).find((row) => row.key === filters.key)?.title ?? "";
    const bar = filterBar({ workspace, texts, people: this.people, filters, rowTitle, set: (change) => this.set(change) });
    render(html`<h1>${texts.title}</h1>${this.views()}<span class="spacer"></span>${this.showsNotes ? nothing : bar}`, this.toolbar);
    render(this.content(filters), this.body);
  }

  private views(): unknown {
    const { texts, workspace } = this;
    const open = Object.values(workspace.store.comments).reduce((sum, count) => sum + count, 0);
    const tab = (name: "log" | "notes"): unknown =>
      html`<a
        href=${workspace.router.address("activity", name === "notes" ? { view: name } : {})}
        aria-current=${(name === "notes") === this.showsNotes ? "page" : nothing}
        >${texts.views[name]}${name === "notes" && open > 0 ? html` <span class="tag tag-accent">${formatCount(open, workspace.language)}</span>` : nothing}</a
      >`;
    return html`<nav class="segmented" aria-label=${texts.view}>${tab("log")}${tab("notes")}</nav>`;
  }

  private content(filters: Filters): unknown {
    const { texts, words } = this;
    if (this.failure !== null && !this.loaded) {
      return html`<div class="empty"><h2>${texts.notLoaded}</h2><p>${this.failure}</p>
        <div class="button-group"><button type="button" class="button button-primary" @click=${() => void this.load()}>${words.retry}</button></div></div>`;
    }
    if (!this.loaded) return html`<p class="meta log" role="status">${words.loading}</p>`;
    if (this.showsNotes) return this.notes.template() ?? html`<p class="meta log" role="status">${words.loading}</p>`;
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
    const { words, workspace } = this;
    const { language } = workspace;
    const may = workspace.may("write");
    const rows = this.opened.get(change.revision) ?? change.rows;
    const left = change.row_count - rows.length;
    const options = {
      language,
      address: (key: string) => addressOf(workspace, key),
      ...(may ? { restore: (row: RowOfChange, field?: { field: string }) => void restoreRow(workspace, change.revision, row.key, field?.field) } : {}),
    };
    const undo = html`<button type="button" class="button button-small log-undo" @click=${() => void undoChange(workspace, change.revision)}>${words.undo}</button>`;
    return html`<li class="log-entry">
      ${avatar(change.person)}
      <div class="log-what-body">
        <p class="log-head">
          <strong>${change.person?.name ?? words.somebody}</strong> <span>${actName(change.act, language)}</span>
          <span class="meta"><time datetime=${change.at}>${clock(change.at, language)}</time> · ${words.revision(String(change.revision))}</span>
          ${change.row_count > 0 && may ? undo : nothing}
        </p>
        ${told(change, language, options.address)} ${rows.map((row) => rowBlock(row, options))}
        ${left > 0 && !this.opened.has(change.revision)
          ? html`<button type="button" class="button button-quiet button-small" @click=${() => void this.open(change.revision)}>${words.allRows(formatCount(change.row_count, language))}</button>`
          : nothing}
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
