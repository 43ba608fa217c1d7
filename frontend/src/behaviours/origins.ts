import { on } from "../dom";

/** One button opens or closes the origin of every figure of a sheet; each line also opens by itself. */
export function startOrigins(): void {
  on("click", "[data-origins]", (button) => {
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(open));
    for (const line of button.closest(".sheet")?.querySelectorAll<HTMLDetailsElement>(".sheet-line") ?? []) {
      line.open = open;
    }
  });
}
