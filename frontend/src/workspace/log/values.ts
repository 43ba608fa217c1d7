/** Values of the log in the language of the page: the one place where they are written for people. */

import { typedText } from "../cells";
import { day } from "../moments";
import { formatNumber } from "../numbers";
import { type Language, speak } from "../texts";
import type { CellConflict } from "../wire";
import { logTexts } from "./texts";
import type { ValueType } from "./wire";

/** A number with the marks of the language, a day as "5 Mar 2026", nothing as a word. */
export function shownValue(type: ValueType, value: string | null, language: Language): string {
  if (value === null || value === "") return speak(logTexts, language).empty;
  if (type === "number") return formatNumber(value, language);
  return type === "date" ? day(value, language) : value;
}

/** One side of a cell that two people wrote: as the server tells it, else as it was typed. */
export function conflictValue(conflict: CellConflict, side: "yours" | "theirs", language: Language): string {
  const told = conflict.shown ? conflict.shown[side] : typedText(conflict[side]);
  return shownValue(conflict.shown ? (conflict.type ?? "text") : "text", told, language);
}
