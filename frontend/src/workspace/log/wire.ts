/** What the change log says; see ahsp/projects/log/serializers.py. */

import type { Key, Value } from "../wire";

export interface Person {
  readonly id: number;
  readonly name: string;
  readonly initials: string;
}

export type ValueType = "number" | "text" | "date";

export interface FieldOfChange {
  readonly field: string;
  readonly name: string;
  readonly type: ValueType;
  readonly before: string | null;
  readonly after: string | null;
}

export interface RowOfChange {
  readonly key: Key;
  readonly row: string;
  readonly title: string;
  readonly what: "made" | "changed" | "removed";
  readonly moved: boolean;
  readonly fields: readonly FieldOfChange[];
}

/** One write inside the project. */
export interface Change {
  readonly revision: number;
  readonly act: string;
  readonly at: string;
  readonly person: Person | null;
  readonly data: { readonly [name: string]: Value };
  readonly row_count: number;
  readonly rows: readonly RowOfChange[];
}

export interface ChangePage {
  readonly revision: number;
  readonly results: readonly Change[];
  readonly next: string | null;
}

export interface ChangeRows {
  readonly results: readonly RowOfChange[];
  readonly next: string | null;
}

/** What was done to one row, once. */
export type Moment = RowOfChange & Pick<Change, "revision" | "act" | "at" | "person">;

export interface RowHistory {
  readonly key: Key;
  readonly title: string;
  readonly present: boolean;
  readonly results: readonly Moment[];
  readonly next: string | null;
}
