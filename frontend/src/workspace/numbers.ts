/** Decimal strings as people read them. Nothing here calculates money: digits are moved, never added. */

import type { Language } from "./texts";

const MINUS = "\u2212";
const BLANK = "\u2014";
const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

interface Digits {
  readonly negative: boolean;
  readonly whole: string;
  readonly decimals: string;
}

/** The digits of a decimal string of the server, such as "-1234.50" or "1E+3"; null for anything else. */
export function digitsOf(text: string): Digits | null {
  const match = PLAIN.exec(text.trim());
  if (!match || (!match[2] && !match[3])) return null;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > 400) return null;
  let whole = match[2] ?? "";
  let decimals = match[3] ?? "";
  if (exponent > 0) {
    decimals = decimals.padEnd(exponent, "0");
    whole += decimals.slice(0, exponent);
    decimals = decimals.slice(exponent);
  } else if (exponent < 0) {
    whole = whole.padStart(-exponent, "0");
    decimals = whole.slice(exponent) + decimals;
    whole = whole.slice(0, exponent);
  }
  whole = whole.replace(/^0+(?=\d)/, "") || "0";
  return { negative: match[1] === "-" && /[1-9]/.test(whole + decimals), whole, decimals };
}

/** Half up at `places`, on digits: 0.005 is 0.01 and 9.995 is 10.00. */
function rounded({ negative, whole, decimals }: Digits, places: number): Digits {
  if (decimals.length <= places) return { negative, whole, decimals: decimals.padEnd(places, "0") };
  const up = (decimals[places] ?? "0") >= "5" ? 1n : 0n;
  const all = String(BigInt(whole + decimals.slice(0, places)) + up).padStart(places + 1, "0");
  const cut = all.length - places;
  return { negative: negative && /[1-9]/.test(all), whole: all.slice(0, cut), decimals: all.slice(cut) };
}

function written(digits: Digits, language: Language): string {
  const [group, mark] = language === "en" ? [",", "."] : [".", ","];
  const whole = digits.whole.replace(/\B(?=(\d{3})+$)/g, group);
  return (digits.negative ? MINUS : "") + whole + (digits.decimals ? mark + digits.decimals : "");
}

/** At least `least` decimals and at most `most`, more than `least` only as far as they say something. */
export function formatNumber(value: string | null | undefined, language: Language, least = 0, most = Infinity): string {
  if (value === null || value === undefined || value === "") return BLANK;
  const digits = digitsOf(value);
  if (!digits) return value;
  const cut = rounded(digits, Math.max(least, Math.min(digits.decimals.length, most)));
  const saying = cut.decimals.replace(/0+$/, "").length;
  return written({ ...cut, decimals: cut.decimals.slice(0, Math.max(least, saying)) }, language);
}

/** Rupiah in a column: two decimals, so that the marks stand below each other. */
export const formatMoney = (value: string | null | undefined, language: Language): string =>
  formatNumber(value, language, 2, 2);

/** Rupiah on its own: sen only where there are any. */
export function formatRupiah(value: string | null | undefined, language: Language): string {
  const text = formatNumber(value, language, 0, 2);
  return /[.,]\d$/.test(text) ? `${text}0` : text;
}

/** A quantity with two decimals, or as many as it has. */
export const formatQuantity = (value: string | null | undefined, language: Language): string =>
  formatNumber(value, language, 2);

/** With the decimals it has, up to `most`; spaces as wide as digits hold its mark below the others of the column. */
export function formatAligned(value: string | null | undefined, language: Language, most: number): string {
  const text = formatNumber(value, language, 0, most);
  if (text === BLANK) return text;
  const decimals = text.split(language === "en" ? "." : ",")[1] ?? "";
  return text + (decimals ? "" : "\u2008") + "\u2007".repeat(Math.max(0, most - decimals.length));
}

/** A fraction as per cent, without the sign: 0.1234 is 12,34. */
export function formatPercent(value: string | null | undefined, language: Language, decimals = 2): string {
  if (value === null || value === undefined || value === "") return BLANK;
  const digits = digitsOf(value);
  if (!digits) return value;
  const shifted = digitsOf(`${digits.negative ? "-" : ""}${digits.whole}.${digits.decimals || "0"}e2`);
  return shifted ? written(rounded(shifted, decimals), language) : value;
}

/** A sum that may be a lower bound. */
export function formatBound(value: string | null | undefined, lower: boolean, language: Language): string {
  const text = formatMoney(value, language);
  return lower && text !== BLANK ? `\u2265\u00a0${text}` : text;
}

/** A whole number, grouped. */
export const formatCount = (value: number, language: Language): string =>
  formatNumber(String(Math.trunc(value)), language);

/** `part` of `whole` as a number from 0 to 1 for a drawing: exact in BigInt, then cut to nine decimals. */
export function ratioOf(part: string | null | undefined, whole: string | null | undefined): number {
  const [over, under] = [digitsOf(part ?? ""), digitsOf(whole ?? "")];
  if (!over || !under) return 0;
  const places = Math.max(over.decimals.length, under.decimals.length);
  const scaled = (digits: Digits): bigint =>
    BigInt(digits.whole + digits.decimals.padEnd(places, "0")) * (digits.negative ? -1n : 1n);
  const bottom = scaled(under);
  return bottom === 0n ? 0 : Number((scaled(over) * 1_000_000_000n) / bottom) / 1e9;
}

/** The larger of two decimal strings first: for sorting what is shown, without turning it into floating point. */
export function compareNumbers(left: string | null | undefined, right: string | null | undefined): number {
  const [a, b] = [digitsOf(left ?? ""), digitsOf(right ?? "")];
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  const places = Math.max(a.decimals.length, b.decimals.length);
  const scaled = (digits: Digits): bigint =>
    BigInt(digits.whole + digits.decimals.padEnd(places, "0")) * (digits.negative ? -1n : 1n);
  const difference = scaled(a) - scaled(b);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
