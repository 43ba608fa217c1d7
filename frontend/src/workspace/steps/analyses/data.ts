/** The list of analyses and the one that is open, and who keeps them fresh. */

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { Topics } from "../../topics";
import { analysisPath, listed, type AnalysesBody, type Analysis, type Listed } from "./wire";

const TOUCHING = "aligrc";
const PAUSE = 500;

/** Reads again whenever an answer wrote analyses, lines, items, prices or settings; of two readings the later counts. */
export class AnalysesData {
  readonly topics = new Topics<"list" | "analysis" | "gone">();
  list: readonly Listed[] = [];
  listRead = false;
  analysis: Analysis | null = null;
  /** Key or code of the one that is open. */
  named: string | null = null;
  private readonly running = new Map<string, AbortController>();
  private readonly stop: () => void;
  private later = 0;

  constructor(private readonly workspace: Workspace) {
    this.stop = workspace.store.on("answer", () => this.answered());
    void this.readList();
  }

  open(named: string | null): void {
    if (named === this.named) return;
    this.named = named;
    this.analysis = null;
    this.topics.tell("analysis");
    void this.readAnalysis();
  }

  private answered(): void {
    const answer = this.workspace.store.lastAnswer;
    const keys = [...(answer?.rows.map(({ key }) => key) ?? []), ...(answer?.removed ?? [])];
    if (!answer?.reload && !keys.some((key) => TOUCHING.includes(key.charAt(0)))) return;
    void this.readAnalysis();
    // The list rests on every item of the bill: whoever types line after line is not made to wait for it.
    clearTimeout(this.later);
    this.later = window.setTimeout(() => void this.readList(), PAUSE);
  }

  async readList(): Promise<void> {
    const found = await this.read<AnalysesBody>("list", "analyses/");
    if (!found) return;
    this.list = listed(found);
    this.listRead = true;
    this.topics.tell("list");
  }

  async readAnalysis(): Promise<void> {
    const named = this.named;
    if (named === null) return;
    const found = await this.read<Analysis>("analysis", analysisPath(named));
    if (!found || named !== this.named) return;
    this.analysis = found;
    this.topics.tell("analysis");
  }

  /** Null if a later reading took its place, or the server cannot be asked: the next answer asks again. */
  private async read<T>(name: string, path: string): Promise<T | null> {
    this.running.get(name)?.abort();
    const mine = new AbortController();
    this.running.set(name, mine);
    try {
      return await this.workspace.api.get<T>(path, mine.signal);
    } catch (error) {
      if (mine.signal.aborted || error instanceof Unreachable) return null;
      if (!(error instanceof Problem)) throw error;
      if (error.status !== 404) this.workspace.toast(error.body.detail, "error");
      else if (name === "analysis") this.gone();
      return null;
    }
  }

  /** Somebody removed it or gave it another code. */
  private gone(): void {
    this.named = null;
    this.analysis = null;
    this.topics.tell("analysis", "gone");
  }

  leave(): void {
    clearTimeout(this.later);
    this.stop();
    for (const one of this.running.values()) one.abort();
  }
}
