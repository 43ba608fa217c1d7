import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createGrid, type CellEdit, type Grid, type GridOptions, type Paste } from "../../../src/workspace/grid";
import { demoOptions, demoRows, unfolded, type DemoRow } from "./demo";

let rows: DemoRow[];
let grid: Grid<DemoRow>;
let told: unknown[][];

/** A grid of `count` rows whose edits come into the rows, as a step's would after the server's answer. */
function make(count: number, more: Partial<GridOptions<DemoRow>> = {}): HTMLElement {
  rows = demoRows(count);
  told = [];
  document.body.innerHTML = "";
  const onEdit = (edits: readonly CellEdit[], cause: string): void => {
    told.push([cause, ...edits.map((edit) => `${edit.key} ${edit.column} ${edit.text}`)]);
  };
  grid = createGrid(document.body, { ...demoOptions(rows), onEdit, ...more });
  const table = grid.element.querySelector<HTMLElement>(".grid-table");
  if (!table) throw new Error("no table");
  table.focus();
  return table;
}

function press(table: HTMLElement, ...keys: string[]): void {
  for (const name of keys) {
    const parts = name.split("+");
    const target = document.activeElement && table.contains(document.activeElement) ? document.activeElement : table;
    target.dispatchEvent(
      new KeyboardEvent("keydown", {
        key: parts.at(-1) ?? "",
        ctrlKey: parts.includes("Ctrl"),
        shiftKey: parts.includes("Shift"),
        altKey: parts.includes("Alt"),
        bubbles: true,
        cancelable: true,
      }),
    );
  }
}

/** What a person types into the open editor. */
function type(text: string): void {
  const input = grid.element.querySelector<HTMLInputElement>(".grid-input");
  if (!input) throw new Error("no editor is open");
  input.value += text;
}

function clipboard(table: HTMLElement, name: "copy" | "paste", text = ""): string {
  let held = text;
  const event = new Event(name, { bubbles: true, cancelable: true });
  const clipboardData = { getData: () => held, setData: (_: string, value: string) => (held = value) };
  table.dispatchEvent(Object.assign(event, { clipboardData }));
  return held;
}

const active = (): string => `${grid.selection().active?.key} ${grid.selection().active?.column}`;

beforeEach(() => localStorage.clear());
afterEach(() => grid.destroy());

