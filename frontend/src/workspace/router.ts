/** Addresses of the steps without loading a page: /p/CODE/work/STEP/?name=value. */

export interface Place {
  readonly step: string;
  readonly params: Readonly<Record<string, string>>;
}

export class Router {
  private listeners = new Set<(place: Place) => void>();

  /** `root` is the address of the workspace, ending in a slash; `first` the step that it opens by itself. */
  constructor(
    private readonly root: string,
    private readonly first: string,
  ) {}

  get place(): Place {
    return this.read(location.pathname, location.search);
  }

  read(path: string, search = ""): Place {
    const inside = path.startsWith(this.root) ? path.slice(this.root.length) : "";
    const step = inside.split("/")[0] || this.first;
    return { step, params: Object.fromEntries(new URLSearchParams(search)) };
  }

  /** The place that an address of this workspace names; null for any other address. */
  inside(href: string): Place | null {
    const url = new URL(href, location.href);
    const own = url.origin === location.origin && url.pathname.startsWith(this.root);
    return own ? this.read(url.pathname, url.search) : null;
  }

  address(step: string, params: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams(params).toString();
    return `${this.root}${step}/${query ? `?${query}` : ""}`;
  }

  go(step: string, params: Readonly<Record<string, string>> = {}): void {
    const target = this.address(step, params);
    if (target === location.pathname + location.search) return;
    history.pushState(null, "", target);
    this.tell();
  }

  /** Change what the address says of this step without a new entry in the browser's history. */
  adjust(params: Readonly<Record<string, string>>): void {
    history.replaceState(history.state, "", this.address(this.place.step, params));
  }

  on(listener: (place: Place) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    addEventListener("popstate", () => this.tell());
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (!link || link.target || link.hasAttribute("download") || event.defaultPrevented) return;
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const place = this.inside(link.href);
      if (!place) return;
      event.preventDefault();
      this.go(place.step, place.params);
    });
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener(this.place);
  }
}
