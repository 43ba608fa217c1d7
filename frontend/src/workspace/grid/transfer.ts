import { areaOf, copyArea, holds, type Area } from "./selection";
import type { State } from "./state";
import type { GridTexts } from "./texts";
import { formatTsv, parseTsv, tile } from "./tsv";
import type { CellEdit, EditCause, Paste } from "./types";

const PASTE_LIMIT = 100_000;

/** Copy, paste, clear and fill: between the marked cells and texts. Writes go out as events, never into rows. */
export class Transfer<Row> {
  constructor(
    private readonly state: State<Row>,
    private readonly texts: GridTexts,
    private readonly say: (message: string, refused: boolean) => void,
  ) {}

  /** The marked cells as they were typed. */
  copyText(): string {
    const { rows, columns } = copyArea(this.state.areas());
    return formatTsv(rows.map((row) => columns.map((column) => this.state.text(row, column))));
  }

  copy(event: ClipboardEvent): void {
    if (this.state.spans.length === 0) return;
    event.preventDefault();
    event.clipboardData?.setData("text/plain", this.copyText());
    const { rows, columns } = copyArea(this.state.areas());
    this.say(this.texts.copied(rows.length, columns.length), false);
  }

  /** Only the plain text is read: what another program says of colours and formulas is its own. */
  paste(event: ClipboardEvent): void {
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text === "") return;
    if (this.state.readOnly) {
      this.say(this.texts.refusedReadOnly, true);
      return;
    }
    const limit = this.state.options.pasteLimit ?? PASTE_LIMIT;
    const cells = parseTsv(text, limit);
    if (cells) this.#take(cells);
    else this.say(this.texts.refusedMany(limit.toLocaleString(this.state.options.language)), true);
  }

  #take(cells: readonly (readonly string[])[]): void {
    const paste = this.#aim(cells);
    if (this.state.options.onPaste) {
      this.state.options.onPaste(paste);
      return;
    }
    const edits: CellEdit[] = [];
    paste.cells.forEach((line, down) =>
      line.forEach((text, right) => {
        const [key, column] = [paste.keys[down], paste.columns[right]];
        if (key !== undefined && column !== undefined) edits.push({ key, column, text: text.trim() });
      }),
    );
    this.#send(edits, "paste");
  }

  /** Where a block goes: from the top left of the marked area, repeated when the area is a multiple of it. */
  #aim(cells: readonly (readonly string[])[]): Paste {
    const last = this.state.spans.at(-1);
    const area = last ? areaOf(last) : { top: 0, left: 0, bottom: 0, right: 0 };
    const left = this.state.wholeRows ? 0 : area.left;
    const tiled = this.state.wholeRows ? cells : tile(cells, area.bottom - area.top + 1, area.right - area.left + 1);
    const width = tiled[0]?.length ?? 0;
    const keys = tiled.flatMap((_, down) => this.state.rows.key(area.top + down) ?? []);
    const columns = this.state.columns.visible.slice(left, left + width).map((column) => column.id);
    return { cells: tiled, at: this.state.address({ row: area.top, column: left }), columns, keys };
  }

  /** Delete and cut: the marked cells become empty. */
  clear(cause: "clear" | "cut"): void {
    const edits = this.#marked((row, column) => (this.state.text(row, column) === "" ? null : ""));
    this.#send(edits, cause);
  }

  /** Ctrl+D: the first row of each marked area goes down through it; a single row takes the one above. */
  fillDown(): void {
    const edits = this.state.areas().flatMap((area) => {
      const top = area.top === area.bottom ? area.top - 1 : area.top;
      return top < 0 ? [] : this.#repeated({ ...area, top, bottom: top }, area);
    });
    this.#send(edits, "fill");
  }

  /** Ctrl+R: the first column of each marked area goes to the right through it; a single column takes the one before. */
  fillRight(): void {
    const edits = this.state.areas().flatMap((area) => {
      const left = area.left === area.right ? area.left - 1 : area.left;
      return left < 0 ? [] : this.#repeated({ ...area, left, right: left }, area);
    });
    this.#send(edits, "fill");
  }

  /** What stands in `source`, over and over, into the rest of `target`. */
  fillFrom(source: Area, target: Area): void {
    this.#send(this.#repeated(source, target), "fill");
  }

  #repeated(source: Area, target: Area): CellEdit[] {
    const [height, width] = [source.bottom - source.top + 1, source.right - source.left + 1];
    const edits: CellEdit[] = [];
    for (let row = target.top; row <= target.bottom; row += 1) {
      for (let column = target.left; column <= target.right; column += 1) {
        const address = holds(source, row, column) ? null : this.state.address({ row, column });
        const from = { row: source.top + ((row - source.top) % height), column: source.left + ((column - source.left) % width) };
        if (address) edits.push({ ...address, text: this.state.text(from.row, from.column) });
      }
    }
    return edits;
  }

  #marked(text: (row: number, column: number) => string | null): CellEdit[] {
    const edits: CellEdit[] = [];
    for (const area of this.state.areas()) {
      for (let row = area.top; row <= area.bottom; row += 1) {
        for (let column = area.left; column <= area.right; column += 1) {
          const address = this.state.address({ row, column });
          const value = text(row, column);
          if (address && value !== null) edits.push({ ...address, text: value });
        }
      }
    }
    return edits;
  }

  /** One event with what may be changed; words when nothing may. */
  #send(edits: readonly CellEdit[], cause: EditCause): void {
    if (edits.length === 0) return;
    const allowed = edits.filter(({ key, column }) =>
      this.state.canEdit(this.state.rows.place(key), this.state.columns.place(column)),
    );
    if (allowed.length > 0) this.state.options.onEdit?.(allowed, cause);
    else this.say(this.texts.refusedReadOnly, true);
  }
}
