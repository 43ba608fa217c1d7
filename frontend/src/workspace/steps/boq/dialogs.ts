/** What asks the person something before it changes the bill: pasting, choosing, replacing, and the menu at the cursor. */

import type { Workspace } from "../../context";
import type { Grid, GridSelection, Paste } from "../../grid";
import { formatCount } from "../../numbers";
import type { Key } from "../../wire";
import type { Acts } from "./acts";
import type { Catalog } from "./catalog";
import { askBulk, askReplace, type ChangeParts } from "./change-dialogs";
import type { BillCommands } from "./commands";
import { openMenu, type MenuItem } from "./context-menu";
import { TAIL } from "./drafts";
import { fieldOf, isTail, type BoqRow, type Reader } from "./lines";
import { previewPaste } from "./paste-dialog";
import { pickAnalyses } from "./picker";
import { cellCount } from "./replace";
import type { BoqTexts } from "./texts";

export interface DialogParts {
  readonly workspace: Workspace;
  readonly commands: BillCommands;
  readonly catalog: Catalog;
  readonly acts: Acts;
  readonly reader: Reader;
  readonly texts: BoqTexts;
  /** Every row of the bill, folded or filtered away or not. */
  readonly all: () => BoqRow[];
}

export class Dialogs {
  private grid: Grid<BoqRow> | null = null;

  constructor(private readonly parts: DialogParts) {}

  use(grid: Grid<BoqRow>): void {
    this.grid = grid;
  }

  private get cursor(): Key | null {
    return this.grid?.selection().active?.key ?? null;
  }

  async pick(): Promise<void> {
    const { texts, catalog, acts, workspace } = this.parts;
    const { cursor } = this;
    const found = await pickAnalyses({ catalog, texts, language: workspace.language });
    acts.addMany(found, cursor);
    this.grid?.focus();
  }

  private changeParts(): ChangeParts {
    const { texts, reader, workspace, all } = this.parts;
    const chosen = new Set(this.grid?.selection().keys);
    const rows = all();
    return { texts, reader, language: workspace.language, rows, selected: rows.filter((row) => chosen.has(row.key)) };
  }

  async replace(): Promise<void> {
    const rows = await askReplace(this.changeParts());
    const { texts, acts, workspace } = this.parts;
    if (rows) acts.set(rows, texts.acts.replace(formatCount(cellCount(rows), workspace.language)));
    this.grid?.focus();
  }

  async bulk(): Promise<void> {
    const rows = await askBulk(this.changeParts());
    const { texts, acts, workspace } = this.parts;
    if (rows) acts.set(rows, texts.acts.edit(formatCount(rows.length, workspace.language)));
    this.grid?.focus();
  }

  /** Over rows that are there a paste is an edit; anything else makes rows, and is shown before. */
  paste(paste: Paste): void {
    const rows = paste.keys.map((key) => this.grid?.row(key));
    const covered = rows.length === paste.cells.length && rows.every((row) => row !== undefined && !isTail(row));
    const single = paste.cells.length === 1 && paste.cells[0]?.length === 1;
    if (covered || single) this.pasteOver(paste);
    else void this.pasteRows(paste, rows[0]);
  }

  private async pasteRows(paste: Paste, first: BoqRow | undefined): Promise<void> {
    const { commands, texts, acts, workspace } = this.parts;
    const values = await previewPaste({
      commands,
      texts,
      language: workspace.language,
      target: acts.targetAt(paste.at?.key ?? TAIL),
      cells: paste.cells,
      columns: paste.columns.map((column) => (first ? fieldOf({ ...first, kind: "i" }, column) : null)),
    });
    this.grid?.focus();
    if (!values) return;
    const label = texts.acts.paste(formatCount(values.cells.length, workspace.language));
    acts.selectMade(await commands.paste(values, label));
  }

  private pasteOver(paste: Paste): void {
    const edits = paste.cells.flatMap((line, down) =>
      line.flatMap((text, right) => {
        const [key, column] = [paste.keys[down], paste.columns[right]];
        const row = key === undefined ? undefined : this.grid?.row(key);
        return row && column !== undefined && fieldOf(row, column) ? [{ key: row.key, column, text: text.trim() }] : [];
      }),
    );
    this.parts.acts.edit(edits, "paste");
  }

  menu(selection: GridSelection, x: number, y: number): void {
    const { acts, texts, workspace } = this.parts;
    if (!workspace.may("write")) return;
    const { keys } = selection;
    const item = (text: string, keysText: string, act: () => void): MenuItem => ({ text, keys: keysText, act });
    openMenu(
      [
        item(texts.insertBelow, "Ctrl+Enter", () => acts.insert(this.cursor, false)),
        item(texts.addSection, "Ctrl+B", () => acts.insert(this.cursor, false, "s")),
        item(texts.fromCatalog, "Ctrl+Shift+Enter", () => void this.pick()),
        null,
        item(texts.duplicate, "Ctrl+Shift+D", () => void acts.duplicate(keys)),
        { text: texts.bulk, act: () => void this.bulk() },
        item(texts.indent, "Alt+Shift+→", () => acts.indent(keys, 1)),
        item(texts.outdent, "Alt+Shift+←", () => acts.indent(keys, -1)),
        item(texts.moveUp, "Alt+↑", () => acts.move(keys, { by: -1 })),
        item(texts.moveDown, "Alt+↓", () => acts.move(keys, { by: 1 })),
        null,
        item(texts.remove, "Ctrl+−", () => acts.remove(keys)),
      ],
      x,
      y,
      () => this.grid?.focus(),
    );
  }
}