describe("editing", () => {
  it("replaces by typing, goes down with Enter, and back to where a run of Tabs began", () => {
    const table = make(6);
    grid.select("i1", "description");
    press(table, "G");
    expect(grid.draft()).toEqual({ key: "i1", column: "description", text: "G" });
    type("alian");
    press(table, "Tab");
    expect(told).toEqual([["type", "i1 description Galian"]]);
    press(table, "Tab");
    expect(active()).toBe("i1 unit");
    press(table, "Enter");
    expect(active()).toBe("i2 description");
  });

  it("changes with F2 and gives up with Esc, without a word to the step", () => {
    const table = make(6);
    grid.select("i1", "quantity");
    press(table, "F2");
    expect(grid.draft()?.text).toBe("1,5");
    type("9");
    press(table, "Escape");
    expect(grid.editing).toBe(false);
    press(table, "F2", "Enter");
    expect(told).toEqual([]);
    expect(document.activeElement).toBe(table);
  });

  it("opens no editor where nothing may be changed, and says why", () => {
    const refused = vi.fn();
    const table = make(6, { onRefuse: refused });
    grid.select("i0", "quantity");
    press(table, "5");
    expect(grid.editing).toBe(false);
    expect(refused).toHaveBeenCalledWith("Sel ini tidak dapat diubah.");
    grid.setReadOnly(true);
    grid.select("i1", "quantity");
    press(table, "5", "Delete", "Ctrl+d");
    expect(told).toEqual([]);
  });

  it("keeps the editor and its text when rows come before it, and gives up when its row went", () => {
    const table = make(6);
    grid.select("i4", "description");
    press(table, "B");
    type("eton");
    grid.setRows([{ ...rows[3]!, key: "x1" }, ...rows]);
    expect(grid.draft()).toEqual({ key: "i4", column: "description", text: "Beton" });
    expect(active()).toBe("i4 description");
    grid.setRows(rows.filter((row) => row.key !== "i4"));
    expect(grid.editing).toBe(false);
    expect(active()).toBe("i5 description");
  });

  it("clears, and fills down without touching cells that may not be changed", () => {
    const table = make(8);
    grid.select("i4", "quantity");
    press(table, "Shift+ArrowDown", "Shift+ArrowDown", "Ctrl+d", "Delete");
    expect(told).toEqual([
      ["fill", "i6 quantity 4,5"],
      ["clear", "i4 quantity ", "i6 quantity "],
    ]);
    grid.select("i7", "quantity");
    press(table, "Ctrl+d");
    expect(told.at(-1)).toEqual(["fill", "i7 quantity 6,5"]);
  });

  it("fills to the right, a single column from the one before it", () => {
    const table = make(8);
    grid.select("i1", "description");
    press(table, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Ctrl+r");
    const [one, two] = [rows[1]!.description, rows[2]!.description];
    expect(told).toEqual([["fill", `i1 unit ${one}`, `i2 unit ${two}`]]);
    grid.select("i1", "quantity");
    press(table, "Ctrl+r");
    expect(told.at(-1)).toEqual(["fill", "i1 quantity m³"]);
  });

  it("fills by the square at the corner of what is marked, in one act, and Esc lets go of it", () => {
    const table = make(8);
    const cell = (row: number, column: number): HTMLElement =>
      table.querySelector(`[data-place="${row}"] [data-column="${column}"]`)!;
    const pointer = (name: string, target: Element, buttons = 1): void => {
      document.elementFromPoint = () => target;
      target.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true, button: 0, buttons, pointerId: 1 }));
    };
    table.setPointerCapture = () => undefined;
    grid.select("i1", "unit");
    press(table, "Shift+ArrowDown");
    expect(cell(2, 3).classList.contains("is-corner")).toBe(true);
    pointer("pointerdown", cell(2, 3));
    pointer("pointermove", cell(4, 3));
    expect(grid.selection().keys).toEqual(["i1", "i2", "i3", "i4"]);
    press(table, "Escape");
    pointer("pointerup", cell(4, 3));
    expect([grid.selection().keys, told]).toEqual([["i1", "i2"], []]);
    pointer("pointerdown", cell(2, 3));
    pointer("pointermove", cell(4, 3));
    pointer("pointerup", cell(4, 3));
    expect(told).toEqual([["fill", "i3 unit m³", "i4 unit m³"]]);
    grid.setReadOnly(true);
    expect(table.querySelector(".is-corner")).toBeNull();
  });

  it("hands a cell to an editor of the step's own", () => {
    const element = document.createElement("input");
    const columns = demoOptions([]).columns.map((column) =>
      column.id === "unit"
        ? { ...column, editor: () => ({ element, value: () => "kg", focus: () => element.focus() }) }
        : column,
    );
    const table = make(4, { columns });
    grid.select("i1", "unit");
    press(table, "k", "Enter");
    expect(told).toEqual([["type", "i1 unit kg"]]);
  });
});

describe("clipboard", () => {
  it("copies cells as they were typed, as one text", () => {
    const table = make(6);
    grid.select("i1", "unit");
    press(table, "Shift+ArrowRight", "Shift+ArrowDown");
    expect(clipboard(table, "copy")).toBe("m³\t1,5\r\nm³\t2,5");
  });

  it("gives a paste to the step with where it goes", () => {
    const pasted: Paste[] = [];
    const table = make(6, { onPaste: (paste) => pasted.push(paste) });
    grid.select("i4", "unit");
    clipboard(table, "paste", "m²\t1.000,5\r\nkg\t2\r\nls\t3\r\n");
    expect(pasted).toEqual([
      {
        cells: [
          ["m²", "1.000,5"],
          ["kg", "2"],
          ["ls", "3"],
        ],
        at: { key: "i4", column: "unit" },
        columns: ["unit", "quantity"],
        keys: ["i4", "i5"],
      },
    ]);
  });

  it("turns a paste into edits where the step has no use of its own for it", () => {
    const table = make(4);
    grid.select("i1", "unit");
    press(table, "Shift+ArrowDown");
    clipboard(table, "paste", "kg");
    expect(told).toEqual([["paste", "i1 unit kg", "i2 unit kg"]]);
  });

  it("refuses more cells than it can take, in words", () => {
    const refused = vi.fn();
    const table = make(4, { onRefuse: refused, pasteLimit: 1000 });
    grid.select("i1", "unit");
    clipboard(table, "paste", "1\t2\n".repeat(1_000));
    expect(told).toEqual([]);
    expect(refused.mock.calls[0]?.[0]).toContain("1.000 sel");
  });
});

