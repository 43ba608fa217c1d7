/** Differences of money: their sign, and sums that may be lower bounds. */

import { html } from "lit-html";

import type { VersionTexts } from "./texts";

const MINUS = "\u2212";

/** A figure as it is shown, with its sign before it: "+12,50", "−Rp 12"; nothing is neither more nor less. */
export function signed(figure: string, before = ""): string {
  const isLess = figure.startsWith(MINUS);
  const sign = isLess ? MINUS : /[1-9]/.test(figure) ? "+" : "";
  return sign + before + figure.slice(isLess ? 1 : 0);
}

/** Whether a decimal string adds, takes away or is nothing. */
export const tone = (value: string): "less" | "more" | "none" => (!/[1-9]/.test(value) ? "none" : value.startsWith("-") ? "less" : "more");

export function bound(text: string, lower: boolean, texts: VersionTexts): unknown {
  return lower ? html`<span class="bound" title=${texts.atLeast}>≥</span>&nbsp;${text}` : text;
}
