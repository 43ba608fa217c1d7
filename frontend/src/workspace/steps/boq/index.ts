/** The bill of quantities: sections and work items in a grid. */

import { html, render } from "lit-html";

import { Problem, Unreachable } from "../../api";
import type { Step, Workspace } from "../../context";
import { addKeyHelp } from "../../shortcuts";
import { Board } from "./board";
import { boqTexts } from "./texts";

function keyHelp(workspace: Workspace): () => void {
  const { keys } = boqTexts[workspace.language];
  return addKeyHelp([
    { keys: ["Ctrl", "Enter"], text: keys.insert },
    { keys: ["Ctrl", "B"], text: keys.section },
    { keys: ["Ctrl", "Shift", "Enter"], text: keys.catalog },
    { keys: ["Ctrl", "D"], text: keys.fill },
    { keys: ["Ctrl", "R"], text: keys.fillRight },
    { keys: ["Ctrl", "Shift", "D"], text: keys.duplicate },
    { keys: ["Alt", "↑ ↓"], text: keys.move },
    { keys: ["Alt", "Shift", "← →"], text: keys.indent },
    { keys: ["Alt", "Shift", "+ −"], text: keys.fold },
    { keys: ["Ctrl", "−"], text: keys.remove },
    { keys: ["Ctrl", "H"], text: keys.replace },
    { keys: ["Ctrl", "F"], text: keys.filter },
  ]);
}

function failed(host: HTMLElement, workspace: Workspace, error: unknown): void {
  if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
  const { texts } = workspace;
  const reload = (): void => location.reload();
  render(
    html`<div class="empty" role="alert">
      <h2>${texts.couldNotLoad}</h2>
      <p>${error.message}</p>
      <div class="button-group">
        <button type="button" class="button button-primary" @click=${reload}>${texts.reload}</button>
      </div>
    </div>`,
    host,
  );
}

export const step: Step = {
  id: "boq",
  title: { id: boqTexts.id.title, en: boqTexts.en.title },
  inspected: true,
  mount(host, workspace) {
    let board: Board | null = null;
    let left = false;
    const forget = keyHelp(workspace);
    workspace.loadBill().then(
      () => {
        if (!left) board = new Board(host, workspace);
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
