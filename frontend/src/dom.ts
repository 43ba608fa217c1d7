/** The nearest element around an event's target that matches, if there is one. */
export function around<T extends Element = HTMLElement>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

/** Listen on the document for events whose target lies in `selector`. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  act: (element: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(type, (event) => {
    const element = around(event, selector);
    if (element) act(element, event);
  });
}

/** True while a person is typing: then single keys belong to the text. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** Small values remembered on this machine; a browser that refuses storage only forgets them. */
export const memory = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(`ahsp:${key}`);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      localStorage.setItem(`ahsp:${key}`, value);
    } catch {
      // Private windows may refuse: the page works without.
    }
  },
};
