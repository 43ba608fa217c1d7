// @vitest-environment node
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../src/styles/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }] as const,
  ),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: string, back: string): number {
  const [high = 0, low = 0] = [luminance(front), luminance(back)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["canvas", "surface", "sunken", "raised", "accent-soft"];
const STATE_GROUNDS = ["ok-soft", "warn-soft", "bad-soft"];
const AA_TEXT = 4.5;
const AA_SHAPE = 3;

/** What stands on what, and the ratio it must have. */
const PAIRS: [front: string, grounds: string[], atLeast: number][] = [
  ["text", [...GROUNDS, ...STATE_GROUNDS], AA_TEXT],
  ["muted", [...GROUNDS, ...STATE_GROUNDS], AA_TEXT],
  ["accent-text", [...GROUNDS, ...STATE_GROUNDS], AA_TEXT],
  ["ok", [...GROUNDS, "ok-soft"], AA_TEXT],
  ["warn", [...GROUNDS, "warn-soft"], AA_TEXT],
  ["bad", [...GROUNDS, "bad-soft"], AA_TEXT],
  ["on-accent", ["accent", "accent-hover"], AA_TEXT],
  ["control", GROUNDS, AA_SHAPE],
  ["accent", GROUNDS, AA_SHAPE],
];

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const value = (name: string): string => {
    const found = tokens.get(name);
    if (!found) throw new Error(`tokens.css has no colour --${name}`);
    return found[theme];
  };
  for (const [front, grounds, atLeast] of PAIRS) {
    it.each(grounds)(`${front} on %s reaches ${atLeast}`, (ground) => {
      expect(contrast(value(front), value(ground))).toBeGreaterThanOrEqual(atLeast);
    });
  }
});

it("measures black on white as 21", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
});
