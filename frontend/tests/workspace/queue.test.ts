import { beforeEach, expect, it, vi } from "vitest";

import { Problem, type ProblemBody, Unreachable } from "../../src/workspace/api";
import { History } from "../../src/workspace/history";
import { decided, Outbox, renamed } from "../../src/workspace/outbox";
import { Queue, type QueueParts } from "../../src/workspace/queue";
import { Store } from "../../src/workspace/store";
import type { Answer, CellConflict, CommandBody } from "../../src/workspace/wire";
import { answer, item, part, TOTALS } from "./rows";

/** A server that answers from a script; whatever it was asked stands in `asked`. */
class Server {
  readonly asked: CommandBody[] = [];
  revision = 1;
  script: (body: CommandBody) => Promise<Answer> = () => Promise.resolve(this.done());

  done(more: Partial<Answer> = {}): Answer {
    this.revision += 1;
    return answer(this.revision, more);
  }

  readonly post = (body: CommandBody): Promise<Answer> => {
    this.asked.push(body);
    return this.script(body);
  };
}

const refusal = (status: number, code: string, more: Partial<ProblemBody> = {}): Problem =>
  new Problem({ status, code, detail: `${code} detail`, ...more });

function make(server: Server, more: Partial<QueueParts> = {}): { queue: Queue; store: Store; parts: QueueParts } {
  const store = new Store();
  store.setBill([part()]);
  let ids = 0;
  const parts: QueueParts = {
    store,
    outbox: new Outbox(sessionStorage, "q"),
    history: new History(sessionStorage, "h"),
    post: server.post,
    confirm: () => Promise.resolve(false),
    refused: () => undefined,
    behind: () => undefined,
    renewToken: () => Promise.resolve(),
    isOnline: () => true,
    newId: () => `id${(ids += 1)}`,
    ...more,
  };
  return { queue: new Queue(parts), store, parts };
}

const edit = (key: string, typed: string) => ({
  command: "items.set",
  arguments: { rows: [{ key, version: 1, values: { quantity: typed } }] },
  options: { cells: [{ key, field: "quantity", typed }], label: "volume" },
});

const send = (queue: Queue, key: string, typed: string): Promise<Answer | null> => {
  const made = edit(key, typed);
  return queue.send(made.command, made.arguments, made.options);
};

const conflict: CellConflict = { key: "i1", field: "quantity", yours: "5", theirs: "6", person: "Budi", at: "2026-03-01T10:00:00Z" };

beforeEach(() => sessionStorage.clear());

it("shows what was typed until the answer is here, and then what the server has", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  server.script = () => Promise.resolve(server.done({ rows: [item("i1", "s1", 1, { quantity: "5" }, 2)] }));
  const sent = send(queue, "i1", "5,0");
  expect(store.shownText("i1", "quantity")).toBe("5,0");
  expect(store.cells.get("i1", "quantity")?.state).toBe("saving");
  await sent;
  expect(store.shownText("i1", "quantity")).toBe("5");
  expect(store.cells.all()).toEqual([]);
  expect([store.revision, queue.state.phase, queue.unsaved]).toEqual([2, "saving", false]);
  await Promise.resolve();
  expect(queue.state.phase).toBe("idle");
});

it("sends one command at a time, in order", async () => {
  const server = new Server();
  const { queue } = make(server);
  let open = 0;
  server.script = async () => {
    open += 1;
    expect(open).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    open -= 1;
    return server.done();
  };
  await Promise.all([send(queue, "i1", "1"), send(queue, "i2", "2"), send(queue, "i3", "3")]);
  expect(server.asked.map((body) => body.id)).toEqual(["id1", "id2", "id3"]);
});

it("keeps a command while the server is away, says so, and sends it again with the same id", async () => {
  vi.useFakeTimers();
  const server = new Server();
  const { queue } = make(server, { isOnline: () => false });
  server.script = () => Promise.reject(new Unreachable());
  const sent = send(queue, "i1", "5");
  await vi.advanceTimersByTimeAsync(0);
  expect([queue.state.phase, queue.state.waiting, queue.unsaved]).toEqual(["offline", 1, true]);
  await vi.advanceTimersByTimeAsync(500);
  expect(server.asked).toHaveLength(2);
  server.script = () => Promise.resolve(server.done());
  queue.wake();
  await sent;
  expect(new Set(server.asked.map((body) => body.id))).toEqual(new Set(["id1"]));
  vi.useRealTimers();
});

