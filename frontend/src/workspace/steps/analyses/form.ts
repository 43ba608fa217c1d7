/** Fields of the dialogs of this step. */

import { html, nothing, render } from "lit-html";

import { ask, type Choice } from "../../dialogs";

export function textField(
  label: string,
  value: string,
  change: (text: string) => void,
  more: { readonly hint?: string; readonly numeric?: boolean } = {},
): unknown {
  return html`<label class="field"
    ><span>${label}</span
    ><input
      class=${more.numeric ? "input figures" : "input"}
      type="text"
      inputmode=${more.numeric ? "decimal" : "text"}
      autocomplete="off"
      spellcheck="false"
      .value=${value}
      @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
    />${more.hint ? html`<span class="meta muted">${more.hint}</span>` : nothing}</label
  >`;
}

export function choiceField<T extends string>(
  label: string,
  value: T,
  options: readonly (readonly [value: T, text: string])[],
  change: (value: T) => void,
): unknown {
  return html`<label class="field"
    ><span>${label}</span
    ><select class="input" @change=${(event: Event) => change((event.target as HTMLSelectElement).value as T)}>
      ${options.map(([name, text]) => html`<option value=${name} ?selected=${name === value}>${text}</option>`)}
    </select></label
  >`;
}

/** A dialog around a form that is drawn anew at each change; Enter presses its button. True when that was pressed. */
export async function askForm(
  title: string,
  choices: readonly [Choice<boolean>, ...Choice<boolean>[]],
  draw: () => unknown,
  ready: () => boolean,
  wide = false,
): Promise<{ readonly changed: () => void; readonly answer: Promise<boolean> }> {
  const body = document.createElement("form");
  body.className = "boq-form";
  const button = (): HTMLButtonElement | null =>
    body.closest("dialog")?.querySelector(".work-dialog-actions .button-primary") ?? null;
  const changed = (): void => {
    render(html`${draw()}<button type="submit" hidden></button>`, body);
    const act = button();
    if (act) act.disabled = !ready();
  };
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    button()?.click();
  });
  const answer = ask<boolean>(title, body, choices, wide).then((chosen) => chosen === true);
  changed();
  body.querySelector<HTMLElement>("input, select")?.focus();
  return { changed, answer };
}
