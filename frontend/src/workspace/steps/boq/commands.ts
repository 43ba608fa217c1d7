/** What the step asks of the server: the commands on the bill, by name, with the shape of their arguments.

 * Cells carry what was typed; the server reads it (numbers are Indonesian, an ambiguous one is an error that names its
 * key and field). Rows that are made have keys of this page ("new1") until the answer tells theirs, so that what is
 * typed into them meanwhile can be sent behind. */

import type { Workspace } from "../../context";
import type { Target } from "../../moves";
import type { Answer, Key, Value, Values } from "../../wire";

/** Fields a person types: of a section `number` and `name`; of an item the others and `number`.
    `quantity` takes a number or a formula that begins with "=". */
export type Field =
  | "number"
  | "name"
  | "code"
  | "description"
  | "unit"
  | "quantity"
  | "unit_price"
  | "overhead";

export type Typed = { readonly [field in Field]?: string };

export interface SetRow {
  readonly key: Key;
  /** The row as the person saw it; null writes whatever it is now. */
  readonly version: number | null;
  readonly values: Typed;
}

export interface NewRow {
  /** Of this page: "new1". */
  readonly id: Key;
  readonly type: "section" | "item";
  /** An item with a code and without description or unit takes those of its analysis. */
  readonly values: Typed;
}

/** What a column of a pasted block is; sums of lines are read only to know them. */
export type PasteField = Field | "amount";

export interface PasteNote {
  /** "" where it is about the whole line. */
  readonly field: string;
  readonly text: string;
}

/** What a line of a pasted block becomes. */
export interface PastedRow {
  /** Its place in the block, from 0. */
  readonly line: number;
  readonly became: "item" | "section" | "nothing";
  /** How deep it stands, from 0; of lines that become something. */
  readonly level?: number;
  /** The analysis its code was found to be, and what that comes to in the project. */
  readonly analysis?: string;
  readonly analysis_code?: string;
  readonly analysis_price?: string | null;
  readonly errors: readonly PasteNote[];
  readonly notes: readonly PasteNote[];
}

/** How numbers are written; "auto" is whichever reads all of them. */
export type Notation = "auto" | "id" | "en";

export interface PasteArguments extends Target {
  /** Null: the titles in the first rows tell. */
  readonly fields: readonly (PasteField | null)[] | null;
  readonly cells: readonly (readonly string[])[];
  readonly notation: Notation;
  /** Leave lines with errors out rather than refuse them all. */
  readonly skip_errors: boolean;
}

export interface Pasted {
  readonly rows: readonly PastedRow[];
  readonly fields: readonly (PasteField | null)[];
  /** "auto" where some numbers can be read either way. */
  readonly notation: Notation;
  /** Columns of which most cannot be read: probably they are others. */
  readonly doubtful: readonly PasteField[];
}

const plain = (value: unknown): Values => value as Values;

/** Keys of rows that a command made, in order. */
export function madeKeys(answer: Answer | null): Key[] {
  const keys: Value | undefined = answer?.result?.["keys"];
  return Array.isArray(keys) ? keys.map(String) : [];
}

const cellsOf = (key: Key, values: Typed) =>
  Object.entries(values).map(([field, text]) => ({ key, field, typed: String(text) }));

export class BillCommands {
  constructor(private readonly workspace: Workspace) {}

  /** `items.set`: cells of sections and items, all or none. */
  set(rows: readonly SetRow[], label: string): Promise<Answer | null> {
    const cells = rows.flatMap(({ key, values }) => cellsOf(key, values));
    return this.workspace.perform("items.set", plain({ cells: rows }), { cells, label });
  }

  /** `rows.add`: rows behind `after` in `parent`. `result.keys` has their keys in the same order. */
  add(target: Target, rows: readonly NewRow[], label: string): Promise<Answer | null> {
    const cells = rows.flatMap(({ id, values }) => cellsOf(id, values));
    const { parent, after } = target;
    return this.workspace.perform("rows.add", plain({ parent, after, rows }), { cells, label });
  }

  /** `rows.move`: rows with what stands in them, in document order. */
  move(keys: readonly Key[], { parent, after }: Target, label: string): Promise<Answer | null> {
    return this.workspace.perform("rows.move", plain({ keys, parent, after }), { label });
  }

  /** `rows.remove`: rows with what stands in them; the person is asked while that is more than was named. */
  remove(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("rows.remove", plain({ keys }), { label });
  }

  /** `rows.duplicate`: copies of rows with what stands in them, behind each. `result.keys` lists the copies. */
  duplicate(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("rows.duplicate", plain({ keys }), { label });
  }

  /** What `rows.paste` would make of each line, without making it. Throws Problem and Unreachable. */
  async tryPaste(values: PasteArguments): Promise<Pasted & { readonly answer: Answer }> {
    const answer = await this.workspace.queue.preview("rows.paste", plain(values));
    return { ...(answer.result as unknown as Pasted), answer };
  }

  /** `rows.paste`: lines become sections and items. `result.keys` lists those that stand at the target itself. */
  paste(values: PasteArguments, label: string): Promise<Answer | null> {
    return this.workspace.perform("rows.paste", plain(values), { label });
  }
}
