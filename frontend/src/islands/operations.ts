import "uplot/dist/uPlot.min.css";

import { Plot, type Samples } from "./plot";

const SECONDS_BETWEEN_LOOKS = 5;
const SECONDS_BETWEEN_SAMPLES = 30;

/** The page of the server: its figures come again every five seconds, its plots with every sample. */
export function startOperations(page: HTMLElement): void {
  const plots = [...page.querySelectorAll<HTMLElement>("[data-chart]")].map((figure) => new Plot(figure, page.dataset));
  const redraw = async (): Promise<void> => {
    const samples = (await ask(page.dataset.series ?? "", (answer) => answer.json())) as Samples | null;
    if (samples) for (const plot of plots) plot.show(samples);
  };
  const look = async (): Promise<void> => {
    const html = await ask(page.dataset.now ?? "", (answer) => answer.text());
    if (html === null) tellAway(page);
    else refresh(page, html);
  };
  void redraw();
  every(SECONDS_BETWEEN_SAMPLES, redraw);
  every(SECONDS_BETWEEN_LOOKS, look);
  const recolour = (): void => plots.forEach((plot) => plot.redraw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** Again and again, one after the other, while somebody looks. */
function every(seconds: number, act: () => Promise<void>): void {
  const next = async (): Promise<void> => {
    if (document.visibilityState === "visible") await act();
    setTimeout(() => void next(), seconds * 1000);
  };
  setTimeout(() => void next(), seconds * 1000);
}

async function ask<T>(address: string, read: (answer: Response) => Promise<T>): Promise<T | null> {
  try {
    const answer = await fetch(address, { headers: { Accept: "*/*" }, signal: AbortSignal.timeout(10_000) });
    return answer.ok && !answer.redirected ? await read(answer) : null;
  } catch {
    return null;
  }
}

/** The parts of the page that were asked for, in place; a table somebody scrolled stays where it was. */
function refresh(page: HTMLElement, html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of fresh.querySelectorAll<HTMLElement>("[data-part]")) {
    const old = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || isBeingCopied(old)) continue;
    const scrolled = [...old.querySelectorAll(".table-scroll")].map((table) => table.scrollLeft);
    const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-labelledby") : null;
    old.replaceChildren(...document.adoptNode(part).childNodes);
    old.querySelectorAll(".table-scroll").forEach((table, at) => (table.scrollLeft = scrolled[at] ?? 0));
    if (focused) old.querySelector<HTMLElement>(`[tabindex][aria-labelledby="${focused}"]`)?.focus({ preventScroll: true });
  }
}

/** Somebody has text of it selected: exchanging it would take that away. */
function isBeingCopied(part: Element): boolean {
  const selection = document.getSelection();
  return selection?.type === "Range" && part.contains(selection.anchorNode);
}

function tellAway(page: HTMLElement): void {
  const updated = page.querySelector("[data-updated]");
  if (!updated) return;
  updated.textContent = page.dataset.away ?? "";
  updated.classList.add("status-UNPRICED");
}
