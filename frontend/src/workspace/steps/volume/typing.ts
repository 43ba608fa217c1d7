/** Names put into formulas while they are typed. */

import { lineEditor, type CellEditor, type EditorContext } from "../../grid";

/** The editor of a cell that may hold a formula. */
export function formulaEditor<Row>(context: EditorContext<Row>): CellEditor {
  const editor = lineEditor(context);
  editor.element.dataset["takesNames"] = "";
  return editor;
}

/** Whether a value is missing at the end of `text`: nothing stands there yet, or a sign, a parenthesis, a separator. */
export const wantsValue = (text: string): boolean => /(?:^|[-+*/^(;<>=×÷·−])\s*$/.test(text);

/** Where a formula is typed that wants a value at the caret. */
function openInput(): HTMLInputElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLInputElement) || !("takesNames" in activeElement.dataset)) return null;
  return wantsValue(activeElement.value.slice(0, activeElement.selectionStart ?? undefined)) ? activeElement : null;
}

/** Put `name` where the caret stands. */
function insertName(input: HTMLInputElement, name: string): void {
  const start = input.selectionStart ?? input.value.length;
  input.setRangeText(name, start, input.selectionEnd ?? start, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** While a formula waits for a value, a press on a row of `host` puts its name in, and the grid hears nothing of it. */
export function offerNames(host: HTMLElement, nameAt: (place: number) => string | null): () => void {
  // A press that put a name in is spent: what the browser makes of it, a click, means nothing more.
  let spent = false;
  const press = (event: Event): void => {
    if (event.type === "pointerdown") spent = offer(event);
    if (!spent) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const offer = (event: Event): boolean => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>(".grid-row[data-place]") : null;
    const input = openInput();
    if (!row || !input || row.contains(input)) return false;
    const name = nameAt(Number(row.dataset["place"]));
    if (name) insertName(input, name);
    return name !== null;
  };
  const types = ["pointerdown", "mousedown", "mouseup", "pointerup", "click", "dblclick"];
  for (const type of types) host.addEventListener(type, press, { capture: true });
  return () => types.forEach((type) => host.removeEventListener(type, press, { capture: true }));
}

/** A plain number needs no formula mark: "3,5" and "-2", not "v2" nor "2*3". */
export const isPlain = (text: string): boolean => /^\s*-?[\d.]+(?:,\d+)?\s*$/.test(text);