describe("what it tells the step", () => {
  it("asks for rows, moves, indents, removes, undoes", () => {
    const acts: unknown[] = [];
    const table = make(6, {
      onInsert: (at) => acts.push(at),
      onIndent: (keys, by) => acts.push([keys, by]),
      onMove: (keys, to) => acts.push([keys, to]),
      onRemove: (keys) => acts.push(keys),
      onUndo: () => acts.push("undo"),
      onRedo: () => acts.push("redo"),
    });
    grid.select("i2", "unit");
    press(table, "Insert", "Ctrl+Enter", "Alt+Shift+ArrowRight", "Alt+ArrowDown", "Ctrl+z", "Ctrl+y");
    press(table, "Shift+ ", "Shift+ArrowDown", "Delete");
    expect(acts).toEqual([
      { key: "i2", above: false },
      { key: "i2", above: false },
      [["i2"], 1],
      [["i2"], { by: 1 }],
      "undo",
      "redo",
      ["i2", "i3"],
    ]);
  });

  it("folds with a space on a row that holds others, and shows the level to all", () => {
    const table = make(60, {
      onToggle(key, collapse) {
        rows.find((row) => row.key === key)!.collapsed = collapse;
        grid.setRows(unfolded(rows));
      },
    });
    grid.select("i0", "description");
    const first = (name: string): unknown => table.querySelector('[data-place="0"]')?.getAttribute(name);
    expect([first("aria-level"), first("aria-expanded")]).toEqual(["1", "true"]);
    press(table, " ");
    expect([table.getAttribute("aria-rowcount"), first("aria-expanded")]).toEqual(["12", "false"]);
    expect(active()).toBe("i0 description");
  });

  it("leaves with Esc and Tab, so that nobody is caught in it", () => {
    const table = make(6);
    const tab = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
    press(table, "Escape");
    table.dispatchEvent(tab);
    expect(tab.defaultPrevented).toBe(false);
  });
});

describe("what it shows", () => {
  it("keeps the element of each row when rows come again, before or after others, so that a press meets what was aimed at", () => {
    make(12);
    const elementOf = (key: string): Element | null => document.querySelector(`.grid-row[id$="-${key}"]`);
    const aimed = ["i0", "i3", "i5"].map(elementOf);
    expect(aimed.every(Boolean)).toBe(true);
    grid.setRows([...rows.slice(0, 6)].reverse());
    grid.setRows([...rows]);
    expect(["i0", "i3", "i5"].map(elementOf)).toEqual(aimed);
    grid.setRows(rows.slice(1));
    expect(elementOf("i0")).toBeNull();
    expect(["i3", "i5"].map(elementOf)).toEqual(aimed.slice(1));
  });

  it("draws only what is in sight, text as text, and names the active cell", () => {
    const table = make(12_000);
    rows[1]!.description = "<img src=x onerror=alert(1)>";
    grid.update([rows[1]!]);
    expect(table.querySelectorAll("[data-place]").length).toBeLessThan(60);
    expect(table.querySelector("img")).toBeNull();
    grid.select("i11999", "unit");
    const named = document.getElementById(table.getAttribute("aria-activedescendant") ?? "");
    expect(named?.closest("[data-place]")?.getAttribute("aria-rowindex")).toBe("12001");
    expect(table.innerHTML).not.toContain("onerror=alert(1)>");
  });

  it("says the state of a cell in words and takes it back", () => {
    const table = make(6);
    const cell = { key: "i1", column: "quantity" };
    const shown = (): HTMLElement => table.querySelector<HTMLElement>('[data-place="1"] [data-column="4"]')!;
    grid.mark(cell, "error", "Volume bukan angka");
    expect([shown().dataset["state"], shown().title]).toEqual(["error", "Volume bukan angka"]);
    expect(shown().getAttribute("aria-invalid")).toBe("true");
    grid.clearMarks();
    grid.setPresence([{ ...cell, name: "Rina Putri", initials: "RP" }]);
    expect([shown().dataset["state"], shown().dataset["initials"]]).toEqual([undefined, "RP"]);
  });

  it("lets a change of somebody else stand out for two seconds", () => {
    vi.useFakeTimers();
    const table = make(6);
    grid.flash([{ key: "i1", column: "quantity" }]);
    const cell = table.querySelector<HTMLElement>('[data-place="1"] [data-column="4"]')!;
    expect(cell.dataset["flash"]).toBe("");
    vi.advanceTimersByTime(2100);
    expect(cell.dataset["flash"]).toBeUndefined();
    vi.useRealTimers();
  });

  it("remembers hidden columns and never hides the last one", () => {
    make(3, { remember: "test" });
    grid.showColumns(["number", "amount"]);
    grid.destroy();
    make(3, { remember: "test" });
    expect(grid.columns().filter((column) => !column.hidden).map((column) => column.id)).toEqual(["number", "amount"]);
    grid.showColumns([]);
    expect(grid.element.querySelectorAll("[data-title]").length).toBe(1);
    grid.resetColumns();
    expect(grid.element.querySelectorAll("[data-title]").length).toBe(14);
  });
});
