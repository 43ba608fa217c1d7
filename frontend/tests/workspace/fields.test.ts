import { html, render } from "lit-html";
import { beforeEach, expect, it } from "vitest";

import { untouched } from "../../src/workspace/untouched";

const draw = (value: string): HTMLInputElement => {
  render(html`<input .value=${untouched(value)} />`, document.body);
  return document.querySelector("input")!;
};

beforeEach(() => render(html``, document.body));

it("shows what the server has, but never over what is being typed", () => {
  const field = draw("10");
  expect(field.value).toBe("10");
  field.focus();
  field.value = "1";
  draw("11");
  expect(field.value).toBe("1");
  field.blur();
  draw("11");
  expect(field.value).toBe("11");
});

it("writes what was saved as the server does, also where the cursor stays in the field", () => {
  const field = draw("");
  field.focus();
  field.value = "7000000";
  draw("7000000");
  draw("7.000.000");
  expect(field.value).toBe("7.000.000");
});
