/** Threads about a row; see ahsp/projects/comments/serializers.py. */

import type { Person } from "../../log/wire";
import type { Key } from "../../wire";

export interface Reply {
  readonly id: number;
  readonly person: Person | null;
  readonly text: string;
  readonly at: string;
  readonly edited_at: string | null;
  readonly is_yours: boolean;
}

export interface Thread extends Reply {
  readonly key: Key;
  readonly title: string;
  readonly present: boolean;
  readonly resolved_at: string | null;
  readonly resolved_by: Person | null;
  readonly replies: readonly Reply[];
}

export interface ThreadPage {
  readonly results: readonly Thread[];
  readonly next: string | null;
}
