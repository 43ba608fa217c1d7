import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Problem } from "../../../src/workspace/api";
import type { Workspace } from "../../../src/workspace/context";
import { History } from "../../../src/workspace/history";
import { Outbox } from "../../../src/workspace/outbox";
import { Queue } from "../../../src/workspace/queue";
import { Board } from "../../../src/workspace/steps/boq/board";
import { Store } from "../../../src/workspace/store";
import { shellTexts } from "../../../src/workspace/texts";
import type { Answer, CommandBody, Head, Key, Settings, Value, WireRow } from "../../../src/workspace/wire";
import { answer, part, TOTALS } from "../rows";

type Arguments = Record<string, any>;

/** A server that keeps rows as the real one answers about them, without prices. */
class Server {
  readonly asked: CommandBody[] = [];
  readonly rows = new Map<Key, Record<string, Value>>();
  revision = 1;
  private ids = 0;
  /** Answers wait until the test lets them go. */
  held: (() => void)[] | null = null;

  readonly post = async (body: CommandBody): Promise<Answer> => {
    this.asked.push(body);
    if (this.held) await new Promise<void>((go) => this.held?.push(go));
    return this.carryOut(body.command, body.arguments as Arguments);
  };

  private carryOut(command: string, given: Arguments): Answer {
    if (command === "items.set") return this.set(given);
    if (command === "rows.add") return this.add(given);
    if (command === "rows.remove") return this.remove(given);
    throw new Problem({ status: 404, code: "command.unknown", detail: command });
  }

  private set({ cells }: Arguments): Answer {
    const wrong = cells.find((cell: Arguments) => cell["values"].quantity === "abc");
    if (wrong) {
      const errors = [{ key: wrong.key, field: "quantity", code: "cell.no_number", detail: "“abc” bukan angka" }];
      throw new Problem({ status: 422, code: "cell.no_number", detail: "bukan angka", errors });
    }
    for (const { key, values } of cells) this.write(key, values);
    return this.told(cells.map((cell: Arguments) => cell["key"]));
  }

  private add({ parent, after, rows }: Arguments): Answer {
    const named = new Map<string, Key>();
    let behind: Key | null = after;
    const keys = rows.map(({ id, type, values }: Arguments) => {
      this.ids += 1;
      const key = `${type === "section" ? "s" : "i"}${this.ids}`;
      named.set(String(id), key);
      const position = (behind ? Number(this.rows.get(behind)?.["position"]) : 0) + 1 / 2 ** this.ids;
      this.rows.set(key, { key, [type === "section" ? "parent" : "section"]: parent, position, version: 0 });
      this.write(key, values);
      behind = key;
      return key;
    });
    return { ...this.told(keys), result: { keys } };
  }

  private remove({ keys }: Arguments): Answer {
    for (const key of keys) this.rows.delete(key);
    return { ...this.told([]), removed: keys };
  }

  private write(key: Key, values: Record<string, Value>): void {
    this.rows.set(key, { ...this.rows.get(key), ...values, version: this.revision + 1 });
  }

  private told(keys: Key[]): Answer {
    this.revision += 1;
    return answer(this.revision, { act: "x", rows: keys.map((key) => this.rows.get(key) as unknown as WireRow) });
  }
}

const SETTINGS = { numbering: "roman", edition_slug: "ck", locked: false } as unknown as Settings;
const FOUND = [
  { code: "1.2.1.1.1", name: "Galian tanah biasa", unit: "m3", own: false, unit_price: "107360.00", status: "PRICED" },
  { code: "1.2.1.1.2", name: "Galian tanah keras", unit: "m3", own: false, unit_price: null, status: "UNPRICED" },
];

let server: Server;
let board: Board;
let workspace: Workspace;
let table: HTMLElement;

function makeWorkspace(rights: string[]): Workspace {
  const store = new Store();
  store.setBill([part([])]);
  store.setHead({
    settings: SETTINGS,
    totals: TOTALS,
    revision: 1,
    rights,
    role: "owner",
    steps: { missing: { quantity: 0, analysis: 0, price: 0 } },
  } as unknown as Head);
  store.settings = SETTINGS;
  const history = new History(sessionStorage, "h");
  const queue = new Queue({
    store,
    outbox: new Outbox(sessionStorage, "q"),
    history,
    post: server.post,
    confirm: () => Promise.resolve(false),
    refused: () => undefined,
    behind: () => undefined,
    renewToken: () => Promise.resolve(),
    isOnline: () => true,
  });
  const get = (path: string): Promise<unknown> =>
    Promise.resolve(path.startsWith("suggest/") ? { results: FOUND } : { lines: [] });
  return {
    code: "x",
    language: "id",
    texts: shellTexts.id,
    store,
    queue,
    history,
    api: { root: "/api/v2/projects/x/", get },
    router: { place: { step: "boq", params: {} }, on: () => () => undefined, adjust: () => undefined },
    live: { people: [], tab: "t", onPresence: () => () => undefined },
    toast: vi.fn(),
    may: (right: string) => rights.includes(right),
    perform: queue.send.bind(queue),
  } as unknown as Workspace;
}

function start(rights = ["write"]): void {
  server = new Server();
  workspace = makeWorkspace(rights);
  document.body.innerHTML = "";
  board = new Board(document.body, workspace);
  table = document.querySelector<HTMLElement>(".grid-table")!;
  table.focus();
}

