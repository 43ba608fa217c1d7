/** Questions that stand in front of the page: a <dialog> that is made, answered, and taken away. */

import { html, render } from "lit-html";

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly primary?: boolean;
  readonly danger?: boolean;
}

/** Resolves with the chosen value, or null when the person closes it. */
export function ask<T>(title: string, body: unknown, choices: readonly Choice<T>[], wide = false): Promise<T | null> {
  const dialog = document.createElement("dialog");
  dialog.className = wide ? "dialog work-dialog work-dialog-wide" : "dialog work-dialog";
  dialog.ariaLabel = title;
  const answer = new Promise<T | null>((resolve) => {
    let chosen: T | null = null;
    const choose = (value: T): void => {
      chosen = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    render(
      html`<div class="work-dialog-body">
        <h2>${title}</h2>
        ${body}
        <div class="button-group work-dialog-actions">${choices.map((choice) => button(choice, choose))}</div>
      </div>`,
      dialog,
    );
  });
  document.body.append(dialog);
  dialog.showModal();
  return answer;
}

function button<T>(choice: Choice<T>, choose: (value: T) => void): unknown {
  const kind = choice.primary ? "button button-primary" : choice.danger ? "button button-danger" : "button";
  return html`<button type="button" class=${kind} @click=${() => choose(choice.value)}>${choice.label}</button>`;
}
