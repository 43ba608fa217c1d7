/** What the step asks of the server: the commands on the bill, by name, with the shape of their arguments.

 * Cells carry what was typed; the server reads it (numbers are Indonesian, an ambiguous one is an error that names its
 * cell as `rows.N.field`). Rows that are made have keys of this page ("new1") until the answer tells theirs in
 * `result.keys`, so that what is typed into them meanwhile can be sent behind. */

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

export interface SetRow extends Typed {
  readonly key: Key;
  /** The row as the person saw it. */
  readonly version: number;
}

export interface NewRow extends Typed {
  /** Of this page: "new1". */
  readonly key: Key;
  readonly kind: "s" | "i";
  /** The key of a new row before it that is a section, to stand inside; at the target when left out. */
  readonly inside?: Key;
}

/** What a pasted row became. */
export interface PastedRow {
  /** Position in `cells`, from 0. */
  readonly line: number;
  readonly became: "item" | "section" | "nothing";
  readonly number?: string;
  readonly code?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly quantity?: string | null;
  /** Name of the analysis that its code or words were found to be; null when none was. */
  readonly analysis?: string | null;
  /** Fields that could not be read, with the words for it. */
  readonly errors: readonly { readonly field: string; readonly text: string }[];
}

export interface PasteArguments {
  readonly parent: Key | null;
  readonly after: Key | null;
  /** What each column is; null for one that is left out. */
  readonly fields: readonly (Field | null)[];
  readonly cells: readonly (readonly string[])[];
  /** Leave rows with errors out rather than refuse them all. */
  readonly skip_errors: boolean;
}

const plain = (value: unknown): Values => value as Values;

/** Keys of rows that a command made, in order. */
export function madeKeys(answer: Answer | null): Key[] {
  const keys: Value | undefined = answer?.result?.["keys"];
  if (Array.isArray(keys)) return keys.map(String);
  return typeof keys === "object" && keys !== null ? Object.values(keys).map(String) : [];
}

export class BillCommands {
  constructor(private readonly workspace: Workspace) {}

  /** `bill.set`: cells of rows, all or none. */
  set(rows: readonly SetRow[], label: string): Promise<Answer | null> {
    const cells = rows.flatMap(({ key, version: _, ...typed }) =>
      Object.entries(typed).map(([field, text]) => ({ key, field, typed: String(text) })),
    );
    return this.workspace.perform("bill.set", plain({ rows }), { cells, label });
  }

  /** `bill.add`: rows behind `after` in `parent`. `result.keys` gives their keys by those of this page. */
  add(target: Target, rows: readonly NewRow[], label: string): Promise<Answer | null> {
    const cells = rows.flatMap(({ key, kind: _, inside: __, ...typed }) =>
      Object.entries(typed).map(([field, text]) => ({ key, field, typed: String(text) })),
    );
    return this.workspace.perform("bill.add", plain({ ...target, rows }), { cells, label });
  }

  /** What `bill.add` would make, with its figures: the price of an analysis before it is chosen. */
  tryAdd(target: Target, rows: readonly NewRow[]): Promise<Answer> {
    return this.workspace.queue.preview("bill.add", plain({ ...target, rows }));
  }

  /** `bill.move`: rows with what stands in them, in document order. */
  move(keys: readonly Key[], target: Target, label: string): Promise<Answer | null> {
    return this.workspace.perform("bill.move", plain({ keys, ...target }), { label });
  }

  /** `bill.remove`: rows with what stands in them; refused while others use them, unless `confirmed`. */
  remove(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("bill.remove", plain({ keys }), { label });
  }

  /** `bill.duplicate`: copies of rows with what stands in them, behind the last. `result.keys` lists the copies. */
  duplicate(keys: readonly Key[], label: string): Promise<Answer | null> {
    return this.workspace.perform("bill.duplicate", plain({ keys }), { label });
  }

  /** What `bill.paste` would make: `result.rows` are PastedRow, one for each line. */
  async tryPaste(values: PasteArguments): Promise<{ rows: PastedRow[]; answer: Answer }> {
    const answer = await this.workspace.queue.preview("bill.paste", plain(values));
    return { rows: (answer.result?.["rows"] ?? []) as unknown as PastedRow[], answer };
  }

  /** `bill.paste`: lines become sections and items behind `after`. `result.keys` lists the rows made at the target. */
  paste(values: PasteArguments, label: string): Promise<Answer | null> {
    return this.workspace.perform("bill.paste", plain(values), { label });
  }
}
