/** What a grid shows, what it tells its step, and what a step may ask of it. Steps know these types and `createGrid`, nothing else. */

/** How a column reads: numbers stand right with tabular figures, codes and units are quieter than texts. */
export type CellKind = "text" | "number" | "money" | "unit" | "status" | "code";

export interface Column<Row> {
  /** Stable name: addresses of cells and remembered widths use it. */
  readonly id: string;
  readonly title: string;
  /** What the head shows instead of the title, where that is too long for a narrow column. */
  readonly heading?: string;
  readonly kind: CellKind;
  /** Pixels before a person drags it. */
  readonly width: number;
  /** Takes the room the others leave, and `width` at least, until a person drags it. */
  readonly grow?: boolean;
  /** Unit beside the title ("Rp", "%"): never inside the cells. */
  readonly unit?: string;
  /** What the cell shows; always text, never markup. */
  text(row: Row): string;
  /** What the cell was typed as: stands in the editor and on the clipboard. `text` when left out. */
  typed?(row: Row): string;
  /** Cells that no key and no paste may change. Columns are editable unless they say so. */
  readonly readOnly?: boolean | ((row: Row) => boolean);
  /** Draws the content itself in place of `text` (a badge, a link); `into` is empty. Texts of people stay text. */
  paint?(into: HTMLElement, row: Row): void;
  /** Class of one cell by its row, such as "is-bound" for a lower bound. */
  tone?(row: Row): string;
  /** Words a pointer that rests on the cell is shown, and a screen reader hears after the value. */
  hint?(row: Row): string;
  /** Editor other than a line of text. */
  readonly editor?: EditorFactory<Row>;
  /** This column carries indent and twisty. At most one does. */
  readonly tree?: boolean;
  /** Hidden until a person (or a column set) shows it. */
  readonly hidden?: boolean;
}

/** Where a row stands in its tree. The grid shows rows in the order given: what is collapsed the step leaves out. */
export interface TreePlace {
  /** 0 is the outermost level. */
  readonly level: number;
  readonly children: boolean;
  readonly collapsed: boolean;
}

export interface CellAddress {
  readonly key: string;
  readonly column: string;
}

/** One cell as somebody typed it. The server reads the text. */
export interface CellEdit extends CellAddress {
  readonly text: string;
}

export type EditCause = "type" | "clear" | "fill" | "paste" | "cut";

export interface GridSelection {
  readonly active: CellAddress | null;
  /** Rows any marked cell is in, in their order. */
  readonly keys: readonly string[];
  /** Columns any marked cell is in, in their order. */
  readonly columns: readonly string[];
  /** Whole rows are marked (by their heads or Shift+Space), not just cells. */
  readonly wholeRows: boolean;
}

export interface Paste {
  /** Rows of cells as the other program gave them: as many columns in each row as the widest has. */
  readonly cells: readonly (readonly string[])[];
  /** Where its first cell goes; null in an empty grid. */
  readonly at: CellAddress | null;
  /** Columns from there to the right, as many as the paste needs and the grid has. */
  readonly columns: readonly string[];
  /** Rows from there down, as many as the paste needs and the grid has. */
  readonly keys: readonly string[];
}

export type DropPlace = "before" | "after" | "inside";

export type MoveTarget =
  | { readonly by: -1 | 1 }
  | { readonly target: string; readonly place: DropPlace };

export type CellState = "saving" | "conflict" | "error";

export interface PresenceMark extends CellAddress {
  readonly name: string;
  readonly initials: string;
}

export type EditorMove = "down" | "up" | "right" | "left" | "stay";

/** What an editor is given. */
export interface EditorContext<Row> {
  readonly row: Row;
  readonly column: Column<Row>;
  /** Text to begin with: what was typed so far, or the whole cell. */
  readonly initial: string;
  /** True when a typed character opened it: it replaces the cell rather than changing it. */
  readonly replacing: boolean;
  /** Take `text` (the editor's own when left out) and go on. */
  commit(move: EditorMove, text?: string): void;
  cancel(): void;
}

export interface CellEditor {
  /** Put into the cell. A list that must overlap other rows belongs to the document body (popover). */
  readonly element: HTMLElement;
  value(): string;
  focus(): void;
  /** First chance at a key (arrows in a list of suggestions). True: the grid leaves it alone. */
  key?(event: KeyboardEvent): boolean;
  destroy?(): void;
}

export type EditorFactory<Row> = (context: EditorContext<Row>) => CellEditor;

