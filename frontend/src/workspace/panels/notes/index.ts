/** What was said about the selected row: threads, answers, settling them. */

import "../../../styles/workspace/notes.css";

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import type { Panel, Workspace } from "../../context";
import { avatar } from "../../log/rows";
import { logTexts } from "../../log/texts";
import { moment } from "../../moments";
import { formatCount } from "../../numbers";
import { Question } from "../../question";
import { speak } from "../../texts";
import type { Key, Values } from "../../wire";
import { writingBox } from "./box";
import { hasDrafts, keepDraft } from "./drafts";
import { type NoteTexts, noteTexts } from "./texts";
import type { Reply, Thread, ThreadPage } from "./wire";

addEventListener("beforeunload", (event) => {
  if (hasDrafts()) event.preventDefault();
});

class NotesPanel {
  private readonly texts: NoteTexts;
  private threads: readonly Thread[] | null = null;
  private showsSettled = false;
  private replying: number | null = null;
  private editing: number | null = null;
  private readonly question: Question;
  private readonly stops: (() => void)[];

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.texts = speak(noteTexts, workspace.language);
    this.question = new Question((signal) => this.read(signal), () => this.draw());
    this.stops = [
      workspace.store.on("comments", () => this.question.soon()),
      workspace.live.onChange(({ act }) => {
        if (act.startsWith("comments.")) this.question.soon();
      }),
      workspace.store.on("head", () => this.draw()),
    ];
    void this.question.ask();
  }

  destroy(): void {
    this.question.stop();
    this.stops.forEach((stop) => stop());
  }

  private async read(signal: AbortSignal): Promise<void> {
    this.threads = (await this.workspace.api.get<ThreadPage>(`comments/?key=${this.key}&limit=100`, signal)).results;
  }

  /** A command about comments; whether it was taken. */
  private async act(command: string, values: Values): Promise<boolean> {
    const answer = await this.workspace.perform(command, values, { label: this.texts.added });
    if (answer) await this.question.ask();
    return answer !== null;
  }

  private draw(): void {
    render(this.content(), this.host);
  }

  private content(): unknown {
    const { texts, workspace } = this;
    const may = workspace.may("comment");
    if (!this.threads) return html`<p class="meta" role="status">${this.question.failure !== null ? texts.failed : speak(logTexts, workspace.language).loading}</p>`;
    const settled = this.threads.filter((one) => one.resolved_at !== null);
    const shown = this.showsSettled ? this.threads : this.threads.filter((one) => one.resolved_at === null);
    return html`<div class="notes">
      ${may
        ? writingBox({
            place: this.key,
            label: texts.add,
            send: texts.send,
            hint: texts.sendKeys,
            act: (text) => this.act("comments.add", { key: this.key, text }),
          })
        : nothing}
      ${this.threads.length === 0 ? html`<p class="muted">${may ? texts.none : texts.noneRead}</p>` : nothing}
      ${repeat(shown, (one) => one.id, (one) => this.thread(one, may))}
      ${settled.length > 0 && !this.showsSettled
        ? html`<button type="button" class="button button-quiet button-small" @click=${() => this.show()}>${texts.showSettled(formatCount(settled.length, workspace.language))}</button>`
        : nothing}
    </div>`;
  }

  private show(): void {
    this.showsSettled = true;
    this.draw();
  }

  private thread(thread: Thread, may: boolean): unknown {
    const { texts, workspace } = this;
    const settled = thread.resolved_at !== null;
    const words = speak(logTexts, workspace.language);
    const settle = (): void => void this.act("comments.resolve", { id: thread.id, resolved: !settled });
    return html`<article class="note-thread" data-settled=${settled}>
      ${this.said(thread, may)} ${repeat(thread.replies, (one) => one.id, (one) => html`<div class="note-reply">${this.said(one, may)}</div>`)}
      ${settled ? html`<p class="meta">${texts.settled(thread.resolved_by?.name ?? words.somebody, moment(thread.resolved_at ?? "", workspace.language))}</p>` : nothing}
      ${may && this.replying === thread.id ? this.replyBox(thread) : nothing}
      ${may && this.replying !== thread.id
        ? html`<div class="button-group">
            <button type="button" class="button button-quiet button-small" @click=${() => this.begin(thread.id)}>${texts.reply}</button>
            <button type="button" class="button button-quiet button-small" @click=${settle}>${settled ? texts.reopen : texts.settle}</button>
          </div>`
        : nothing}
    </article>`;
  }

  private begin(thread: number | null): void {
    this.replying = thread;
    this.draw();
    this.host.querySelector<HTMLTextAreaElement>(".note-thread textarea")?.focus();
  }

  private replyBox(thread: Thread): unknown {
    const { texts } = this;
    const place = `${this.key}:${thread.id}`;
    const close = (): void => {
      keepDraft(place, "");
      this.begin(null);
    };
    return writingBox({
      place,
      label: texts.replyTo(thread.person?.name ?? ""),
      send: texts.send,
      cancel: { label: texts.cancel, act: close },
      act: async (text) => {
        const taken = await this.act("comments.add", { key: this.key, text, reply_to: thread.id });
        if (taken) close();
        return taken;
      },
    });
  }

  private said(one: Reply, may: boolean): unknown {
    const { texts, workspace } = this;
    const { language } = workspace;
    const words = speak(logTexts, language);
    const removable = may && (one.is_yours || workspace.may("own"));
    return html`<div class="note">
      ${avatar(one.person)}
      <div class="note-body">
        <p class="note-head">
          <strong>${one.person?.name ?? words.somebody}</strong>
          <span class="meta"><time datetime=${one.at}>${moment(one.at, language)}</time>${one.edited_at ? html` · ${texts.edited}` : nothing}</span>
          <span class="note-acts">
            ${may && one.is_yours ? html`<button type="button" class="link" @click=${() => this.edit(one.id)}>${texts.edit}</button>` : nothing}
            ${removable ? html`<button type="button" class="link" @click=${() => void this.act("comments.remove", { id: one.id })}>${texts.remove}</button>` : nothing}
          </span>
        </p>
        ${this.editing === one.id ? this.editBox(one) : html`<p class="note-text">${one.text}</p>`}
      </div>
    </div>`;
  }

  private edit(id: number | null): void {
    this.editing = id;
    this.draw();
  }

  private editBox(one: Reply): unknown {
    const { texts } = this;
    const place = `${this.key}=${one.id}`;
    const close = (): void => {
      keepDraft(place, "");
      this.edit(null);
    };
    return writingBox({
      place,
      label: texts.edit,
      send: texts.save,
      text: one.text,
      cancel: { label: texts.cancel, act: close },
      act: async (text) => {
        const taken = await this.act("comments.edit", { id: one.id, text });
        if (taken) close();
        return taken;
      },
    });
  }
}

export const panel: Panel = {
  id: "notes",
  title: { id: noteTexts.id.title, en: noteTexts.en.title },
  order: 90,
  shows: (key) => /^[isptalrc]\d+$/.test(key),
  count: (key, workspace) => workspace.store.comments[key] ?? 0,
  mount(host, key, workspace) {
    const shown = new NotesPanel(host, key, workspace);
    return () => shown.destroy();
  },
};
