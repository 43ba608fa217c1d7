import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Api, PATIENCE, Problem, Unreachable } from "../../src/workspace/api";
import { answer } from "./rows";

const api = new Api("/api/projects/p1/", () => "token");
const body = { id: "a", command: "items.set", arguments: {}, base: 1 };
const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { "Content-Type": "application/json" } });

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A connection that died without a word. */
const dead = (_address: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));

it.each([
  ["a command", () => api.command(body)],
  ["what others did", () => api.sync(1)],
])("gives up %s that nobody answers, so that it is asked again", async (_, ask) => {
  vi.stubGlobal("fetch", dead);
  const failed = expect(ask()).rejects.toThrow(Unreachable);
  await vi.advanceTimersByTimeAsync(PATIENCE);
  await failed;
});

it("gives up nothing that was answered in time", async () => {
  const given: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
    given.push(signal);
    return Promise.resolve(json(answer(2)));
  });
  expect((await api.command(body)).revision).toBe(2);
  await vi.advanceTimersByTimeAsync(PATIENCE);
  expect(given.map((signal) => signal?.aborted)).toEqual([false]);
});

it("takes an answer that breaks off for none, and words that are no answer for a problem", async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError("network")) });
  const answers = [new Response(broken, { headers: { "Content-Type": "application/json" } }), json({ code: "x", status: 409 }, 409)];
  vi.stubGlobal("fetch", () => Promise.resolve(answers.shift()));
  await expect(api.command(body)).rejects.toThrow(Unreachable);
  await expect(api.command(body)).rejects.toThrow(Problem);
});
