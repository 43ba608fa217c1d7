/** Days and times as people read them, in the time of their own machine. */

import type { Language } from "./texts";

const localeOf = (language: Language): string => (language === "en" ? "en-GB" : "id-ID");

/** "5 Mar 2026 14.07" */
export function moment(iso: string, language: Language): string {
  return `${day(iso, language)} ${clock(iso, language)}`;
}

/** "5 Mar 2026"; a day without a time is the same day everywhere. */
export function day(iso: string, language: Language): string {
  const at = new Date(iso.includes("T") ? iso : `${iso}T00:00:00`);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toLocaleDateString(localeOf(language), { day: "numeric", month: "short", year: "numeric" });
}

/** "Kamis, 5 Maret 2026" */
export const longDay = (iso: string, language: Language): string =>
  new Date(iso).toLocaleDateString(localeOf(language), { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** "14.07" */
export const clock = (iso: string, language: Language): string =>
  new Date(iso).toLocaleTimeString(localeOf(language), { hour: "2-digit", minute: "2-digit" });

/** Today where the person is: "2026-03-05". */
export function today(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
