/** A setting of the project that is typed in place: saved when it is left, with its error below and what was typed kept. */

import { html, nothing } from "lit-html";

import type { Workspace } from "./context";
import { untouched } from "./untouched";
import type { Settings } from "./wire";

/** The row of settings, as cells of a command name it. */
export const SETTINGS = "g";

export interface SettingField {
  readonly field: keyof Settings & string;
  readonly label: string;
  readonly unit?: string;
  readonly numeric?: boolean;
  readonly hint?: string;
  /** What stands in it while it is not being changed. */
  readonly shown: string;
}

export function changeSettings(workspace: Workspace, values: Record<string, string>, label: string): void {
  const cells = Object.entries(values).map(([field, typed]) => ({ key: SETTINGS, field, typed }));
  const version = workspace.store.settings?.version;
  const sent = version === undefined ? values : { ...values, version };
  void workspace.perform("project.settings", sent, { cells, label });
}

export function settingField(workspace: Workspace, setting: SettingField): unknown {
  const pending = workspace.store.cells.get(SETTINGS, setting.field);
  const id = `setting-${setting.field}`;
  const wrong = pending?.state === "wrong";
  const save = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value.trim();
    if (typed === (pending?.typed ?? setting.shown)) return;
    if (pending && typed === setting.shown) workspace.store.cells.forget(SETTINGS, setting.field);
    else changeSettings(workspace, { [setting.field]: typed }, setting.label);
  };
  return html`<div class="field work-setting" data-state=${pending?.state ?? "saved"}>
    <label for=${id}>${setting.label}</label>
    <div class=${setting.unit ? "input-with-unit" : ""}>
      <input
        class=${setting.numeric ? "input input-numeric" : "input"}
        id=${id}
        inputmode=${setting.numeric ? "decimal" : "text"}
        autocomplete="off"
        .value=${untouched(pending?.typed ?? setting.shown)}
        ?disabled=${!workspace.may("write")}
        aria-invalid=${wrong ? "true" : "false"}
        aria-describedby=${wrong ? `${id}-wrong` : nothing}
        @change=${save}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Escape") giveUp(workspace, setting, event.target as HTMLInputElement);
        }}
      />${setting.unit ? html`<span class="unit">${setting.unit}</span>` : nothing}
    </div>
    ${wrong ? html`<ul class="errors" id="${id}-wrong"><li>${pending.text || nothing}</li></ul>` : nothing}
    ${setting.hint && !wrong ? html`<p class="hint">${setting.hint}</p>` : nothing}
  </div>`;
}

/** Esc: what stood there before, and no error any more. */
function giveUp(workspace: Workspace, setting: SettingField, field: HTMLInputElement): void {
  workspace.store.cells.forget(SETTINGS, setting.field);
  field.value = setting.shown;
  workspace.store.topics.tell("cells");
}
