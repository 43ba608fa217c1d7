/** Quantities: numbers, formulas and take-off sheets, and the parameters they share. */

import { html, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Step, Workspace } from "../../context";
import { addKeyHelp } from "../../shortcuts";
import { VolumeBoard } from "./board";
import { volumeTexts } from "./texts";

function failed(host: HTMLElement, { texts }: Workspace, error: unknown): void {
  if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
  render(
    html`<div class="empty" role="alert">
      <h2>${texts.couldNotLoad}</h2>
      <p>${error.message}</p>
      <div class="button-group">
        <button type="button" class="button button-primary" @click=${() => location.reload()}>${texts.reload}</button>
      </div>
    </div>`,
    host,
  );
}

export const step: Step = {
  id: "volume",
  title: { id: volumeTexts.id.title, en: volumeTexts.en.title },
  mount(host, workspace) {
    const { keys } = volumeTexts[workspace.language];
    let board: VolumeBoard | null = null;
    let left = false;
    const forget = addKeyHelp([
      { keys: ["Ctrl", "Enter"], text: keys.insert },
      { keys: ["Ctrl", "D"], text: keys.fill },
      { keys: ["Ctrl", "R"], text: keys.fillRight },
      { keys: ["Ctrl", "−"], text: keys.remove },
      { keys: ["Alt", "PgDn"], text: keys.next },
    ]);
    workspace.loadBill().then(
      () => {
        if (!left) board = new VolumeBoard(host, workspace);
      },
      (error: unknown) => {
        if (!left) failed(host, workspace, error);
      },
    );
    return () => {
      left = true;
      forget();
      board?.leave();
    };
  },
};
