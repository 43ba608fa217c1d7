/** Figures that the server gives for a revision: asked for again when it rises, the last ones shown until then. */

import { Problem } from "./api";
import type { Workspace } from "./context";

const PAUSE = 150;

export class FigureSource<T> {
  value: T | null = null;
  /** Why there is nothing newer: the words of the server, or "" when it was not reached. */
  failure: string | null = null;
  private timer = 0;
  private running: AbortController | null = null;
  private readonly stop: () => void;

  /** `path` gives the address below the project's; `changed` is told of whatever comes. */
  constructor(
    private readonly workspace: Workspace,
    private readonly path: () => string,
    private readonly changed: () => void,
  ) {
    this.stop = workspace.store.on(["answer", "settings"], () => this.refresh());
    void this.ask();
  }

  /** Ask again soon: several answers in a row make one question. */
  refresh(pause = PAUSE): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), pause) as unknown as number;
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.stop();
  }

  private async ask(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    try {
      this.value = await this.workspace.api.get<T>(this.path(), running.signal);
      this.failure = null;
    } catch (error) {
      if (running.signal.aborted) return;
      this.failure = error instanceof Problem ? error.body.detail : "";
    }
    this.changed();
  }
}
