/** What every step, panel and behaviour of the workspace is given. */

import type { Api } from "./api";
import type { History } from "./history";
import type { Inspector } from "./inspector";
import type { Live } from "./live";
import type { Queue, SendOptions } from "./queue";
import type { Router } from "./router";
import type { Store } from "./store";
import type { Sync } from "./sync";
import type { Dictionaries, Language, ShellTexts } from "./texts";
import type { Answer, Key, Values } from "./wire";

export type Tone = "info" | "success" | "error";

export interface Workspace {
  readonly code: string;
  readonly language: Language;
  readonly texts: ShellTexts;
  readonly api: Api;
  readonly store: Store;
  readonly queue: Queue;
  readonly sync: Sync;
  /** What others do, and who is here. */
  readonly live: Live;
  readonly history: History;
  readonly router: Router;
  readonly inspector: Inspector;
  /** A sentence at the corner. */
  readonly toast: (text: string, tone?: Tone) => void;
  /** Whether the person may do it: "write", "comment", "approve" … as the head says. */
  may(right: string): boolean;
  /** Reads the bill once; every step that shows it waits for the same promise. Throws Problem and Unreachable. */
  loadBill(): Promise<void>;
  /** Queue a command: queue.send. */
  perform(command: string, values: Values, options?: SendOptions): Promise<Answer | null>;
}

/** A step of the work, in steps/ID/index.ts. `mount` fills the host and returns how to leave. */
export interface Step {
  readonly id: string;
  readonly title: Dictionaries<string>;
  /** The inspector tells of its rows and stands open beside it; elsewhere it starts folded, where the window has no room
   * to spare. */
  readonly inspected?: true;
  mount(host: HTMLElement, workspace: Workspace): () => void;
}

/** A part of the inspector, in panels/ID/index.ts. */
export interface Panel {
  readonly id: string;
  readonly title: Dictionaries<string>;
  /** Panels stand in this order. */
  readonly order: number;
  /** A number beside the title; none for 0. */
  count?(key: Key, workspace: Workspace): number;
  /** Whether it has something to say about the row. */
  shows(key: Key, workspace: Workspace): boolean;
  mount(host: HTMLElement, key: Key, workspace: Workspace): () => void;
}
