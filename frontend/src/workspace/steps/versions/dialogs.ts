/** What is asked before something is done to a version. */

import { html, nothing } from "lit-html";

import type { Workspace } from "../../context";
import { ask } from "../../dialogs";
import { formatCount } from "../../numbers";
import type { VersionTexts } from "./texts";
import type { Version } from "./wire";

export interface Named {
  readonly name: string;
  readonly note: string;
}

const fieldsOf = (): Named => {
  const value = (name: string): string =>
    document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`dialog[open] [name="${name}"]`)?.value.trim() ?? "";
  return { name: value("version-name"), note: value("version-note") };
};

/** Asks for a name until there is one. */
export async function askName(texts: VersionTexts, title: string, text: string, button: string, first?: Named): Promise<Named | null> {
  let typed: Named = first ?? { name: "", note: "" };
  const body = (): unknown => html`${text ? html`<p>${text}</p>` : nothing}
    <div class="field"><label for="version-name">${texts.name}</label>
      <input class="input" id="version-name" name="version-name" maxlength="120" required autocomplete="off" .value=${typed.name} placeholder=${texts.nameHint}
        @input=${() => (typed = fieldsOf())} />
    </div>
    <div class="field"><label for="version-note">${texts.note}</label>
      <textarea class="input" id="version-note" name="version-note" maxlength="4000" .value=${typed.note} @input=${() => (typed = fieldsOf())}></textarea>
    </div>`;
  const choices = [
    { value: false, label: texts.cancel },
    { value: true, label: button, primary: true },
  ];
  for (;;) {
    if ((await ask(title, body(), choices)) !== true) return null;
    if (typed.name) return typed;
  }
}

export async function askReason(texts: VersionTexts): Promise<string | null> {
  let reason = "";
  const body = html`<p>${texts.unlockText}</p>
    <div class="field"><label for="unlock-reason">${texts.reason}</label>
      <textarea class="input" id="unlock-reason" maxlength="1000" required @input=${(event: Event) => (reason = (event.target as HTMLTextAreaElement).value.trim())}></textarea>
    </div>`;
  const choices = [
    { value: false, label: texts.cancel },
    { value: true, label: texts.unlock, primary: true },
  ];
  for (;;) {
    if ((await ask(texts.unlockTitle, body, choices)) !== true) return null;
    if (reason) return reason;
  }
}

export async function confirmApproval(workspace: Workspace, texts: VersionTexts, version: Version): Promise<boolean> {
  const { incomplete } = version.totals;
  const count = formatCount(incomplete, workspace.language);
  const body = html`<p>${texts.approveText}</p>
    ${incomplete > 0 ? html`<p class="status status-PARTIAL">${texts.approveIncomplete(count)}</p>` : nothing}`;
  const choices = [
    { value: false, label: texts.cancel },
    { value: true, label: texts.approve, primary: true },
  ];
  return (await ask(texts.approveTitle(version.name), body, choices)) === true;
}

export async function confirmDanger(texts: VersionTexts, title: string, text: string, button: string): Promise<boolean> {
  const choices = [
    { value: false, label: texts.cancel },
    { value: true, label: button, danger: true },
  ];
  return (await ask(title, html`<p>${text}</p>`, choices)) === true;
}