it("waits as long as a busy server asks for, and longer each time a silent one is asked", async () => {
  vi.useFakeTimers();
  const server = new Server();
  const { queue } = make(server);
  server.script = () => Promise.reject(new Problem({ status: 503, code: "server.database_away", detail: "" }, 5));
  void send(queue, "i1", "5");
  await vi.advanceTimersByTimeAsync(4_900);
  expect(server.asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(server.asked).toHaveLength(2);
  server.script = () => Promise.reject(new Unreachable());
  await vi.advanceTimersByTimeAsync(5_000);
  const asked = server.asked.length;
  await vi.advanceTimersByTimeAsync(1_500);
  expect(server.asked).toHaveLength(asked);
  vi.useRealTimers();
});

it("sends what was not answered after the page was loaded again", async () => {
  const server = new Server();
  server.script = () => new Promise(() => undefined);
  void send(make(server).queue, "i1", "5");
  const next = new Server();
  const { queue, store } = make(next);
  expect(store.shownText("i1", "quantity")).toBe("5");
  queue.wake();
  await vi.waitFor(() => expect(queue.unsaved).toBe(false));
  expect(next.asked.map((body) => body.id)).toEqual(["id1"]);
});

it("keeps both values of a conflict until somebody decides", async () => {
  const server = new Server();
  const behind = vi.fn();
  const { queue, store } = make(server, { behind });
  server.script = () => Promise.reject(refusal(409, "cells.changed", { conflicts: [conflict] }));
  expect(await send(queue, "i1", "5")).toBeNull();
  expect(store.cells.get("i1", "quantity")).toMatchObject({ state: "conflict", typed: "5", conflict: { theirs: "6", person: "Budi" } });
  expect([queue.state.aside, queue.state.waiting, queue.unsaved]).toEqual([1, 0, true]);
  expect(behind).toHaveBeenCalled();

  store.revision = 7;
  server.script = () => Promise.resolve(server.done());
  queue.decide("id1", () => "mine");
  await vi.waitFor(() => expect(queue.unsaved).toBe(false));
  expect(server.asked.at(-1)).toMatchObject({ arguments: { rows: [{ key: "i1", version: 7, values: { quantity: "5" } }] } });
});

it("lets the others' value stand without asking the server again", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  server.script = () => Promise.reject(refusal(409, "cells.changed", { conflicts: [conflict] }));
  await send(queue, "i1", "5");
  queue.decide("id1", () => "theirs");
  expect(server.asked).toHaveLength(1);
  expect([store.cells.all().length, queue.unsaved]).toEqual([0, false]);
});

it("puts what is wrong at its cell, keeps the text, and sends the others without it", async () => {
  const server = new Server();
  const refused = vi.fn();
  const { queue, store } = make(server, { refused });
  const errors = [{ key: "i2", field: "quantity", code: "number.ambiguous", detail: "ambigu" }];
  const wrong = (body: CommandBody): boolean => JSON.stringify(body.arguments).includes("1.234");
  server.script = (body) => (wrong(body) ? Promise.reject(refusal(422, "cells.refused", { errors })) : Promise.resolve(server.done()));
  const row = (key: string, version: number, values: Record<string, string>) => ({ key, version, values });
  const sent = queue.send(
    "items.set",
    { rows: [row("i1", 3, { quantity: "1" }), row("i2", 4, { quantity: "1.234", unit: "m3" }), row("i3", 5, { quantity: "9" })] },
    {
      cells: [
        { key: "i1", field: "quantity", typed: "1" },
        { key: "i2", field: "quantity", typed: "1.234" },
        { key: "i2", field: "unit", typed: "m3" },
        { key: "i3", field: "quantity", typed: "9" },
      ],
    },
  );
  expect(await sent).not.toBeNull();
  expect(server.asked[1]?.arguments).toEqual({
    rows: [row("i1", 3, { quantity: "1" }), row("i2", 4, { unit: "m3" }), row("i3", 5, { quantity: "9" })],
  });
  expect(store.cells.all()).toMatchObject([{ key: "i2", field: "quantity", state: "wrong", typed: "1.234", text: "ambigu" }]);
  expect(refused).not.toHaveBeenCalled();
  await send(queue, "i2", "1234");
  expect(store.cells.all()).toEqual([]);
});

it("lets go of what could not be saved in a row with the row, but only for who took it out", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  const errors = (key: string) => [{ key, field: "quantity", code: "number.unreadable", detail: "wrong" }];
  for (const key of ["i1", "i2"]) {
    server.script = () => Promise.reject(refusal(422, "cells.refused", { errors: errors(key) }));
    await send(queue, key, "x");
  }
  server.script = () => Promise.resolve(server.done({ removed: ["i1"] }));
  await queue.send("rows.remove", { keys: ["i1"] });
  server.script = () => Promise.resolve(server.done({ removed: ["i2"] }));
  await queue.send("comments.add", { text: "?" });
  expect(store.cells.all().map(({ key }) => key)).toEqual(["i2"]);
});

