import { afterEach, beforeEach, expect, it, vi } from "vitest";

import {
  type Access,
  BETWEEN_MOVES,
  FIRST_PAUSE,
  Live,
  type LiveParts,
  type LiveState,
  LONGEST_PAUSE,
  REST_AFTER,
  SILENCE,
  type Visitor,
} from "../../src/workspace/live";

/** A stream as the browser gives it; the test is the server. */
class Stream extends EventTarget {
  static all: Stream[] = [];
  closed = false;
  onerror: (() => void) | null = null;

  constructor(readonly address: string) {
    super();
    Stream.all.push(this);
  }

  send(kind: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
  }

  close(): void {
    this.closed = true;
  }
}

const last = (): Stream => Stream.all[Stream.all.length - 1] as Stream;
const visitor = (tab: string, cell = ""): Visitor => ({ person: 2, name: "Budi", initials: "B", tab, step: "boq", cell });

let hidden = false;
let stops: (() => void)[] = [];
let told: { tab: string; step: string; cell: string }[] = [];

function start(more: Partial<LiveParts> = {}): { live: Live; states: LiveState[]; missed: () => number } {
  const live = new Live({
    root: "/api/v2/projects/abc/",
    step: () => "boq",
    tab: "t1",
    open: (address) => new Stream(address) as unknown as EventSource,
    tell: (place) => {
      told.push(place);
      return Promise.resolve();
    },
    ...more,
  });
  const states: LiveState[] = [];
  let missed = 0;
  live.onState((state) => states.push(state));
  live.onMissed(() => (missed += 1));
  stops.push(live.start());
  return { live, states, missed: () => missed };
}

