import htmx from "htmx.org";

import { toast } from "./toasts";

interface RequestDetail {
  xhr: XMLHttpRequest;
  elt: Element;
  target: Element;
}

const detailOf = (event: Event): RequestDetail => (event as CustomEvent<RequestDetail>).detail;

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
    tell(detailOf(event), detailOf(event).xhr.responseText);
  });
  for (const type of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(type, (event) => tell(detailOf(event), ""));
  }
  document.addEventListener("htmx:beforeRequest", (event) => slotOf(detailOf(event))?.replaceChildren());
}

/** Where an error of this request is shown: beside what it would have filled, else beside what asked. */
function slotOf({ target, elt }: RequestDetail): Element | null {
  const scope = target.closest("[data-error-scope]") ?? elt.closest("[data-error-scope]");
  return scope?.querySelector("[data-error-slot]") ?? null;
}

/** `html` is the server's own fragment; what was typed stays, because nothing is swapped. */
function tell(detail: RequestDetail, html: string): void {
  // What asks every second by itself asks again, and the page around it says when the server is away.
  if (detail.elt.hasAttribute("data-quiet")) return;
  const fragment = new DOMParser().parseFromString(html, "text/html");
  const alert = fragment.querySelector(".alert");
  const slot = slotOf(detail);
  if (slot && alert) {
    slot.replaceChildren(document.adoptNode(alert));
    slot.scrollIntoView({ block: "nearest" });
    return;
  }
  toast(alert?.textContent?.trim() || document.body.dataset.offline || "", "error");
}
