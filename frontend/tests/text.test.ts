import { expect, it } from "vitest";

import { readableSize } from "../src/behaviours/file-drop";
import { describe as fill, matchesWords } from "../src/search-text";

it.each([
  ["Beton f'c 20 manual", "manual beton", true],
  ["Beton f'c 20 manual", "beton pompa", false],
  ["RAB", "", true],
])("matches %s against %s", (text, words, expected) => {
  expect(matchesWords(text, words)).toBe(expected);
});

it("never turns a name into markup", () => {
  document.body.innerHTML = '<div><span class="code"></span><span class="name"></span><span class="unit"></span></div>';
  const row = document.body.firstElementChild as HTMLElement;
  fill(row, { code: "1.1", name: "<img src=x onerror=alert(1)>", unit: "m3" });
  expect(row.querySelector("img")).toBeNull();
  expect(row.querySelector(".name")?.textContent).toBe("<img src=x onerror=alert(1)>");
});

it("writes sizes with the decimal mark of the language", () => {
  expect(readableSize(1_234_567, "id")).toBe("1,2 MB");
  expect(readableSize(1_234_567, "en")).toBe("1.2 MB");
});
