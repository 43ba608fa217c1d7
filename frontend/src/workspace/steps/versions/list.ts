/** The versions of the project, latest first, and what can be done to each. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

import type { Workspace } from "../../context";
import { logTexts } from "../../log/texts";
import { moment } from "../../moments";
import { formatCount, formatRupiah } from "../../numbers";
import { speak } from "../../texts";
import { shape } from "../../totals";
import type { VersionTexts } from "./texts";
import type { Version } from "./wire";

export interface VersionActs {
  readonly save: () => void;
  readonly restore: (version: Version) => void;
  readonly approve: (version: Version) => void;
  readonly rename: (version: Version) => void;
  readonly remove: (version: Version) => void;
}

export function versionList(workspace: Workspace, texts: VersionTexts, versions: readonly Version[], acts: VersionActs): unknown {
  if (versions.length === 0) {
    return html`<div class="empty">
      <h2>${texts.empty}</h2>
      <p>${texts.emptyText}</p>
      ${workspace.may("comment")
        ? html`<div class="button-group"><button type="button" class="button button-primary" @click=${acts.save}>${texts.save}</button></div>`
        : nothing}
    </div>`;
  }
  return html`<ol class="versions">
    ${repeat(versions, (one) => one.id, (one, at) => card(workspace, texts, one, { isLatest: at === 0, previous: versions[at + 1] }, acts))}
  </ol>`;
}

interface Place {
  readonly isLatest: boolean;
  readonly previous: Version | undefined;
}

function card(workspace: Workspace, texts: VersionTexts, version: Version, { isLatest, previous }: Place, acts: VersionActs): unknown {
  const { language, router } = workspace;
  const who = version.person?.name ?? speak(logTexts, language).somebody;
  return html`<li class="version" data-version=${version.id}>
    <div class="version-head">
      <div class="version-name">
        <h2>${version.name}</h2>
        ${version.approved_at ? html`<span class="tag tag-ok">${texts.approvedTag}</span>` : nothing}
        ${version.is_present ? html`<span class="tag">${texts.presentTag}</span>` : nothing}
      </div>
      ${sum(workspace, texts, version)}
    </div>
    <p class="meta">${texts.by(who, moment(version.at, language))} · r${version.revision}</p>
    ${version.approved_at
      ? html`<p class="meta version-approved">${texts.approvedBy(version.approved_by?.name ?? "", moment(version.approved_at, language))}</p>`
      : nothing}
    ${version.note ? html`<p class="version-note">${version.note}</p>` : nothing}
    <div class="button-group">
      ${version.is_present
        ? nothing
        : html`<a class="button button-small" href=${router.address("versions", { a: String(version.id), b: "now" })}>${texts.compareNow}</a>`}
      ${previous
        ? html`<a class="button button-small" href=${router.address("versions", { a: String(previous.id), b: String(version.id) })}>${texts.comparePrevious}</a>`
        : nothing}
      ${buttons(workspace, texts, version, isLatest, acts)}
    </div>
  </li>`;
}

function sum({ language }: Workspace, texts: VersionTexts, { totals }: Version): unknown {
  const lower = totals.incomplete > 0;
  return html`<span class="version-sum">
    <span class="meta">${texts.items(formatCount(totals.item_count, language))}</span>
    ${lower ? html`<span class="status status-PARTIAL">${shape("PARTIAL")}${texts.incomplete(formatCount(totals.incomplete, language))}</span>` : nothing}
    <strong class="figures">${lower ? html`<span class="bound" title=${texts.atLeast}>≥</span>&nbsp;` : nothing}Rp&nbsp;${formatRupiah(totals.rounded_total, language)}</strong>
  </span>`;
}

function buttons(workspace: Workspace, texts: VersionTexts, version: Version, isLatest: boolean, acts: VersionActs): unknown {
  const button = (label: string, act: () => void): unknown =>
    html`<button type="button" class="button button-small" @click=${act}>${label}</button>`;
  const locked = workspace.store.settings?.locked === true;
  const own = !version.approved_at && (version.is_yours || workspace.may("own")) && workspace.may("comment");
  return html`${workspace.may("write") && !version.is_present ? button(texts.restore, () => acts.restore(version)) : nothing}
  ${workspace.may("approve") && !version.approved_at && !locked && (isLatest || version.is_present)
    ? html`<button
        type="button"
        class="button button-small"
        ?disabled=${!version.is_present}
        title=${version.is_present ? nothing : texts.notPresent}
        @click=${() => acts.approve(version)}
      >
        ${texts.approve}
      </button>`
    : nothing}
  ${own ? more(texts, version, acts) : nothing}`;
}

function more(texts: VersionTexts, version: Version, acts: VersionActs): unknown {
  const item = (label: string, act: () => void): unknown =>
    html`<button
      type="button"
      class="menu-item"
      @click=${(event: Event) => {
        (event.target as Element).closest("details")?.removeAttribute("open");
        act();
      }}
    >
      ${label}
    </button>`;
  return html`<details class="menu">
    <summary class="button button-quiet button-small" aria-label=${texts.more} title=${texts.more}>⋯</summary>
    <div class="menu-panel">${item(texts.rename, () => acts.rename(version))}${item(texts.remove, () => acts.remove(version))}</div>
  </details>`;
}
