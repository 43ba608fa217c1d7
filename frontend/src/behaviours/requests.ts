import htmx from "htmx.org";

import { around } from "../dom";
import { toast } from "./toasts";

interface ResponseDetail {
  xhr: XMLHttpRequest;
  elt: Element;
}

/** htmx without eval and without inline styles; its errors are told where they arose. */
export function startRequests(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollBehavior: "auto",
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, elt } = (event as CustomEvent<ResponseDetail>).detail;
    tell(elt, xhr.responseText);
  });
  for (const type of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(type, (event) => tell((event as CustomEvent<ResponseDetail>).detail.elt, ""));
  }
  document.addEventListener("htmx:beforeRequest", (event) => slotOf(around(event, "*"))?.replaceChildren());
}

function slotOf(element: Element | null): Element | null {
  const scope = element?.closest("[data-error-scope]");
  return scope?.querySelector("[data-error-slot]") ?? null;
}

/** `html` is the server's own fragment; what was typed stays, because nothing is swapped. */
function tell(element: Element, html: string): void {
  const fragment = new DOMParser().parseFromString(html, "text/html");
  const alert = fragment.querySelector(".alert");
  const slot = slotOf(element);
  if (slot && alert) {
    slot.replaceChildren(document.adoptNode(alert));
    slot.scrollIntoView({ block: "nearest" });
    return;
  }
  toast(alert?.textContent?.trim() || document.body.dataset.offline || "", "error");
}
