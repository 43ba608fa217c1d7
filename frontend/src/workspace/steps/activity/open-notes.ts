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

export class OpenNotes {
  private threads: readonly Thread[] | null = null;
  private next: string | null = null;

  constructor(
    private readonly workspace: Workspace,
    private readonly texts: ActivityTexts,
    private readonly changed: () => void,
  ) {}

  /** Throws Problem and Unreachable. */
  async load(signal: AbortSignal): Promise<void> {
    this.take(await this.workspace.api.get<ThreadPage>("comments/?state=open", signal), []);
  }

  private async more(): Promise<void> {
    const page = this.next ? await this.workspace.api.get<ThreadPage>(this.next).catch(() => null) : null;
    if (page) this.take(page, this.threads ?? []);
    this.changed();
  }

  private take(page: ThreadPage, before: readonly Thread[]): void {
    this.threads = [...before, ...page.results];
    this.next = page.next;
  }

  /** Null until something is known. */
  template(): unknown {
    const { texts, workspace, threads } = this;
    if (!threads) return null;
    if (threads.length === 0) return html`<div class="empty"><h2>${texts.noNotes}</h2><p>${texts.noNotesText}</p></div>`;
    const words = speak(logTexts, workspace.language);
    return html`<div class="log">
      <ol class="log-list">
        ${repeat(threads, (one) => one.id, (one) => this.thread(one))}
      </ol>
      ${this.next ? html`<div class="button-group log-more"><button type="button" class="button" @click=${() => void this.more()}>${words.more}</button></div>` : nothing}
    </div>`;
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
        <p class="log-head">
          <strong>${thread.person?.name ?? words.somebody}</strong>
          ${address ? html`<a href=${address}>${thread.title}</a>` : html`<span class="muted">${thread.title}</span>`}
          ${thread.present ? nothing : html`<span class="tag tag-bad">${words.removed}</span>`}
          <span class="meta">${moment(thread.at, language)}</span>
        </p>
        <p class="note-text">${thread.text}</p>
        ${last
          ? html`<p class="meta">${texts.answers(formatCount(thread.replies.length, language))}</p>
              <blockquote class="log-quote">${last.person?.name ?? words.somebody}: ${last.text}</blockquote>`
          : nothing}
      </div>
    </li>`;
  }
}
