/** Values of the server as a person would type them. */

import { digitsOf } from "../../numbers";

/** "1234.5" is "1234,5": Indonesian, without groups, so that nothing about it is ambiguous when it is read again;
    three decimals get a fourth, for "12,345" would be asked about. */
export function typedDecimal(value: string | null | undefined): string {
  const digits = digitsOf(value ?? "");
  if (!digits) return value ?? "";
  const decimals = digits.decimals.replace(/0+$/, "");
  const tail = decimals.length === 3 ? `${decimals}0` : decimals;
  return `${digits.negative ? "-" : ""}${digits.whole}${tail ? `,${tail}` : ""}`;
}
