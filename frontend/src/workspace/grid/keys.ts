/** What a key means, in the grid and in an open editor. Keys are those of spreadsheets. */

export type Intent =
  | { readonly act: "step" | "edge"; readonly rows: number; readonly columns: number; readonly extend: boolean }
  | { readonly act: "page"; readonly pages: -1 | 1; readonly extend: boolean }
  | { readonly act: "line" | "corner"; readonly end: boolean; readonly extend: boolean }
  | { readonly act: "enter" | "tab"; readonly back: boolean }
  | { readonly act: "indent" | "shift"; readonly by: -1 | 1 }
  | { readonly act: "type"; readonly text: string }
  | { readonly act: "insert"; readonly above: boolean }
  | { readonly act: "fold"; readonly shut: boolean }
  | {
      readonly act:
        | "edit"
        | "erase"
        | "clear"
        | "fill"
        | "fill-right"
        | "all"
        | "row"
        | "column"
        | "remove"
        | "undo"
        | "redo"
        | "escape";
    };

/** The part of a keyboard event that carries the meaning. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const ARROWS: Record<string, readonly [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function arrow(key: Key, control: boolean): Intent | null {
  const [rows, columns] = ARROWS[key.key] ?? [0, 0];
  if (!key.altKey) return { act: control ? "edge" : "step", rows, columns, extend: key.shiftKey };
  if (control) return null;
  if (columns !== 0) return key.shiftKey ? { act: "indent", by: columns < 0 ? -1 : 1 } : null;
  return key.shiftKey ? null : { act: "shift", by: rows < 0 ? -1 : 1 };
}

function withControl(key: Key): Intent | null {
  switch (key.key.toLowerCase()) {
    case "home":
    case "end":
      return { act: "corner", end: key.key === "End", extend: key.shiftKey };
    case "enter":
      return { act: "insert", above: key.shiftKey };
    case "a":
      return { act: "all" };
    case "d":
      return { act: "fill" };
    case "r":
      // With Shift it stays the browser's own.
      return key.shiftKey ? null : { act: "fill-right" };
    case "z":
      return { act: key.shiftKey ? "redo" : "undo" };
    case "y":
      return { act: "redo" };
    case " ":
      return { act: "column" };
    case "-":
      return { act: "remove" };
    default:
      return null;
  }
}

function plain(key: Key): Intent | null {
  switch (key.key) {
    case "Home":
    case "End":
      return { act: "line", end: key.key === "End", extend: key.shiftKey };
    case "PageUp":
    case "PageDown":
      return { act: "page", pages: key.key === "PageUp" ? -1 : 1, extend: key.shiftKey };
    case "Enter":
      return { act: "enter", back: key.shiftKey };
    case "Tab":
      return { act: "tab", back: key.shiftKey };
    case "F2":
      return { act: "edit" };
    case "Escape":
      return { act: "escape" };
    case "Delete":
      return { act: "clear" };
    case "Backspace":
      return { act: "erase" };
    case "Insert":
      return { act: "insert", above: key.shiftKey };
    case " ":
      return key.shiftKey ? { act: "row" } : { act: "type", text: " " };
    default:
      return [...key.key].length === 1 ? { act: "type", text: key.key } : null;
  }
}

/** Alt+Shift with + and - folds, as spreadsheets fold their outlines. */
function fold(key: Key): Intent | null {
  if (!key.shiftKey || key.ctrlKey) return null;
  if (key.key === "+" || key.key === "=") return { act: "fold", shut: false };
  if (key.key === "-" || key.key === "_") return { act: "fold", shut: true };
  return null;
}

/** What a key asks of the grid, or null when it is none of its business (copy and paste come as events of their own). */
export function intentOf(key: Key): Intent | null {
  const control = key.ctrlKey || key.metaKey;
  if (key.key in ARROWS) return arrow(key, control);
  // AltGr comes as Ctrl+Alt and types a character.
  if (key.altKey) return control && [...key.key].length === 1 ? { act: "type", text: key.key } : fold(key);
  return control ? withControl(key) : plain(key);
}

export type EditIntent = "down" | "up" | "right" | "left" | "fill" | "cancel" | "toggle" | null;

/** In an editor. `replacing`: a typed character opened it, so arrows leave the cell; after F2 they move the caret. */
export function editIntentOf(key: Key, replacing: boolean): EditIntent {
  switch (key.key) {
    case "Enter":
      if (key.ctrlKey || key.metaKey) return "fill";
      return key.altKey ? null : key.shiftKey ? "up" : "down";
    case "Tab":
      return key.shiftKey ? "left" : "right";
    case "Escape":
      return "cancel";
    case "F2":
      return "toggle";
    default:
      break;
  }
  const [rows, columns] = ARROWS[key.key] ?? [0, 0];
  if (!replacing || key.ctrlKey || key.shiftKey || key.altKey || key.metaKey) return null;
  if (rows !== 0) return rows < 0 ? "up" : "down";
  return columns === 0 ? null : columns < 0 ? "left" : "right";
}
