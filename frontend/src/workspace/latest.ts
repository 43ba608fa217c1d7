/** Readings of which the latest counts, and whether an answer makes another one necessary. */

import { Problem, Unreachable } from "./api";
import type { Workspace } from "./context";
import type { Answer } from "./wire";

/** Whether the answer wrote rows of one of these kinds, by the letters their keys begin with. */
export function touches(answer: Answer | null, kinds: string): boolean {
  const keys = [...(answer?.rows.map(({ key }) => key) ?? []), ...(answer?.removed ?? [])];
  return answer?.reload === true || keys.some((key) => kinds.includes(key.charAt(0)));
}

export class Latest {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly workspace: Workspace) {}

  /** Null if a later reading of this name took its place, if there is nothing (`gone` is told), or if the server cannot
   * be asked: the next answer asks again. */
  async read<T>(name: string, path: string, gone?: () => void): Promise<T | null> {
    this.running.get(name)?.abort();
    const mine = new AbortController();
    this.running.set(name, mine);
    try {
      return await this.workspace.api.get<T>(path, mine.signal);
    } catch (error) {
      if (mine.signal.aborted || error instanceof Unreachable) return null;
      if (!(error instanceof Problem)) throw error;
      if (error.status === 404) gone?.();
      else this.workspace.toast(error.body.detail, "error");
      return null;
    }
  }

  stop(): void {
    for (const one of this.running.values()) one.abort();
  }
}