export interface GridOptions<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string;
  /** Name for screen readers. */
  readonly label: string;
  readonly language: "id" | "en";
  /** Widths and hidden columns are kept on this machine under this name; forgotten when left out. */
  readonly remember?: string;
  /** How many of the leading columns stay while the others scroll. */
  readonly frozen?: number;
  /** Nothing can be edited, whatever the columns say (viewer, locked version). Change with `setReadOnly`. */
  readonly readOnly?: boolean;
  /** Most cells a paste may hold; 100,000 when left out. */
  readonly pasteLimit?: number;
  /** Makes it a tree. */
  treeOf?(row: Row): TreePlace;
  /** Class of a row: "is-section", "is-group", "is-draft" are styled. */
  toneOf?(row: Row): string;
  /** Rows that can take others inside them when rows are dragged. */
  canHold?(row: Row): boolean;
  /** Rows that do not move and are no target of a move (a blank row for typing). */
  isFixed?(row: Row): boolean;
  /** What an empty grid says. */
  readonly empty?: string | HTMLElement;

  /** Cells of one act together: one command. Never called with read-only cells. */
  onEdit?(edits: readonly CellEdit[], cause: EditCause): void;
  /** A paste. Without it the pasted texts come as `onEdit`, clipped to the rows and columns there are. */
  onPaste?(paste: Paste): void;
  /** A row is asked for beside the active one (Insert, Ctrl+Enter; with Shift above it). */
  onInsert?(at: { readonly key: string | null; readonly above: boolean }): void;
  /** Rows are to go (Ctrl+-, or Delete while whole rows are marked). */
  onRemove?(keys: readonly string[]): void;
  onIndent?(keys: readonly string[], by: -1 | 1): void;
  onMove?(keys: readonly string[], to: MoveTarget): void;
  onToggle?(key: string, collapse: boolean): void;
  onSelect?(selection: GridSelection): void;
  /** Place in the window, for a menu. */
  onMenu?(selection: GridSelection, x: number, y: number): void;
  onHeaderMenu?(column: string, x: number, y: number): void;
  onUndo?(): void;
  onRedo?(): void;
  /** A key the grid does not know, outside editing. True: it was used. */
  onKey?(event: KeyboardEvent, selection: GridSelection): boolean;
  /** Something was refused (too many cells, nothing that may be changed); said in the grid's status line too. */
  onRefuse?(message: string): void;
}

export interface ColumnState {
  readonly id: string;
  readonly title: string;
  readonly hidden: boolean;
  readonly width: number;
}

export interface Grid<Row> {
  /** The element that holds everything. */
  readonly element: HTMLElement;
  /** The rows to show, in order. Active cell and marks follow their keys; a row that went gives its place to its follower.
      `renamed` gives the keys of rows that were known by another: cursor, marks and an open editor go with them. */
  setRows(rows: readonly Row[], renamed?: ReadonlyMap<string, string>): void;
  /** Rows that changed, by key; order and number stay. Unknown keys are ignored. Only what is on screen is drawn. */
  update(rows: readonly Row[]): void;
  /** Draw what is on screen anew: something that columns read elsewhere than in their row has changed. */
  refresh(): void;
  row(key: string): Row | undefined;
  setReadOnly(readOnly: boolean): void;
  /** Say that rows are on their way: the empty text is held back. */
  setBusy(busy: boolean): void;

  selection(): GridSelection;
  /** Make a cell active, in view, with the focus where it is. The column it stands in when left out.
      Enter then goes on in `returnTo`, as after a run of Tabs. */
  select(key: string, column?: string, returnTo?: string): void;
  /** Mark whole rows; the first becomes active. */
  selectRows(keys: readonly string[]): void;
  scrollTo(key: string): void;
  focus(): void;
  /** Open the editor of a cell as F2 does. */
  edit(key: string, column: string): void;
  /** Take what stands in an open editor; true when none is open any more. */
  commit(): boolean;
  readonly editing: boolean;
  /** What stands in an open editor, as it is typed. */
  draft(): CellEdit | null;

  /** State of one cell with its words; null removes it. */
  mark(cell: CellAddress, state: CellState | null, message?: string): void;
  clearMarks(state?: CellState): void;
  /** Cells somebody else wrote stand out for two seconds. */
  flash(cells: readonly CellAddress[]): void;
  /** Where the others are; replaces what was told before. */
  setPresence(marks: readonly PresenceMark[]): void;

  columns(): readonly ColumnState[];
  setHidden(column: string, hidden: boolean): void;
  /** Show exactly these columns (a column set), remembered. */
  showColumns(ids: readonly string[]): void;
  /** Back to the widths and columns it came with. */
  resetColumns(): void;
  /** The marked cells as text for a clipboard. */
  copyText(): string;
  destroy(): void;
}
