import { on } from "../dom";

export type Tone = "info" | "success" | "error";

const LIFE = 6000;
/** More would cover what they are about. */
const MOST = 4;

/** A sentence at the corner. Errors stay until dismissed; the rest leaves by itself. One that is said again stands once,
 * as the latest. */
export function toast(text: string, tone: Tone = "info"): void {
  const region = document.querySelector(".toasts");
  const template = document.querySelector<HTMLTemplateElement>("template[data-toast]");
  const element = template?.content.firstElementChild?.cloneNode(true);
  if (!region || !(element instanceof HTMLElement) || !text) return;
  element.classList.add(`toast-${tone}`);
  const place = element.querySelector(".text");
  if (place) place.textContent = text;
  for (const other of [...region.querySelectorAll(".toast")]) {
    if (other.querySelector(".text")?.textContent === text) other.remove();
  }
  region.append(element);
  for (const oldest of [...region.querySelectorAll(".toast")].slice(0, -MOST)) oldest.remove();
  retire(element, tone);
}

function retire(element: HTMLElement, tone: string): void {
  if (tone === "error") return;
  const leave = (): void => {
    if (element.matches(":hover, :focus-within")) setTimeout(leave, LIFE);
    else element.remove();
  };
  setTimeout(leave, LIFE);
}

export function startToasts(): void {
  on("click", "[data-dismiss]", (button) => button.closest(".toast, .alert, .job-card")?.remove());
  for (const element of document.querySelectorAll<HTMLElement>(".toasts .toast")) {
    retire(element, element.classList.contains("toast-error") ? "error" : "info");
  }
}
