/** Everything that was ever done to the selected row, and putting back what stood there before. */

import "../../../styles/workspace/log.css";

import { html, nothing, render } from "lit-html";

import type { Panel, Workspace } from "../../context";
import { restoreRow } from "../../log/acting";
import { actName } from "../../log/acts";
import { avatar, fieldsOf } from "../../log/rows";
import { type LogTexts, logTexts } from "../../log/texts";
import type { FieldOfChange, Moment, RowHistory, RowOfChange } from "../../log/wire";
import { moment } from "../../moments";
import { Question } from "../../question";
import { type Language, speak } from "../../texts";
import type { Key } from "../../wire";
import { type HistoryTexts, historyTexts } from "./texts";

class HistoryPanel {
  private moments: readonly Moment[] | null = null;
  private next: string | null = null;
  private readonly question: Question;
  private readonly stop: () => void;

  constructor(
    private readonly host: HTMLElement,
    private readonly key: Key,
    private readonly workspace: Workspace,
  ) {
    this.question = new Question((signal) => this.read(signal), () => this.draw());
    this.stop = workspace.store.on(["answer", "settings"], () => this.changed());
    void this.question.ask();
  }

  destroy(): void {
    this.question.stop();
    this.stop();
  }

  private changed(): void {
    const answer = this.workspace.store.lastAnswer;
    const about = !answer || answer.rows.some((row) => row.key === this.key) || answer.removed.includes(this.key);
    if (about) this.question.soon();
    else this.draw();
  }

  private async read(signal: AbortSignal): Promise<void> {
    const found = await this.workspace.api.get<RowHistory>(`rows/${this.key}/history/`, signal);
    this.moments = found.results;
    this.next = found.next;
  }

  private async more(): Promise<void> {
    if (!this.next) return;
    const found = await this.workspace.api.get<RowHistory>(this.next).catch(() => null);
    if (found) {
      this.moments = [...(this.moments ?? []), ...found.results];
      this.next = found.next;
    }
    this.draw();
  }

  private draw(): void {
    const { language } = this.workspace;
    const [texts, words] = [speak(historyTexts, language), speak(logTexts, language)];
    render(this.content(texts, words, language), this.host);
  }

  private content(texts: HistoryTexts, words: LogTexts, language: Language): unknown {
    const { router } = this.workspace;
    if (!this.moments) {
      return this.question.failure !== null ? html`<p class="muted">${texts.failed}</p>` : html`<p class="meta" role="status">${words.loading}</p>`;
    }
    if (this.moments.length === 0) return html`<p class="muted">${texts.none}</p>`;
    return html`<ol class="log-list row-history">
        ${this.moments.map((one) => this.moment(one, language))}
      </ol>
      ${this.next ? html`<button type="button" class="button button-small" @click=${() => void this.more()}>${words.more}</button>` : nothing}
      <p class="meta"><a href=${router.address("activity", { key: this.key })}>${texts.all}</a></p>`;
  }

  private moment(one: Moment, language: Language): unknown {
    const { workspace } = this;
    const [texts, words] = [speak(historyTexts, language), speak(logTexts, language)];
    const may = workspace.may("write") && one.what === "changed";
    const restore = (row: RowOfChange, field?: FieldOfChange): void => void restoreRow(workspace, one.revision, row.key, field?.field);
    const options = { language, ...(may ? { restore } : {}) };
    const word = one.what === "changed" ? (one.fields.length === 0 ? words.moved : null) : words[one.what];
    return html`<li class="log-entry">
      ${avatar(one.person)}
      <div class="log-what-body">
        <p class="log-head"><span><strong>${one.person?.name ?? words.somebody}</strong> ${actName(one.act, language)}</span></p>
        <p class="meta"><time datetime=${one.at}>${moment(one.at, language)}</time> · ${words.revision(String(one.revision))}
          ${word ? html` <span class="tag">${word}</span>` : nothing}</p>
        ${fieldsOf(one, options)}
        ${may && one.fields.length > 1
          ? html`<button type="button" class="button button-small" @click=${() => restore(one)}>${texts.whole}</button>`
          : nothing}
      </div>
    </li>`;
  }
}

export const panel: Panel = {
  id: "history",
  title: { id: historyTexts.id.title, en: historyTexts.en.title },
  order: 80,
  shows: (key) => /^[isptalrc]\d+$/.test(key),
  mount(host, key, workspace) {
    const shown = new HistoryPanel(host, key, workspace);
    return () => shown.destroy();
  },
};
