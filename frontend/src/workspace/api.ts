/** JSON to and from the server, as the person of this page; errors are typed problems (RFC 9457). */

import type { Answer, CellConflict, CommandBody, FieldError, GridPart, Head } from "./wire";

export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
  readonly conflicts?: readonly CellConflict[];
  readonly [member: string]: unknown;
}

/** What the server said instead of an answer. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody;
  /** Seconds after which it is worth trying again, if the server named them. */
  readonly retryAfter: number | null;

  constructor(body: ProblemBody, retryAfter: number | null = null) {
    super(body.detail);
    this.name = "Problem";
    this.status = body.status;
    this.code = body.code;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  get errors(): readonly FieldError[] {
    return this.body.errors ?? [];
  }

  get conflicts(): readonly CellConflict[] {
    return this.body.conflicts ?? [];
  }
}

/** No answer came at all. */
export class Unreachable extends Error {}

/** A connection can die without a word: what others queue behind is given up after this long, and asked again. */
export const PATIENCE = 30_000;

const JSON_TYPE = /^application\/(problem\+)?json/;

async function readJson(response: Response): Promise<unknown> {
  if (!JSON_TYPE.test(response.headers.get("Content-Type") ?? "")) return null;
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function problemOf(response: Response, body: unknown): Problem {
  const seconds = Number(response.headers.get("Retry-After"));
  const told = typeof body === "object" && body !== null && "code" in body ? (body as ProblemBody) : null;
  const plain = { status: response.status, code: "", detail: `${response.status} ${response.statusText}`.trim() };
  return new Problem(told ?? plain, seconds > 0 ? seconds : null);
}

export class Api {
  /** `root` is the project's own address, ending in a slash; `token` gives the CSRF token of the page. */
  constructor(
    readonly root: string,
    private readonly token: () => string,
  ) {}

  head(signal?: AbortSignal): Promise<Head> {
    return this.get<Head>("workspace/", signal);
  }

  grid(part: number, signal?: AbortSignal): Promise<GridPart> {
    return this.get<GridPart>(`grid/?part=${part}`, signal);
  }

  sync(since: number): Promise<Answer> {
    return this.inTime((signal) => this.get<Answer>(`sync/?since=${since}`, signal));
  }

  /** The server does a command once however often it comes: one that was given up may be sent again. */
  command(body: CommandBody): Promise<Answer> {
    return this.inTime((signal) => this.post<Answer>("commands/", body, signal));
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.request<T>("GET", path, undefined, signal);
  }

  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return this.request<T>("POST", path, body, signal);
  }

  /** `path` is below the project's address, or absolute. Throws Problem, Unreachable, or AbortError. */
  async request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = this.token();
    // A form brings its own type with it.
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    let response: Response;
    let read: unknown;
    try {
      response = await fetch(path.startsWith("/") ? path : this.root + path, {
        method,
        headers,
        credentials: "same-origin",
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
      read = await readJson(response);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable(error instanceof Error ? error.message : String(error));
    }
    if (!response.ok) throw problemOf(response, read);
    // A sign-in page instead of an answer: the session is over.
    if (read === null && response.status !== 204) {
      throw new Problem({ status: response.redirected ? 401 : 502, code: "", detail: response.statusText });
    }
    return read as T;
  }

  private async inTime<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), PATIENCE);
    try {
      return await ask(ending.signal);
    } catch (error) {
      throw ending.signal.aborted ? new Unreachable("no answer in time") : error;
    } finally {
      clearTimeout(timer);
    }
  }
}
