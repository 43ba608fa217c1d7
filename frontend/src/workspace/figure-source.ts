/** Figures that the server gives for a revision: asked for again when it rises, the last ones shown until then. */

import type { Workspace } from "./context";
import { Question } from "./question";
import type { Answer } from "./wire";

export class FigureSource<T> {
  value: T | null = null;
  private readonly question: Question;
  private readonly stop: () => void;

  /** `path` gives the address below the project's; `changed` is told of whatever comes. `told` takes it from an answer
   * to a command that brings it along. */
  constructor(workspace: Workspace, path: () => string, changed: () => void, told?: (answer: Answer) => T | undefined) {
    this.question = new Question(async (signal) => {
      const value = await workspace.api.get<T>(path(), signal);
      if (!signal.aborted) this.value = value;
    }, changed);
    const { store } = workspace;
    const stops = [
      store.on("answer", () => {
        const value = store.lastAnswer && told?.(store.lastAnswer);
        if (value === undefined || value === null) return this.refresh();
        this.question.stop();
        this.value = value;
        changed();
      }),
      store.on("settings", () => this.refresh()),
    ];
    this.stop = () => stops.forEach((stop) => stop());
    void this.question.ask();
  }

  /** Why there is nothing newer: the words of the server, or "" when it was not reached. */
  get failure(): string | null {
    return this.question.failure;
  }

  /** Ask again soon: several answers in a row make one question. */
  refresh(pause?: number): void {
    this.question.soon(pause);
  }

  destroy(): void {
    this.question.stop();
    this.stop();
  }
}
