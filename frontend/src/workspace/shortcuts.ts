/** Keys of the whole page. Those of a grid belong to the grid; while somebody types, single keys belong to the text. */

import { html } from "lit-html";

import { isTyping } from "../dom";
import type { Workspace } from "./context";
import { ask } from "./dialogs";

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly text: string;
}

const more: KeyHelp[] = [];

/** Lines that a step adds to the list of keys; the result takes them out again. */
export function addKeyHelp(lines: readonly KeyHelp[]): () => void {
  more.push(...lines);
  return () => more.splice(0, more.length, ...more.filter((line) => !lines.includes(line)));
}

export async function undo(workspace: Workspace): Promise<void> {
  const { queue, texts, toast } = workspace;
  const answered = queue.undo();
  if (!answered) return toast(texts.nothingToUndo);
  await answered;
}

export async function redo(workspace: Workspace): Promise<void> {
  const { queue, texts, toast } = workspace;
  const answered = queue.redo();
  if (!answered) return toast(texts.nothingToRedo);
  await answered;
}

function showKeys(workspace: Workspace): void {
  const { texts } = workspace;
  const lines: KeyHelp[] = [
    { keys: ["Ctrl", "Z"], text: texts.keysUndo },
    { keys: ["Ctrl", "Y"], text: texts.keysRedo },
    { keys: ["Ctrl", "K"], text: texts.keysSearch },
    { keys: ["Alt", "1 … 9"], text: texts.keysSteps },
    { keys: ["Alt", "0"], text: texts.keysInspector },
    { keys: ["?"], text: texts.keysHelp },
    ...more,
  ];
  const body = html`<dl class="facts keys work-keys">
    ${lines.map((line) => html`<dt>${line.keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${line.text}</dd>`)}
  </dl>`;
  void ask(texts.keysTitle, body, [{ value: true, label: texts.close, primary: true }]);
}

function historyKey(event: KeyboardEvent): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "y" || (key === "z" && event.shiftKey)) return "redo";
  return key === "z" ? "undo" : null;
}

export function startShortcuts(workspace: Workspace): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const typing = isTyping(event.target);
    const turn = historyKey(event);
    if (turn && !typing) {
      event.preventDefault();
      void (turn === "undo" ? undo(workspace) : redo(workspace));
    } else if (event.key === "?" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      showKeys(workspace);
    } else if (event.altKey && !event.ctrlKey && event.code === "Digit0") {
      event.preventDefault();
      workspace.inspector.toggle();
    } else if (event.altKey && !event.ctrlKey && /^Digit[1-9]$/.test(event.code)) {
      const link = document.querySelectorAll<HTMLElement>("[data-step]")[Number(event.code.at(-1)) - 1];
      if (link?.dataset["step"]) {
        event.preventDefault();
        workspace.router.go(link.dataset["step"]);
      }
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-show-keys]")) showKeys(workspace);
  });
}
