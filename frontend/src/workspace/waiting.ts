/** What stands where an answer of the server will: that it is being asked, or why it said nothing and asking again. */

import { html } from "lit-html";

import { type LogTexts } from "./log/texts";
import type { Question } from "./question";

/** `title` says what is not there when the server did not answer. */
export function waiting(question: Question, title: string, words: LogTexts): unknown {
  if (question.failure === null) return html`<p class="meta work-waiting" role="status">${words.loading}</p>`;
  return html`<div class="empty">
    <h2>${title}</h2>
    <p>${question.failure || words.offline}</p>
    <div class="button-group"><button type="button" class="button button-primary" @click=${() => void question.ask()}>${words.retry}</button></div>
  </div>`;
}
