/** Something the server is asked for again and again: the latest question counts, several in a row become one. */

import { Problem } from "./api";

const PAUSE = 150;

export class Question {
  /** Why there is no newer answer: the words of the server, or "" when it was not reached. */
  failure: string | null = null;
  private timer = 0;
  /** When it was asked last, in milliseconds of the page. */
  private asked = -Infinity;
  private running: AbortController | null = null;

  /** `read` asks and keeps the answer, throwing Problem or Unreachable; `settled` is told of whatever came. */
  constructor(
    private readonly read: (signal: AbortSignal) => Promise<void>,
    private readonly settled: () => void,
  ) {}

  /** At once if nobody asked a moment ago, so that one change is seen quickly and many make few questions. */
  soon(pause = PAUSE): void {
    clearTimeout(this.timer);
    const rest = Math.max(0, this.asked + pause - performance.now());
    this.timer = setTimeout(() => void this.ask(), rest) as unknown as number;
  }

  async ask(): Promise<void> {
    this.stop();
    this.asked = performance.now();
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
