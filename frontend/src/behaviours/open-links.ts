import htmx from "htmx.org";
import { on } from "../dom";
import { isNarrow, openInspector } from "./inspector";

/** Links inside data-opens fill the inspector; on a narrow window, or with a modifier key, they stay links.
    One listener for all of them: wiring ten thousand one by one would hold the page up. */
export function startOpenLinks(): void {
  on("click", "[data-opens] a[data-open]", (link, event) => {
    if (isNarrow() || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openInspector();
    const source = link.closest("[data-opens]") ?? link;
    void htmx.ajax("get", (link as HTMLAnchorElement).href, { source, target: "#inspector", swap: "innerHTML show:none" });
  });
}
