import { beforeEach, expect, it, vi } from "vitest";

import { Unreachable } from "../../src/workspace/api";
import { fetchBill } from "../../src/workspace/bill-loading";
import { Store } from "../../src/workspace/store";
import { Sync } from "../../src/workspace/sync";
import type { Answer, GridPart } from "../../src/workspace/wire";
import { answer, item, part, ROWS, TOTALS } from "./rows";

let store: Store;

beforeEach(() => {
  store = new Store();
  store.setBill([part()]);
});

it("tells each listener once for whatever happens in one turn", async () => {
  const heard = vi.fn();
  store.on(["rows", "figures", "totals"], heard);
  store.apply(answer(2, { rows: [item("i1", "s1", 1, { quantity: "5" }, 2)], figures: { full: true, rows: [] } }));
  await Promise.resolve();
  expect(heard).toHaveBeenCalledOnce();
});

it("lets no late answer overwrite what came after it", () => {
  store.apply(answer(5, { base: 1, totals: { ...TOTALS, rounded_total: "5" } }));
  store.apply(answer(4, { base: 1, totals: { ...TOTALS, rounded_total: "4" } }));
  expect([store.revision, store.totals?.rounded_total]).toEqual([5, "5"]);
});

it("takes settings and leaves rows of other kinds to the steps that show them", async () => {
  const [others, settings] = [vi.fn(), vi.fn()];
  store.on("others", others);
  store.on("settings", settings);
  store.apply(answer(2, { rows: [{ key: "g1", version: 2, overhead: "12" }, { key: "r4", version: 2 }] }));
  await Promise.resolve();
  expect(store.settings?.overhead).toBe("12");
  expect([others.mock.calls.length, settings.mock.calls.length, store.bill.size]).toEqual([1, 1, ROWS.length]);
});

it("says when the bill has to be read afresh", () => {
  expect(store.apply(answer(2, { reload: true }))).toBe(false);
  expect(store.revision).toBe(1);
});

it("reads a bill again that was changed between two of its parts", async () => {
  const sent: GridPart[] = [part(ROWS, { parts: 2 }), part([], { part: 1, parts: 2, revision: 2 })];
  sent.push(part(ROWS, { parts: 2, revision: 2 }), part([], { part: 1, parts: 2, revision: 2 }));
  const grid = vi.fn(() => Promise.resolve(sent.shift()!));
  const parts = await fetchBill({ grid } as never);
  expect(parts.map((one) => one.revision)).toEqual([2, 2]);
  expect(grid).toHaveBeenCalledTimes(4);
});

it("keeps up with others, but not while own commands are on their way", async () => {
  let busy = true;
  const asked: number[] = [];
  const fetch = (since: number): Promise<Answer> => {
    asked.push(since);
    return Promise.resolve(answer(3, { base: since }));
  };
  const sync = new Sync({ store, fetch, busy: () => busy, reload: () => Promise.resolve() });
  sync.hear(3);
  expect(asked).toEqual([]);
  busy = false;
  sync.settle();
  await vi.waitFor(() => expect(store.revision).toBe(3));
  sync.hear(3);
  expect(asked).toEqual([1]);
});

it("reads afresh after too much, and stays quiet while the server is away", async () => {
  const reload = vi.fn(() => Promise.resolve());
  const answers = [() => Promise.reject(new Unreachable()), () => Promise.resolve(answer(9, { base: 1, reload: true }))];
  const sync = new Sync({ store, fetch: () => answers.shift()!(), busy: () => false, reload });
  await sync.pull();
  await sync.pull();
  expect(reload).toHaveBeenCalledOnce();
});

it("takes no figures from a head that comes after what was answered since", () => {
  const store = new Store();
  store.setBill([part()]);
  const now = { ...TOTALS, budget: "7000" };
  store.apply(answer(9, { base: 1, totals: now, rows: [{ key: "g1", version: 9, budget: "7000" } as never], comments: { i1: 2 } }));
  const late = { revision: 3, settings: { budget: null }, totals: TOTALS, rights: ["write"], comments: { i1: 1, i2: 1 } };
  store.setHead(late as never);
  expect([store.totals?.budget, store.settings?.budget, store.revision]).toEqual(["7000", "7000", 9]);
  expect([store.comments, store.rights]).toEqual([{ i1: 2, i2: 1 }, ["write"]]);
  store.setHead({ ...late, revision: 9 } as never);
  expect(store.totals?.budget).toBe(TOTALS.budget);
});
