/** A question asked after a pause; one that is still open is given up for it. */
export class Debounced {
  private timer = 0;
  private running: AbortController | null = null;

  constructor(private readonly pause: number) {}

  start(act: (signal: AbortSignal) => Promise<void>): void {
    this.stop();
    this.timer = window.setTimeout(() => {
      this.running = new AbortController();
      void act(this.running.signal);
    }, this.pause);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }
}
