/** One analysis or project as a search answers it; `place` is the organization of a project. */
export interface Found {
  code: string;
  name: string;
  unit?: string;
  /** What stands for the code, where that says nothing to a reader. */
  shown?: string;
  place?: string;
}

/** Every typed word occurs, in any order and case. */
export function matchesWords(text: string, words: string): boolean {
  const haystack = text.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Fill an option row; text only, for a name may contain anything. */
export function describe(row: HTMLElement, result: Found): void {
  const isProject = result.place !== undefined;
  row.classList.toggle("option-command", isProject);
  const code = row.querySelector(".code");
  if (isProject) code?.remove();
  else if (code) code.textContent = result.shown ?? result.code;
  for (const [part, text] of [["name", result.name], ["unit", result.unit ?? result.place ?? ""]] as const) {
    const place = row.querySelector(`.${part}`);
    if (place) place.textContent = text;
  }
}
