/** The list of analyses and the one that is open, and who keeps them fresh. */

import type { Workspace } from "../../context";
import { Latest, touches } from "../../latest";
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
  private readonly latest: Latest;
  private readonly stop: () => void;
  private later = 0;

  constructor(private readonly workspace: Workspace) {
    this.latest = new Latest(workspace);
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
    if (!touches(this.workspace.store.lastAnswer, TOUCHING)) return;
    void this.readAnalysis();
    // The list rests on every item of the bill: whoever types line after line is not made to wait for it.
    clearTimeout(this.later);
    this.later = window.setTimeout(() => void this.readList(), PAUSE);
  }

  async readList(): Promise<void> {
    const found = await this.latest.read<AnalysesBody>("list", "analyses/");
    if (!found) return;
    this.list = listed(found);
    this.listRead = true;
    this.topics.tell("list");
  }

  async readAnalysis(): Promise<void> {
    const named = this.named;
    if (named === null) return;
    const found = await this.latest.read<Analysis>("analysis", analysisPath(named), () => this.gone());
    if (!found || named !== this.named) return;
    this.analysis = found;
    this.topics.tell("analysis");
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
    this.latest.stop();
  }
}
