/** Looking for analyses: those of the project's edition and the project's own, at the project's prices. */

import { Problem, Unreachable } from "../../api";
import type { Workspace } from "../../context";
import { Debounced } from "../../debounced";
import type { Status } from "../../wire";

export interface Found {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  /** An analysis of the project itself. */
  readonly own: boolean;
  /** In this project; null when none of it is priced, a lower bound when some is not. */
  readonly unit_price: string | null;
  readonly status: Status;
}

export interface FoundLine {
  readonly sort: string;
  readonly name: string;
  readonly unit: string;
  readonly coefficient: string | null;
}

const PAUSE = 120;
const LOOK_PAUSE = 180;
const LIMIT = 12;

export class Catalog {
  private readonly editions: string;
  private readonly lines = new Map<string, readonly FoundLine[]>();

  constructor(private readonly workspace: Workspace) {
    const { root } = workspace.api;
    this.editions = `${root.slice(0, root.indexOf("/projects/"))}/editions/`;
  }

  async search(words: string, signal: AbortSignal): Promise<Found[]> {
    const query = new URLSearchParams({ q: words, limit: String(LIMIT) });
    return (await this.workspace.api.get<{ results: Found[] }>(`suggest/?${query.toString()}`, signal)).results;
  }

  /** What an analysis of the edition is made of. */
  async linesOf(code: string, signal: AbortSignal): Promise<readonly FoundLine[]> {
    const known = this.lines.get(code);
    if (known) return known;
    const edition = encodeURIComponent(this.workspace.store.settings?.edition_slug ?? "");
    const path = `${this.editions}${edition}/analyses/${encodeURIComponent(code)}/`;
    const { lines } = await this.workspace.api.get<{ lines: FoundLine[] }>(path, signal);
    this.lines.set(code, lines);
    return lines;
  }
}

/** What is being looked for, and what is known of the analysis looked at. Whoever shows it is told of every change. */
export class Search {
  found: readonly Found[] = [];
  state: "idle" | "loading" | "done" | "failed" = "idle";
  /** Position in `found`; -1: none. */
  active = -1;
  lines: readonly FoundLine[] | null = null;
  private readonly searching = new Debounced(PAUSE);
  private readonly looking = new Debounced(LOOK_PAUSE);

  constructor(
    private readonly catalog: Catalog,
    private readonly changed: () => void,
  ) {}

  get current(): Found | undefined {
    return this.found[this.active];
  }

  ask(words: string): void {
    const wanted = words.trim();
    if (wanted.length < 2) {
      this.clear();
      return;
    }
    this.state = this.found.length > 0 ? this.state : "loading";
    this.changed();
    this.searching.start(async (signal) => {
      try {
        this.found = await this.catalog.search(wanted, signal);
        this.state = "done";
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
        this.state = "failed";
        this.found = [];
      }
      this.activate(-1);
    });
  }

  clear(): void {
    this.stop();
    this.found = [];
    this.state = "idle";
    this.activate(-1);
  }

  /** Look at one of those found; -1 looks at none. */
  activate(at: number): void {
    this.active = Math.max(-1, Math.min(this.found.length - 1, at));
    this.lines = null;
    this.changed();
    const { current } = this;
    if (!current || current.own) this.looking.stop();
    else this.looking.start((signal) => this.look(current.code, signal));
  }

  private async look(code: string, signal: AbortSignal): Promise<void> {
    const lines = await this.catalog.linesOf(code, signal).catch(() => []);
    if (signal.aborted || this.current?.code !== code) return;
    this.lines = lines;
    this.changed();
  }

  stop(): void {
    this.searching.stop();
    this.looking.stop();
  }
}
