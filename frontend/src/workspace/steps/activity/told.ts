/** What a change tells beside its sentence and its rows: a comment, a role, another name, a reason. */

import { html, nothing } from "lit-html";

import { recordOf } from "../../log/sentences";
import { logTexts } from "../../log/texts";
import type { Change } from "../../log/wire";
import { type Language, speak } from "../../texts";
import type { Key, Value } from "../../wire";
import { activityTexts } from "./texts";

const text = (value: Value | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** `address` says where a row is shown. */
export function told(change: Change, language: Language, address: (key: Key) => string | null): unknown {
  const { act, data } = change;
  if (act.startsWith("comments.")) return comment(data, language, address);
  if (act.startsWith("members.")) return role(data, language);
  if (act.startsWith("versions.")) return version(change, language);
  return nothing;
}

function pair(before: string, after: string, language: Language): unknown {
  const texts = speak(logTexts, language);
  return html`<span class="log-before"><span class="sr-only">${texts.was} </span>${before || texts.empty}</span>
    <span class="log-arrow" aria-hidden="true">→</span>
    <span class="log-after"><span class="sr-only">${texts.is} </span>${after || texts.empty}</span>`;
}

function comment(data: Change["data"], language: Language, address: (key: Key) => string | null): unknown {
  const texts = speak(activityTexts, language);
  const about = recordOf(data["comment"]);
  const changed = recordOf(data["text"]);
  const settled = data["resolved"];
  const title = text(about?.["title"]);
  const where = address(text(about?.["key"]));
  const words = changed
    ? html`<p class="log-told">${pair(text(changed["before"]), text(changed["after"]), language)}</p>`
    : html`<blockquote class="log-quote">${text(about?.["text"])}</blockquote>`;
  return html`<p class="log-told">
      ${where ? html`<a href=${where}>${title}</a>` : html`<span>${title}</span>`}
      ${typeof settled === "boolean" ? html`<span class="tag">${settled ? texts.settled : texts.reopened}</span>` : nothing}
    </p>
    ${words}`;
}

function role(data: Change["data"], language: Language): unknown {
  const roles: Readonly<Record<string, string>> = speak(logTexts, language).roles;
  const [member, given] = [recordOf(data["member"]), recordOf(data["role"])];
  const word = (value: Value | undefined): string => roles[text(value)] ?? text(value);
  return html`<p class="log-told"><strong>${text(member?.["name"])}</strong> ${pair(word(given?.["before"]), word(given?.["after"]), language)}</p>`;
}

function version(change: Change, language: Language): unknown {
  const renamed = change.act === "versions.rename" ? recordOf(change.data["name"]) : null;
  if (renamed) return html`<p class="log-told">${pair(text(renamed["before"]), text(renamed["after"]), language)}</p>`;
  const reason = text(change.data["reason"]);
  return reason ? html`<p class="log-told">${speak(activityTexts, language).reason}: ${reason}</p>` : nothing;
}
