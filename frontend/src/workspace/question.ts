/** Something the server is asked for again and again: the latest question counts, several in a row become one. */

import { Problem } from "./api";

const PAUSE = 150;

export class Question {
  /** Why there is no newer answer: the words of the server, or "" when it was not reached. */
  failure: string | null = null;
  private timer = 0;
  private running: AbortController | null = null;

  /** `read` asks and keeps the answer, throwing Problem or Unreachable; `settled` is told of whatever came. */
  constructor(
    private readonly read: (signal: AbortSignal) => Promise<void>,
    private readonly settled: () => void,
  ) {}

  soon(pause = PAUSE): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), pause) as unknown as number;
  }

  async ask(): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.running = running;
    try {
      await this.read(running.signal);
      this.failure = null;
    } catch (error) {
      if (running.signal.aborted) return;
      this.failure = error instanceof Problem ? error.body.detail : "";
    }
    this.settled();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }
}
