interface ScriptError {
  message: string;
  source: string;
  line: number;
}
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}
interface Interaction extends PerformanceEntry {
  interactionId?: number;
}
type Timings = Record<"ttfb_ms" | "dcl_ms" | "load_ms" | "lcp_ms" | "inp_ms" | "layout_shift", number>;

const MOST_ERRORS = 5;
const LONGEST_MESSAGE = 200;
const LONGEST_SOURCE = 120;
/** Shifts closer together than the first count as one, over at most the second; in milliseconds. */
const SHIFTS_APART = 1000;
const SHIFTS_TOGETHER = 5000;

/** Tells the server, when a page is left, how long it took and which scripts failed on it; nothing about the person. */
export function startMeasurements(): void {
  const place = document.querySelector<HTMLElement>("[data-measure]");
  const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  if (!place?.dataset.measure || !place.dataset.address || !token) return;
  const { measure: page, address } = place.dataset;
  const observed = observe();
  const errors = collectErrors();
  let told = false;

  const tell = (): void => {
    const body: { page: string; timings?: Partial<Timings>; errors?: ScriptError[] } = { page };
    const timings = told ? null : { ...navigation(), ...observed };
    // A page that is left before it has loaded has no timings worth a comparison.
    if (timings?.load_ms !== undefined) body.timings = timings;
    const failed = errors.splice(0);
    if (failed.length) body.errors = failed;
    if (!body.timings && !body.errors) return;
    told ||= body.timings !== undefined;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    // Outlives the page; nobody waits for the answer, and without it nothing is lost but a figure.
    fetch(address, { method: "POST", keepalive: true, headers, body: JSON.stringify(body) }).catch(() => undefined);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell();
  });
  addEventListener("pagehide", tell);
}

function navigation(): Partial<Timings> {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!entry || entry.loadEventEnd <= 0) return {};
  return {
    ttfb_ms: round(entry.responseStart),
    dcl_ms: round(entry.domContentLoadedEventEnd),
    load_ms: round(entry.loadEventEnd),
  };
}

/** Filled while the page is open: the largest content, the slowest interaction, the worst run of shifts. */
function observe(): Partial<Timings> {
  const found: Partial<Timings> = {};
  watch("largest-contentful-paint", (entry) => (found.lcp_ms = round(entry.startTime)));
  watch("event", (entry) => {
    if ((entry as Interaction).interactionId) found.inp_ms = Math.max(found.inp_ms ?? 0, round(entry.duration));
  });
  let run = 0;
  let [first, last] = [0, 0];
  if (watch("layout-shift", (entry) => {
    const { value, hadRecentInput, startTime } = entry as LayoutShift;
    if (hadRecentInput) return;
    const same = startTime - last < SHIFTS_APART && startTime - first < SHIFTS_TOGETHER;
    run = same ? run + value : value;
    if (!same) first = startTime;
    last = startTime;
    found.layout_shift = Math.max(found.layout_shift ?? 0, Math.round(run * 10_000) / 10_000);
  })) found.layout_shift = 0;
  return found;
}

function watch(type: string, take: (entry: PerformanceEntry) => void): boolean {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return false;
  const options: PerformanceObserverInit & { durationThreshold?: number } = { type, buffered: true };
  if (type === "event") options.durationThreshold = 40;
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(options);
  return true;
}

function collectErrors(): ScriptError[] {
  const errors: ScriptError[] = [];
  let seen = 0;
  const keep = (message: string, source: string, line: number): void => {
    seen += 1;
    if (seen > MOST_ERRORS) return;
    errors.push({ message: message.slice(0, LONGEST_MESSAGE) || "?", source: file(source), line });
  };
  addEventListener("error", (event) => {
    if (event instanceof ErrorEvent) keep(event.message, event.filename, event.lineno);
  });
  addEventListener("unhandledrejection", (event) => {
    const reason: unknown = event.reason;
    keep(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason), "", 0);
  });
  return errors;
}

/** The name of a script of ours. Anything else is an address a person visited, or an extension of theirs. */
function file(source: string): string {
  try {
    const url = new URL(source);
    const ours = url.origin === location.origin && url.pathname.endsWith(".js");
    return ours ? (url.pathname.split("/").pop() ?? "").slice(0, LONGEST_SOURCE) : "";
  } catch {
    return "";
  }
}

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
