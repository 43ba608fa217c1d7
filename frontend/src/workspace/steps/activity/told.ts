/** What a change tells beside rows: a comment, a role, a version, a file. */

import { html, nothing } from "lit-html";

import { logTexts } from "../../log/texts";
import type { Change } from "../../log/wire";
import { formatCount } from "../../numbers";
import { type Language, speak } from "../../texts";
import type { Key, Value } from "../../wire";
import { activityTexts } from "./texts";

type Record_ = { readonly [name: string]: Value };

const record = (value: Value | undefined): Record_ | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record_) : null;
const text = (value: Value | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** `address` says where a row is shown. */
export function told(change: Change, language: Language, address: (key: Key) => string | null): unknown {
  const { act, data } = change;
  if (act.startsWith("comments.")) return comment(data, language, address);
  if (act.startsWith("members.")) return role(data, language);
  if (act.startsWith("versions.")) return version(change, language);
  const texts = speak(activityTexts, language);
  if (act === "project.copy") return line(texts.copied(text(data["code"])));
  if (act === "boq.import") return line(texts.imported(text(data["source"]), formatCount(Number(data["items"] ?? 0), language)));
  if (act === "changes.undo") return line(texts.undid(text(data["undone"])));
  return nothing;
}

const line = (words: string): unknown => (words.trim() ? html`<p class="log-told">${words}</p>` : nothing);

function pair(before: string, after: string, language: Language): unknown {
  const texts = speak(logTexts, language);
  return html`<span class="log-before"><span class="sr-only">${texts.was} </span>${before || texts.empty}</span>
    <span class="log-arrow" aria-hidden="true">→</span>
    <span class="log-after"><span class="sr-only">${texts.is} </span>${after || texts.empty}</span>`;
}

function comment(data: Record_, language: Language, address: (key: Key) => string | null): unknown {
  const texts = speak(activityTexts, language);
  const about = record(data["comment"]);
  const changed = record(data["text"]);
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

function role(data: Record_, language: Language): unknown {
  const roles: Readonly<Record<string, string>> = speak(logTexts, language).roles;
  const [member, given] = [record(data["member"]), record(data["role"])];
  const word = (value: Value | undefined): string => roles[text(value)] ?? text(value);
  return html`<p class="log-told"><strong>${text(member?.["name"])}</strong> ${pair(word(given?.["before"]), word(given?.["after"]), language)}</p>`;
}

function version(change: Change, language: Language): unknown {
  const { data } = change;
  const name = text(record(data["version"])?.["name"]);
  const renamed = change.act === "versions.rename" ? record(data["name"]) : null;
  if (renamed) return html`<p class="log-told">${pair(text(renamed["before"]), text(renamed["after"]), language)}</p>`;
  const reason = text(data["reason"]);
  if (reason) return line(`${speak(activityTexts, language).reason}: ${reason}`);
  return line(name ? `“${name}”` : "");
}
