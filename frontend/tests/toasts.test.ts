import { beforeEach, expect, it } from "vitest";

import { toast } from "../src/behaviours/toasts";

const shown = (): (string | null)[] => [...document.querySelectorAll(".toasts .text")].map((text) => text.textContent);

beforeEach(() => {
  document.body.innerHTML = `<div class="toasts"></div>
    <template data-toast><div class="toast"><span class="text"></span></div></template>`;
});

it("says the same thing once, as the latest", () => {
  for (const text of ["no", "saved", "no", "no"]) toast(text, "error");
  expect(shown()).toEqual(["saved", "no"]);
});

it("shows the latest few, as text", () => {
  for (const text of ["1", "2", "3", "4", "<b>5</b>"]) toast(text, "error");
  expect(shown()).toEqual(["2", "3", "4", "<b>5</b>"]);
});
