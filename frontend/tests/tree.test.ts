import { beforeEach, expect, it } from "vitest";

import { applyFolds, fold } from "../src/behaviours/tree";
import { step } from "../src/behaviours/tree-keys";

const ROWS = `
  <table data-tree="p1"><tbody>
    <tr id="a" data-parent="" aria-expanded="true"></tr>
    <tr id="a1" data-parent="a" aria-expanded="true"></tr>
    <tr id="i1" data-parent="a1"></tr>
    <tr id="i2" data-parent="a"></tr>
    <tr id="b" data-parent="" aria-expanded="true"></tr>
    <tr id="i3" data-parent="b"></tr>
  </tbody></table>`;

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("tr")];
const shown = (): string[] => rows().filter((row) => !row.hidden).map((row) => row.id);
const row = (key: string): HTMLElement => document.getElementById(key)!;

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = ROWS;
});

it("hides everything below a folded section, at any depth", () => {
  applyFolds(rows(), new Set(["a"]));
  expect(shown()).toEqual(["a", "b", "i3"]);
});

it("keeps an inner section folded when the outer one opens again", () => {
  fold(row("a1"));
  fold(row("a"));
  fold(row("a"));
  expect(shown()).toEqual(["a", "a1", "i2", "b", "i3"]);
  expect(row("a1").getAttribute("aria-expanded")).toBe("false");
});

it("remembers what is folded for this table only", () => {
  fold(row("b"), true);
  expect(localStorage.getItem("ahsp:folded:p1")).toBe("b");
});

it("does not fold an item", () => {
  fold(row("i3"));
  expect(shown()).toHaveLength(6);
});

it("steps over folded rows and stops at the ends", () => {
  fold(row("a1"));
  expect(step(row("a1"), 1).id).toBe("i2");
  expect(step(row("i2"), -1).id).toBe("a1");
  expect(step(row("a"), Infinity).id).toBe("i3");
  expect(step(row("i3"), -Infinity).id).toBe("a");
});

it("steps from one incomplete row to the next while only those are shown", () => {
  document.querySelector("table")!.toggleAttribute("data-only-incomplete", true);
  for (const key of ["a", "i2"]) row(key).classList.add("incomplete");
  expect(step(row("a"), 1).id).toBe("i2");
  expect(step(row("i2"), 1).id).toBe("i2");
});
