/** One analysis as the catalog's search answers it. */
export interface Found {
  code: string;
  name: string;
  unit: string;
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
  for (const part of ["code", "name", "unit"] as const) {
    const place = row.querySelector(`.${part}`);
    if (place) place.textContent = result[part];
  }
}