function show(visible: boolean): void {
  hidden = !visible;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  hidden = false;
  told = [];
  Stream.all = [];
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("opens one stream and asks for what was missed once changes arrive", () => {
  const { live, missed } = start();
  expect(Stream.all.map((one) => one.address)).toEqual(["/api/v2/projects/abc/live/?tab=t1&step=boq"]);
  expect(missed()).toBe(0);
  last().send("state", { live: true });
  expect([live.state, missed()]).toEqual(["live", 1]);
});

it("passes changes on", () => {
  const { live } = start();
  const heard: number[] = [];
  const stop = live.onChange((change) => heard.push(change.revision));
  last().send("change", { revision: 7, act: "items.set", person: 2, keys: ["i12"] });
  stop();
  last().send("change", { revision: 8, act: "items.set", person: 2, keys: [] });
  expect(heard).toEqual([7]);
});

it("says that changes stay away while Redis does, and asks anew when it is back", () => {
  const { states, missed } = start();
  for (const live of [true, false, true]) last().send("state", { live });
  expect(states).toEqual(["live", "away", "live"]);
  expect([missed(), Stream.all.length]).toEqual([2, 1]);
});

it("comes back after a loss, each time later, until it is live again", () => {
  const { live } = start();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  for (let pause = FIRST_PAUSE; pause < LONGEST_PAUSE; pause *= 2) {
    const before = Stream.all.length;
    last().onerror?.();
    expect(live.state).toBe("away");
    vi.advanceTimersByTime(pause - 1);
    expect(Stream.all.length).toBe(before);
    vi.advanceTimersByTime(1);
    expect(Stream.all.length).toBe(before + 1);
  }
  last().send("state", { live: true });
  last().onerror?.();
  const before = Stream.all.length;
  vi.advanceTimersByTime(FIRST_PAUSE);
  expect(Stream.all.length).toBe(before + 1);
  expect(Stream.all.filter((one) => !one.closed).length).toBe(1);
});

it("does not wait when the network is back", () => {
  start();
  last().onerror?.();
  dispatchEvent(new Event("online"));
  expect(Stream.all.length).toBe(2);
});

it("takes a stream that says nothing for dead", () => {
  start();
  vi.advanceTimersByTime(SILENCE - 1);
  last().send("here", {});
  vi.advanceTimersByTime(SILENCE - 1);
  expect(Stream.all.length).toBe(1);
  vi.advanceTimersByTime(1 + 2 * FIRST_PAUSE);
  expect([Stream.all.length, Stream.all[0]?.closed]).toEqual([2, true]);
});

it("lets its connection go while the window is hidden, not at once", () => {
  const { live } = start();
  show(false);
  vi.advanceTimersByTime(SILENCE / 2);
  show(true);
  last().send("here", {});
  vi.advanceTimersByTime(SILENCE - 1);
  expect([Stream.all.length, last().closed]).toEqual([1, false]);
  last().send("here", {});
  show(false);
  vi.advanceTimersByTime(SILENCE / 2);
  last().send("here", {});
  vi.advanceTimersByTime(REST_AFTER - SILENCE / 2);
  expect([live.state, last().closed]).toEqual(["resting", true]);
  vi.advanceTimersByTime(10 * LONGEST_PAUSE);
  expect(Stream.all.length).toBe(1);
  show(true);
  expect(Stream.all.length).toBe(2);
});

it("opens nothing in a window that was never shown", () => {
  hidden = true;
  const { live } = start();
  expect([live.state, Stream.all.length]).toEqual(["resting", 0]);
  show(true);
  expect(Stream.all.length).toBe(1);
});

it("knows who is here", () => {
  const { live } = start();
  last().send("presence", { people: [visitor("a"), visitor("b")] });
  last().send("presence", { moved: visitor("b", "i12.quantity") });
  expect(live.people.map((one) => one.cell)).toEqual(["", "i12.quantity"]);
  last().send("presence", { people: [visitor("b")] });
  expect(live.people.map((one) => one.tab)).toEqual(["b"]);
});

it("tells where the person is, seldom enough, and the last place always", () => {
  const { live } = start();
  live.at("boq", "i1.quantity");
  expect(told).toEqual([]);
  last().send("state", { live: true });
  live.at("boq", "i2.quantity");
  live.at("boq", "i3.quantity");
  expect(told.map((one) => one.cell)).toEqual(["i1.quantity"]);
  vi.advanceTimersByTime(BETWEEN_MOVES);
  expect(told.map((one) => one.cell)).toEqual(["i1.quantity", "i3.quantity"]);
  vi.advanceTimersByTime(10 * BETWEEN_MOVES);
  live.at("boq", "i3.quantity");
  expect(told.length).toBe(2);
});

it("tells its place again on another stream", () => {
  const { live } = start();
  live.at("prices");
  last().send("state", { live: true });
  last().onerror?.();
  vi.advanceTimersByTime(2 * FIRST_PAUSE);
  expect(last().address).toContain("step=prices");
  last().send("state", { live: true });
  vi.advanceTimersByTime(BETWEEN_MOVES);
  expect(told.length).toBe(2);
});

it("closes for good when the person may no longer look", () => {
  const { live } = start();
  const heard: Access[] = [];
  live.onAccess((access) => heard.push(access));
  last().send("access", { role: "viewer", rights: [] });
  expect(live.state).toBe("connecting");
  last().send("access", { role: null, rights: [] });
  expect(heard.map((one) => one.role)).toEqual(["viewer", null]);
  show(false);
  show(true);
  vi.advanceTimersByTime(10 * LONGEST_PAUSE);
  expect([live.state, Stream.all.length, last().closed]).toEqual(["closed", 1, true]);
});

it("asks a server that cannot stream once", () => {
  const { live } = start();
  last().send("state", { live: null });
  last().onerror?.();
  vi.advanceTimersByTime(10 * LONGEST_PAUSE);
  expect([live.state, Stream.all.length, last().closed]).toEqual(["closed", 1, true]);
});

it("lives through what it cannot read", () => {
  const { live } = start();
  last().dispatchEvent(new MessageEvent("change", { data: "{" }));
  last().send("state", { live: true });
  expect(live.state).toBe("live");
});
