import { around, memory, on } from "../dom";

const NARROWEST = 320;
const WIDEST = 720;
const STEP = 16;

const workspace = (): HTMLElement | null => document.querySelector(".workspace");

function setWidth(pixels: number): void {
  const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, pixels)));
  workspace()?.style.setProperty("--inspector", `${width}px`);
  document.querySelector(".inspector-handle")?.setAttribute("aria-valuenow", String(width));
  memory.write("inspector-width", String(width));
}

/** Below this width panes are pages: links lead there instead. */
export function isNarrow(): boolean {
  return matchMedia("(max-width: 1100px)").matches;
}

/** Open or folded, without moving the focus. */
export function setInspector(open: boolean): void {
  workspace()?.setAttribute("data-inspector", open ? "open" : "closed");
  reflect();
}

export function openInspector(): void {
  setInspector(true);
}

export function closeInspector(): void {
  if (workspace()?.dataset.inspector !== "open") return;
  setInspector(false);
  document.querySelector<HTMLElement>('[role="row"][aria-selected="true"]')?.focus({ preventScroll: true });
}

function reflect(): void {
  const open = workspace()?.dataset.inspector === "open";
  for (const button of document.querySelectorAll("[data-inspector-toggle]")) {
    button.setAttribute("aria-pressed", String(open));
  }
}

function dragHandle(handle: HTMLElement, start: PointerEvent): void {
  const right = document.querySelector(".inspector")?.getBoundingClientRect().right ?? innerWidth;
  handle.setPointerCapture(start.pointerId);
  handle.classList.add("is-dragging");
  const move = (event: PointerEvent): void => setWidth(right - event.clientX);
  const end = (): void => {
    handle.classList.remove("is-dragging");
    handle.removeEventListener("pointermove", move);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", end, { once: true });
}

/** The right pane: it opens with what is selected, folds, and keeps the width it was given. */
export function startInspector(): void {
  const width = Number(memory.read("inspector-width"));
  if (width) setWidth(width);
  reflect();

  on("click", "[data-inspector-toggle]", () => {
    if (workspace()?.dataset.inspector === "open") closeInspector();
    else openInspector();
  });
  on("click", "[data-inspector-close]", closeInspector);
  on("pointerdown", ".inspector-handle", (handle, event) => dragHandle(handle, event));
  on("keydown", ".inspector-handle", (handle, event) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setWidth(Number(handle.getAttribute("aria-valuenow")) + by);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && around(event, ".inspector")) closeInspector();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { target, elt } = (event as CustomEvent<{ target: Element; elt: Element }>).detail;
    if (!target.matches(".inspector *")) return;
    if (isNarrow() && elt instanceof HTMLAnchorElement) {
      event.preventDefault();
      location.assign(elt.href);
    } else openInspector();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    (event.target as Element).closest(".inspector-scroll")?.scrollTo(0, 0);
  });
}