function press(...keys: string[]): void {
  for (const name of keys) {
    const parts = name.split("+");
    const focused = document.activeElement;
    const target = focused && table.contains(focused) ? focused : table;
    const held = { ctrlKey: parts.includes("Ctrl"), shiftKey: parts.includes("Shift"), altKey: parts.includes("Alt") };
    target.dispatchEvent(new KeyboardEvent("keydown", { key: parts.at(-1) ?? "", ...held, bubbles: true, cancelable: true }));
  }
}

/** Type a text into the active cell, the first character opening its editor. */
function type(text: string): void {
  press(text.charAt(0));
  const input = table.querySelector<HTMLInputElement>(".grid-input")!;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Number, description, unit and quantity of each row, indented by level. */
function shown(): string[] {
  const rows = [...table.querySelectorAll<HTMLElement>(".grid-body .grid-row:not([hidden])")];
  rows.sort((a, b) => Number(a.dataset["place"]) - Number(b.dataset["place"]));
  return rows.map((row) => {
    const cells = [...row.querySelectorAll(".grid-cell")].map((cell) => cell.textContent ?? "");
    return `${row.ariaLevel ?? row.getAttribute("aria-level")} ${[cells[0], cells[2], cells[4], cells[5]].join("|")}`;
  });
}

const TAIL = "Ketik kode atau uraian pekerjaan";

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  HTMLElement.prototype.showPopover ??= () => undefined;
  HTMLElement.prototype.hidePopover ??= () => undefined;
});

afterEach(() => {
  vi.useRealTimers();
  board.leave();
});

describe("an empty bill, by keyboard only", () => {
  it("takes a section and items row by row, each in the section it is typed into", async () => {
    start();
    press("Ctrl+b");
    type("PEKERJAAN TANAH");
    press("Enter");
    await settle();
    type("Galian");
    press("Enter");
    type("Urukan");
    press("Enter");
    await settle();
    expect(shown()).toEqual(["1 I|PEKERJAAN TANAH||", "2 I.1|Galian||", "2 I.2|Urukan||", `2 |${TAIL}||`]);
  });

  it("goes on while the server is slow: what is typed into a row that is being made follows it", async () => {
    start();
    server.held = [];
    type("Galian");
    press("Tab", "Tab");
    type("m3");
    press("Tab");
    type("118,45");
    press("Enter");
    type("Urukan");
    press("Enter");
    expect(shown()).toEqual(["1 |Galian|m3|118,45", "1 |Urukan||", `1 |${TAIL}||`]);
    for (let turn = 0; turn < 4; turn += 1) {
      server.held.splice(0).forEach((go) => go());
      await settle();
    }
    expect(shown().map((row) => row.slice(0, 30))).toEqual(["1 I|Galian|m3|118,45", "1 II|Urukan||", `1 |${TAIL}`.slice(0, 30)]);
    expect([...server.rows.values()].map((row) => [row["description"], row["unit"], row["quantity"]])).toEqual([
      ["Galian", "m3", "118,45"],
      ["Urukan", undefined, undefined],
    ]);
  });

  it("takes an analysis from the list while typing, and then its quantity", async () => {
    vi.useFakeTimers();
    start();
    type("galian tanah");
    await vi.advanceTimersByTimeAsync(200);
    press("ArrowDown", "ArrowDown", "ArrowUp", "Enter");
    await vi.advanceTimersByTimeAsync(10);
    expect(server.asked[0]?.arguments).toMatchObject({ rows: [{ type: "item", values: { code: "1.2.1.1.1" } }] });
    type("12");
    press("Enter");
    await vi.advanceTimersByTimeAsync(10);
    expect(server.asked[1]).toMatchObject({ command: "items.set", arguments: { cells: [{ key: "i1", values: { quantity: "12" } }] } });
    type("2.2.1.4.5");
    press("Enter");
    await vi.advanceTimersByTimeAsync(10);
    expect(server.asked[2]?.arguments).toMatchObject({ parent: null, after: "i1", rows: [{ values: { code: "2.2.1.4.5" } }] });
  });
});

describe("what is wrong", () => {
  it("stays as it was typed with the words for it, until it is mended or given up", async () => {
    start();
    type("Galian");
    press("Enter");
    await settle();
    press("ArrowUp", "Tab", "Tab", "Tab");
    type("abc");
    press("Enter");
    await settle();
    press("ArrowUp");
    const cell = table.querySelector<HTMLElement>('[data-place="0"] [data-column="5"]')!;
    expect([cell.textContent, cell.dataset["state"], cell.title]).toEqual(["abc", "error", "“abc” bukan angka"]);
    press("Tab", "Tab", "Tab", "Escape");
    await settle();
    expect([cell.textContent, cell.dataset["state"]]).toEqual(["", undefined]);
  });

  it("is nothing a reader can do: without the right to write there is no blank row and no editor", () => {
    start(["read"]);
    expect(table.querySelectorAll("[data-place]").length).toBe(0);
    press("Ctrl+b", "Insert", "x");
    expect(server.asked).toEqual([]);
  });
});

it("makes rows where the cursor is, and drops one that nothing was typed into", async () => {
  start();
  for (const words of ["Satu", "Dua"]) {
    type(words);
    press("Enter");
  }
  await settle();
  press("Ctrl+Home", "Ctrl+Enter");
  expect(shown()).toEqual(["1 I|Satu||", "1 |||", "1 II|Dua||", `1 |${TAIL}||`]);
  press("ArrowUp");
  expect(shown()).toHaveLength(3);
  press("Ctrl+Enter");
  type("Sisipan");
  press("Enter");
  await settle();
  expect(shown().slice(0, 3)).toEqual(["1 I|Satu||", "1 II|Sisipan||", "1 III|Dua||"]);
});
