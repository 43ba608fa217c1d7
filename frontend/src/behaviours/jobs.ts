/** Cards of slow work: one for each job, and a download that was asked for starts when its file is there. */
export function startJobs(): void {
  document.addEventListener("htmx:load", (event) => {
    const arrived = (event as CustomEvent<{ elt: Element }>).detail.elt;
    if (!(arrived instanceof HTMLElement) || !arrived.matches(".job-card")) return;
    for (const other of document.querySelectorAll(`[id="${arrived.id}"]`)) {
      if (other !== arrived) other.remove();
    }
    const link = arrived.querySelector<HTMLAnchorElement>("a[data-start-download]");
    link?.removeAttribute("data-start-download");
    link?.click();
  });
}
