/** Looking for analyses of the project's edition, and what they cost in the project. */

import type { Workspace } from "../../context";
import { Problem, Unreachable } from "../../api";
import { madeKeys, type BillCommands } from "./commands";

export interface Found {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly division?: string;
  readonly section?: string;
}

export interface FoundLine {
  readonly sort: string;
  readonly name: string;
  readonly unit: string;
  readonly coefficient: string | null;
}

const PAUSE = 120;
const PRICE_PAUSE = 180;
const LIMIT = 12;

/** A pause after the last call; an earlier question that is still open is given up. */
class Debounced {
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

export class Catalog {
  private readonly root: string;
  private readonly prices = new Map<string, string | null>();
  private readonly lines = new Map<string, readonly FoundLine[]>();
  private pricesAt = 0;

  constructor(
    private readonly workspace: Workspace,
    private readonly commands: BillCommands,
  ) {
    const { root } = workspace.api;
    this.root = root.slice(0, root.indexOf("/projects/"));
  }

  private get edition(): string {
    return encodeURIComponent(this.workspace.store.settings?.edition_slug ?? "");
  }

  async search(words: string, signal: AbortSignal): Promise<Found[]> {
    const query = new URLSearchParams({ q: words, limit: String(LIMIT) });
    const path = `${this.root}/editions/${this.edition}/analyses/?${query.toString()}`;
    return (await this.workspace.api.get<{ results: Found[] }>(path, signal)).results;
  }

  async linesOf(code: string, signal: AbortSignal): Promise<readonly FoundLine[]> {
    const known = this.lines.get(code);
    if (known) return known;
    const path = `${this.root}/editions/${this.edition}/analyses/${encodeURIComponent(code)}/`;
    const { lines } = await this.workspace.api.get<{ lines: FoundLine[] }>(path, signal);
    this.lines.set(code, lines);
    return lines;
  }

  /** The unit price in this project: what adding the analysis would give, without adding it. Null: not priced. */
  async priceOf(code: string): Promise<string | null> {
    const { revision } = this.workspace.store;
    if (this.pricesAt !== revision) this.prices.clear();
    this.pricesAt = revision;
    const known = this.prices.get(code);
    if (known !== undefined) return known;
    const answer = await this.commands.tryAdd([{ id: "new0", type: "item", values: { code } }]);
    const [key] = madeKeys(answer);
    const price = answer.figures.rows.find((figure) => figure[0] === key)?.[1] ?? null;
    this.prices.set(code, price);
    return price;
  }
}

/** What is being looked for, and what is known of the analysis looked at. Whoever shows it is told of every change. */
export class Search {
  found: readonly Found[] = [];
  state: "idle" | "loading" | "done" | "failed" = "idle";
  /** Position in `found`; -1: none. */
  active = -1;
  price: string | null | undefined;
  lines: readonly FoundLine[] | null = null;
  private readonly searching = new Debounced(PAUSE);
  private readonly looking = new Debounced(PRICE_PAUSE);

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
    this.price = undefined;
    this.lines = null;
    this.changed();
    const code = this.current?.code;
    if (code === undefined) this.looking.stop();
    else this.looking.start((signal) => this.look(code, signal));
  }

  private async look(code: string, signal: AbortSignal): Promise<void> {
    const [price, lines] = await Promise.allSettled([this.catalog.priceOf(code), this.catalog.linesOf(code, signal)]);
    if (signal.aborted || this.current?.code !== code) return;
    this.price = price.status === "fulfilled" ? price.value : null;
    this.lines = lines.status === "fulfilled" ? lines.value : [];
    this.changed();
  }

  stop(): void {
    this.searching.stop();
    this.looking.stop();
  }
}
