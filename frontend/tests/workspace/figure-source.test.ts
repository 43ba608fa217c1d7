import { expect, it, vi } from "vitest";

import type { Workspace } from "../../src/workspace/context";
import { FigureSource } from "../../src/workspace/figure-source";
import { Store } from "../../src/workspace/store";
import { answer, part } from "./rows";

function make(): { source: FigureSource<number>; store: Store; get: ReturnType<typeof vi.fn>; changed: ReturnType<typeof vi.fn> } {
  const store = new Store();
  store.setBill([part()]);
  const get = vi.fn(() => Promise.resolve(1));
  const changed = vi.fn();
  const workspace = { api: { get }, store } as unknown as Workspace;
  const source = new FigureSource<number>(workspace, () => "figures/", changed, ({ prices }) => prices as number | undefined);
  return { source, store, get, changed };
}

it("takes what an answer brings along, and asks after any other", async () => {
  vi.useFakeTimers();
  const { source, store, get, changed } = make();
  await vi.advanceTimersByTimeAsync(0);
  expect([source.value, get.mock.calls.length]).toEqual([1, 1]);
  store.apply({ ...answer(2), prices: 7 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect([source.value, get.mock.calls.length, changed.mock.calls.length]).toEqual([7, 1, 2]);
  store.apply(answer(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect([source.value, get.mock.calls.length]).toEqual([1, 2]);
  source.destroy();
  vi.useRealTimers();
});

it("lets an older question go when an answer brings the value", async () => {
  vi.useFakeTimers();
  const { source, store, get } = make();
  await vi.advanceTimersByTimeAsync(0);
  let late: (value: number) => void = () => undefined;
  get.mockImplementation(() => new Promise((resolve) => (late = resolve)));
  store.apply(answer(2));
  await vi.advanceTimersByTimeAsync(1_000);
  store.apply({ ...answer(3), prices: 7 });
  await vi.advanceTimersByTimeAsync(0);
  late(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(source.value).toBe(7);
  source.destroy();
  vi.useRealTimers();
});