it("keeps all that was typed when nobody knows which of it is wrong", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  const errors = [{ field: "rows", code: "api.invalid", detail: "too many" }];
  server.script = () => Promise.reject(refusal(422, "api.invalid", { errors }));
  const rows = ["i1", "i2"].map((key) => ({ key, version: 1, values: { quantity: "1" } }));
  await queue.send("items.set", { rows }, { cells: rows.map(({ key }) => ({ key, field: "quantity", typed: "1" })) });
  expect(store.cells.all().map(({ state }) => state)).toEqual(["wrong", "wrong"]);
  expect(server.asked).toHaveLength(1);
});

it("tells what was refused for good and goes on with the next", async () => {
  const server = new Server();
  const refused = vi.fn();
  const { queue } = make(server, { refused });
  server.script = (body) => (body.id === "id1" ? Promise.reject(refusal(409, "project.locked")) : Promise.resolve(server.done()));
  await Promise.all([send(queue, "i1", "1"), send(queue, "i2", "2")]);
  expect(refused).toHaveBeenCalledOnce();
  expect(queue.state.waiting).toBe(0);
});

it("asks once before it removes what others use", async () => {
  const server = new Server();
  const { queue } = make(server, { confirm: () => Promise.resolve(true) });
  server.script = (body) =>
    body.arguments["confirmed"] ? Promise.resolve(server.done()) : Promise.reject(refusal(409, "parameter.in_use"));
  expect(await queue.send("parameters.remove", { rows: [] })).not.toBeNull();
  expect(server.asked.map((body) => body.id)).toEqual(["id1", "id2"]);
});

it("waits for the person when the session is over, and renews an old form once", async () => {
  const server = new Server();
  const renewToken = vi.fn(() => Promise.resolve());
  const { queue } = make(server, { renewToken });
  server.script = () => Promise.reject(refusal(401, "api.sign_in"));
  const sent = send(queue, "i1", "5");
  await vi.waitFor(() => expect(queue.state.phase).toBe("signedOut"));
  server.script = () => (renewToken.mock.calls.length ? Promise.resolve(server.done()) : Promise.reject(refusal(403, "request.not_ours")));
  queue.wake();
  expect(await sent).not.toBeNull();
  expect(renewToken).toHaveBeenCalledOnce();
});

it("names rows that were made by their keys in whatever waits behind", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  server.script = (body) =>
    Promise.resolve(server.done(body.id === "id1" ? { result: { keys: { "i~1": "i77" } } } : {}));
  const made = queue.send("items.add", { rows: [{ key: "i~1" }] });
  const typed = send(queue, "i~1", "5");
  expect(store.shownText("i~1", "quantity")).toBe("5");
  await Promise.all([made, typed]);
  expect(server.asked[1]?.arguments).toEqual({ rows: [{ key: "i77", version: 2, values: { quantity: "5" } }] });
});

it("names rows in their order where the server lists their keys", async () => {
  const server = new Server();
  const { queue } = make(server);
  server.script = (body) => Promise.resolve(server.done(body.id === "id1" ? { result: { keys: ["s5", "i77"] } } : {}));
  const made = queue.send("rows.add", { rows: [{ id: "new1" }, { id: "new2" }] });
  await Promise.all([made, send(queue, "new2", "5")]);
  expect(server.asked[1]?.arguments).toMatchObject({ rows: [{ key: "i77", version: 2 }] });
});

it("asks before it undoes what others have changed since, and keeps the step if not", async () => {
  const server = new Server();
  const confirm = vi.fn(() => Promise.resolve(false));
  const { queue, parts } = make(server, { confirm });
  await send(queue, "i1", "5");
  server.script = (body) =>
    body.arguments["force"] ? Promise.resolve(server.done()) : Promise.reject(refusal(409, "cells.changed", { conflicts: [conflict] }));
  await queue.undo();
  expect([parts.history.steps, queue.unsaved]).toEqual([1, false]);
  confirm.mockResolvedValue(true);
  expect(await queue.undo()).not.toBeNull();
  expect(server.asked.at(-1)).toMatchObject({ arguments: { revision: 2, force: true } });
});

