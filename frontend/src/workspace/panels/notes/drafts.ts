/** What is being written and not sent yet: it stays while one looks at other rows, and until the page is closed. */

const drafts = new Map<string, string>();

export const draftOf = (place: string): string => drafts.get(place) ?? "";

export function keepDraft(place: string, text: string): void {
  if (text.trim()) drafts.set(place, text);
  else drafts.delete(place);
}

/** Whether closing the page would lose something. */
export const hasDrafts = (): boolean => drafts.size > 0;
