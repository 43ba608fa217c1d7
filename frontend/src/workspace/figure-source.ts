/** Figures that the server gives for a revision: asked for again when it rises, the last ones shown until then. */

import type { Workspace } from "./context";
import { Question } from "./question";

export class FigureSource<T> {
  value: T | null = null;
  private readonly question: Question;
  private readonly stop: () => void;

  /** `path` gives the address below the project's; `changed` is told of whatever comes. */
  constructor(workspace: Workspace, path: () => string, changed: () => void) {
    this.question = new Question(async (signal) => {
      this.value = await workspace.api.get<T>(path(), signal);
    }, changed);
    this.stop = workspace.store.on(["answer", "settings"], () => this.refresh());
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
