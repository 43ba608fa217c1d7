/** Values of the server as a person would type them. */

import { digitsOf } from "../../numbers";

/** "1234.5" is "1234,5": Indonesian, without groups, so that nothing about it is ambiguous when it is read again. */
export function typedNumber(value: string | null | undefined): string {
  const digits = digitsOf(value ?? "");
  if (!digits) return value ?? "";
  const decimals = digits.decimals.replace(/0+$/, "");
  return `${digits.negative ? "-" : ""}${digits.whole}${decimals ? `,${decimals}` : ""}`;
}

const CODE = /^[A-Za-z]{0,3}\.?\d+[a-z]?(?:\.[\dA-Za-z()]+)+\.?\)?$/;

/** Whether a text looks like the code of an analysis ("2.2.1.4.5", "A.4.1.1.4", "3.1.(1)") rather than words. */
export const looksLikeCode = (text: string): boolean => CODE.test(text.trim());
