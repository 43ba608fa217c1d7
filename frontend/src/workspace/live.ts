/** Hears what happens in the project while it is open, and tells where this window is. */

import type { Key } from "./wire";

/** A window of somebody who has the project open; `cell` such as "i12.quantity", "" for none. */
export interface Visitor {
  readonly person: number;
  readonly name: string;
  readonly initials: string;
  readonly tab: string;
  readonly step: string;
  readonly cell: string;
}

/** Something was written; no keys are named when the rows are many. */
export interface Change {
  readonly revision: number;
  readonly act: string;
  readonly person: number;
  readonly keys: readonly Key[];
}

/** What this person may do now; without a role nothing, and nothing is heard any more. */
export interface Access {
  readonly role: string | null;
  readonly rights: readonly string[];
}

/** "live": changes of others arrive. "away": they do not for now. "resting": the window is hidden. "closed": for good. */
export type LiveState = "connecting" | "live" | "away" | "resting" | "closed";

export interface LiveParts {
  /** The project's address below the API, ending in a slash. */
  readonly root: string;
  readonly step: () => string;
  readonly tell: (place: { tab: string; step: string; cell: string }) => Promise<unknown>;
  readonly open?: (address: string) => EventSource;
  readonly tab?: string;
}

interface Heard {
  change: Change;
  presence: readonly Visitor[];
  access: Access;
  state: LiveState;
  /** Changes arrive from now on; what was written before has to be asked for. */
  missed: undefined;
}

type Listeners = { [Kind in keyof Heard]: Set<(told: Heard[Kind]) => void> };

/** The server sends something every 15 seconds. */
export const SILENCE = 40_000;
export const FIRST_PAUSE = 1_000;
export const LONGEST_PAUSE = 30_000;
/** A hidden window lets its connection go: browsers allow six to one server. */
export const REST_AFTER = 60_000;
/** Moves in the grid are told at most this often. */
export const BETWEEN_MOVES = 2_000;

export class Live {
  readonly tab: string;
  state: LiveState = "connecting";
  private readonly listeners: Listeners = {
    change: new Set(),
    presence: new Set(),
    access: new Set(),
    state: new Set(),
    missed: new Set(),
  };
  private readonly visitors = new Map<string, Visitor>();
  private source: EventSource | null = null;
  private pause = FIRST_PAUSE;
  private again = 0;
  private silence = 0;
  private rest = 0;
  private wanted = { step: "", cell: "" };
  private told = "";
  private moving = 0;

  constructor(private readonly parts: LiveParts) {
    this.tab = parts.tab ?? newTab();
  }

  /** Others' windows and this one. */
  get people(): readonly Visitor[] {
    return [...this.visitors.values()];
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.on("change", listener);
  }

  onPresence(listener: (people: readonly Visitor[]) => void): () => void {
    return this.on("presence", listener);
  }

  onAccess(listener: (access: Access) => void): () => void {
    return this.on("access", listener);
  }

  onState(listener: (state: LiveState) => void): () => void {
    return this.on("state", listener);
  }

  onMissed(listener: () => void): () => void {
    return this.on("missed", listener);
  }

  /** Returns how to end it. */
  start(): () => void {
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    addEventListener("online", () => this.hurry(), { signal });
    addEventListener("pagehide", () => this.leave("resting"), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.look(), { signal });
    if (document.hidden) this.become("resting");
    else this.connect();
    return () => {
      ending.abort();
      clearTimeout(this.rest);
      this.leave("closed");
    };
  }

  /** Where the person is now. */
  at(step: string, cell = ""): void {
    this.wanted = { step, cell };
    if (this.moving === 0) this.tellPlace();
  }

  private on<Kind extends keyof Heard>(kind: Kind, listener: (told: Heard[Kind]) => void): () => void {
    this.listeners[kind].add(listener);
    return () => this.listeners[kind].delete(listener);
  }

  private say<Kind extends keyof Heard>(kind: Kind, told: Heard[Kind]): void {
    for (const listener of [...this.listeners[kind]]) listener(told);
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    this.say("state", state);
  }

  private connect(): void {
    clearTimeout(this.again);
    const { root, step, open = (address) => new EventSource(address) } = this.parts;
    const query = new URLSearchParams({ tab: this.tab, step: this.wanted.step || step() });
    const source = open(`${root}live/?${query.toString()}`);
    this.source = source;
    this.become("connecting");
    this.hearAll(source);
    source.onerror = () => this.lost();
    this.listen();
  }

  private hearAll(source: EventSource): void {
    const hear = <T>(kind: string, act: (data: T) => void): void =>
      source.addEventListener(kind, (event) => {
        if (source !== this.source) return;
        this.listen();
        const data = parse<T>((event as MessageEvent<string>).data);
        if (data !== null) act(data);
      });
    hear("here", () => undefined);
    hear<Change>("change", (change) => this.say("change", change));
    hear<{ live: boolean | null }>("state", ({ live }) => this.hearState(live));
    hear<{ people?: readonly Visitor[]; moved?: Visitor }>("presence", (told) => this.hearPresence(told));
    hear<Access>("access", (access) => this.hearAccess(access));
  }

  /** Null: this server cannot stream. */
  private hearState(live: boolean | null): void {
    if (live) this.arrived();
    else if (live === null) this.leave("closed");
    else this.become("away");
  }

  private arrived(): void {
    this.pause = FIRST_PAUSE;
    this.told = "";
    this.become("live");
    this.say("missed", undefined);
    if (this.wanted.step) this.tellPlace();
  }

  private hearPresence(told: { people?: readonly Visitor[]; moved?: Visitor }): void {
    if (told.people) {
      this.visitors.clear();
      for (const visitor of told.people) this.visitors.set(nameOf(visitor), visitor);
    }
    if (told.moved) this.visitors.set(nameOf(told.moved), told.moved);
    this.say("presence", this.people);
  }

  private hearAccess(access: Access): void {
    if (access.role === null) this.leave("closed");
    this.say("access", access);
  }

  /** Whatever comes puts off the moment at which the connection counts as dead. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => this.lost(), SILENCE);
  }

  private lost(): void {
    if (!this.source) return;
    this.drop();
    this.become("away");
    const wait = this.pause * (0.5 + Math.random());
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.again = window.setTimeout(() => this.connect(), wait);
  }

  private drop(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.silence);
  }

  private leave(state: "resting" | "closed"): void {
    if (this.state === "closed") return;
    this.drop();
    clearTimeout(this.again);
    this.visitors.clear();
    this.become(state);
    this.say("presence", []);
  }

  /** The window was shown or hidden. */
  private look(): void {
    clearTimeout(this.rest);
    if (document.hidden) this.rest = window.setTimeout(() => this.leave("resting"), REST_AFTER);
    else if (this.state === "resting") this.connect();
    else this.hurry();
  }

  /** Do not wait for the next try. */
  private hurry(): void {
    if (this.source || this.state !== "away" || document.hidden) return;
    this.pause = FIRST_PAUSE;
    this.connect();
  }

  private tellPlace(): void {
    const { step, cell } = this.wanted;
    const place = `${step} ${cell}`;
    if (this.state !== "live" || place === this.told) return;
    this.told = place;
    // Only a hint: what does not arrive is told with the next move.
    this.parts.tell({ tab: this.tab, step, cell }).catch(() => undefined);
    this.moving = window.setTimeout(() => {
      this.moving = 0;
      this.tellPlace();
    }, BETWEEN_MOVES);
  }
}

const nameOf = (visitor: Visitor): string => `${visitor.person}:${visitor.tab}`;

/** randomUUID would need a secure page. */
function newTab(): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