it("undoes and does again by revision, more than a hundred steps", async () => {
  const server = new Server();
  const { queue, parts } = make(server);
  for (let step = 0; step < 120; step += 1) await send(queue, "i1", String(step));
  expect(parts.history.steps).toBe(120);
  const undone = server.revision;
  await queue.undo();
  expect(server.asked.at(-1)).toMatchObject({ command: "changes.undo", arguments: { revision: undone } });
  const inverse = server.revision;
  await queue.redo();
  expect(server.asked.at(-1)).toMatchObject({ command: "changes.undo", arguments: { revision: inverse } });
  expect([parts.history.steps, parts.history.canRedo]).toEqual([120, false]);
  for (let step = 0; step < 120; step += 1) await queue.undo();
  expect(queue.undo()).toBeNull();
  await send(queue, "i1", "again");
  expect(queue.redo()).toBeNull();
});

it("takes back a command that was not sent yet without asking the server", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  let release: (value: Answer) => void = () => undefined;
  server.script = () => new Promise((resolve) => (release = resolve));
  void send(queue, "i1", "1");
  const second = send(queue, "i2", "2");
  await queue.undo();
  expect(await second).toBeNull();
  expect(store.shownText("i2", "quantity")).toBe("");
  release(server.done());
  await vi.waitFor(() => expect(queue.unsaved).toBe(false));
  expect(server.asked).toHaveLength(1);
});

it("does again what was taken back before it was sent, in the order it was taken back", async () => {
  const server = new Server();
  const { queue, store } = make(server);
  const waiting: (() => void)[] = [];
  server.script = (body) =>
    new Promise((resolve) => waiting.push(() => resolve(server.done(body.id === "id1" ? { result: { keys: ["i77"] } } : {}))));
  void queue.send("rows.add", { rows: [{ id: "new1" }] });
  void send(queue, "new1", "2");
  void send(queue, "new1", "3");
  await queue.undo();
  await queue.undo();
  void queue.undo();
  const release = async (): Promise<void> => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting.shift()!();
    await vi.waitFor(() => expect(server.asked.length - waiting.length).toBeGreaterThan(0));
  };
  await release();
  await release();
  await vi.waitFor(() => expect(queue.unsaved).toBe(false));
  for (const typed of ["", "2", "3"]) {
    const done = queue.redo();
    if (typed) expect(store.shownText("i77", "quantity")).toBe(typed);
    await release();
    await done;
  }
  expect(queue.redo()).toBeNull();
  expect(server.asked.map((body) => body.command)).toEqual(["rows.add", "changes.undo", "changes.undo", "items.set", "items.set"]);
  expect(server.asked.at(-1)?.arguments).toMatchObject({ rows: [{ key: "i77", values: { quantity: "3" } }] });
});

it("asks for what others did when an answer does not follow on what is here", async () => {
  const server = new Server();
  const behind = vi.fn();
  const { queue, store } = make(server, { behind });
  server.script = () => Promise.resolve(answer(9, { base: 8, totals: { ...TOTALS, rounded_total: "9" } }));
  await send(queue, "i1", "5");
  expect(behind).toHaveBeenCalledOnce();
  expect([store.revision, store.totals?.rounded_total]).toEqual([1, "9"]);
});

it("takes no typed text for the key of a row", () => {
  const said = { rows: [{ key: "new1", version: 1, description: "new1" }], after: "new1" };
  expect(renamed(said, { new1: "i7" }, 4)).toEqual({ rows: [{ key: "i7", version: 4, description: "new1" }], after: "i7" });
});

it("writes settings over those that were seen", () => {
  const both: CellConflict[] = [{ ...conflict, key: "g1", field: "overhead", version: 8 }];
  expect(decided({ version: 3, overhead: "12", budget: "1" }, both, () => "mine", 9)).toEqual({ version: 8, overhead: "12", budget: "1" });
  expect(decided({ version: 3, overhead: "12", budget: "1" }, both, () => "theirs", 9)).toEqual({ version: 8, budget: "1" });
});

it("leaves the cells that go to the others out of a command", () => {
  const both = { rows: [{ key: "i1", version: 3, values: { quantity: "5", unit: "m3" } }, { key: "i2", version: 3, values: { quantity: "1" } }] };
  expect(decided(both, [conflict], () => "theirs", 9)).toEqual({
    rows: [{ key: "i1", version: 9, values: { unit: "m3" } }, { key: "i2", version: 3, values: { quantity: "1" } }],
  });
  const flat = { rows: [{ key: "i1", version: 3, quantity: "5" }, { key: "i2", version: 3, quantity: "1" }] };
  expect(decided(flat, [conflict], () => "theirs", 9)).toEqual({ rows: [{ key: "i2", version: 3, quantity: "1" }] });
});
