/** Keeps up with what others write: asks for it when a live event, an answer or a pause says that something is missing. */

import { Problem, Unreachable } from "./api";
import type { Store } from "./store";
import type { Answer } from "./wire";

export interface SyncParts {
  readonly store: Store;
  readonly fetch: (since: number) => Promise<Answer>;
  /** Own commands on their way: their answers tell what they did. */
  readonly busy: () => boolean;
  /** Too much changed to be told row by row. */
  readonly reload: () => Promise<void>;
}

export class Sync {
  private wanted = 0;
  private running: Promise<void> | null = null;

  constructor(private readonly parts: SyncParts) {}

  /** Somebody says that the project stands at `revision`. */
  hear(revision: number): void {
    this.wanted = Math.max(this.wanted, revision);
    if (this.wanted > this.parts.store.revision && !this.parts.busy()) void this.pull();
  }

  /** Own commands are through: whatever was heard meanwhile and did not come with them is asked for now. */
  settle(): void {
    this.hear(this.wanted);
  }

  /** Ask once; whoever asks while an answer is on its way waits for it. */
  pull(): Promise<void> {
    const before = this.parts.store.revision;
    this.running ??= this.ask().finally(() => {
      this.running = null;
      // What was written after the server had answered.
      if (this.parts.store.revision > before) this.hear(this.wanted);
    });
    return this.running;
  }

  private async ask(): Promise<void> {
    try {
      const { store, fetch, reload } = this.parts;
      if (!store.apply(await fetch(store.revision))) await reload();
    } catch (error) {
      // The queue shows that the server is away; the next event or answer asks again.
      if (!(error instanceof Unreachable) && !(error instanceof Problem)) throw error;
    }
  }
}
