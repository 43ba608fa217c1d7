/** Every thread of the project that is still open, with the row it is about. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import type { Workspace } from "../../context";
import { addressOf } from "../../log/acting";
import { avatar } from "../../log/rows";
import { logTexts } from "../../log/texts";
import { moment } from "../../moments";
import { formatCount } from "../../numbers";
import type { Thread, ThreadPage } from "../../panels/notes/wire";
import { speak } from "../../texts";
import type { ActivityTexts } from "./texts";

/** The two lists of the step; the second with how many threads it has. */
export function views(workspace: Workspace, texts: ActivityTexts, showsNotes: boolean): unknown {
  const open = Object.values(workspace.store.comments).reduce((sum, count) => sum + count, 0);
  const count = open > 0 ? html` <span class="tag tag-accent">${formatCount(open, workspace.language)}</span>` : nothing;
  const tab = (name: "log" | "notes"): unknown =>
    html`<a href=${workspace.router.address("activity", name === "notes" ? { view: name } : {})} aria-current=${(name === "notes") === showsNotes ? "page" : nothing}
      >${texts.views[name]}${name === "notes" ? count : nothing}</a
    >`;
  return html`<nav class="segmented" aria-label=${texts.view}>${tab("log")}${tab("notes")}</nav>`;
}

export class OpenNotes {
  private threads: readonly Thread[] = [];
  private next: string | null = null;

  constructor(
    private readonly workspace: Workspace,
    private readonly texts: ActivityTexts,
    /** Told of a further page, or why there is none. */
    private readonly came: (error?: unknown) => void,
  ) {}

  /** Throws Problem and Unreachable. */
  async load(signal: AbortSignal): Promise<void> {
    this.take(await this.workspace.api.get<ThreadPage>("comments/?state=open", signal), []);
  }

  private async more(): Promise<void> {
    if (!this.next) return;
    try {
      this.take(await this.workspace.api.get<ThreadPage>(this.next), this.threads);
      this.came();
    } catch (error) {
      this.came(error);
    }
  }

  private take(page: ThreadPage, before: readonly Thread[]): void {
    this.threads = [...before, ...page.results];
    this.next = page.next;
  }

  template(): unknown {
    const { texts, workspace, threads } = this;
    if (threads.length === 0) return html`<div class="empty"><h2>${texts.noNotes}</h2><p>${texts.noNotesText}</p></div>`;
    const words = speak(logTexts, workspace.language);
    return html`<div class="log">
      <ol class="log-list">
        ${repeat(threads, (one) => one.id, (one) => this.thread(one))}
      </ol>
      ${this.next ? html`<div class="button-group log-more"><button type="button" class="button" @click=${() => void this.more()}>${words.more}</button></div>` : nothing}
    </div>`;
  }

  /** Beside the row stands what is said about it. */
  private openPanel(): void {
    const { inspector } = this.workspace;
    if (!inspector.narrow) inspector.open("notes");
  }

  private thread(thread: Thread): unknown {
    const { texts, workspace } = this;
    const { language } = workspace;
    const words = speak(logTexts, language);
    const address = thread.present ? addressOf(workspace, thread.key) : null;
    const last = thread.replies.at(-1);
    return html`<li class="log-entry" data-note=${thread.id}>
      ${avatar(thread.person)}
      <div class="log-what-body">
        <p class="log-head"><span>
          <strong>${thread.person?.name ?? words.somebody}</strong>
          ${address ? html`<a href=${address} @click=${() => this.openPanel()}>${thread.title}</a>` : html`<span class="muted">${thread.title}</span>`}
          ${thread.present ? nothing : html`<span class="tag tag-bad">${words.removed}</span>`}
          <span class="meta">${moment(thread.at, language)}</span>
        </span></p>
        <p class="note-text">${thread.text}</p>
        ${last
          ? html`<p class="meta">${texts.answers(formatCount(thread.replies.length, language))}</p>
              <blockquote class="log-quote">${last.person?.name ?? words.somebody}: ${last.text}</blockquote>`
          : nothing}
      </div>
    </li>`;
  }
}
