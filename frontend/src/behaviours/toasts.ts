import { on } from "../dom";

export type Tone = "info" | "success" | "error";

const LIFE = 6000;

/** A sentence at the corner. Errors stay until dismissed; the rest leaves by itself. */
export function toast(text: string, tone: Tone = "info"): void {
  const region = document.querySelector(".toasts");
  const template = document.querySelector<HTMLTemplateElement>("template[data-toast]");
  const element = template?.content.firstElementChild?.cloneNode(true);
  if (!region || !(element instanceof HTMLElement) || !text) return;
  element.classList.add(`toast-${tone}`);
  const place = element.querySelector(".text");
  if (place) place.textContent = text;
  region.append(element);
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
