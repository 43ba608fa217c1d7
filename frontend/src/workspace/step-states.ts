/** How far each step of the work is, from what the rows of the bill lack. */

import type { BillDocument } from "./document";
import type { Missing, Totals } from "./wire";

const NO_ANALYSIS = new Set(["item.unpriced", "analysis.unknown", "analysis.empty"]);
const NO_PRICE = new Set(["analysis.partial", "analysis.unpriced"]);


/** As the server counts them for the head of the page. */
export function missingIn(bill: BillDocument): Missing {
  const missing = { quantity: 0, analysis: 0, price: 0 };
  for (const { row } of bill.order) {
    const codes = row.kind === "i" ? (bill.figure(row.key)?.issues ?? []) : [];
    if (codes.length === 0) continue;
    missing.quantity += Number(codes.includes("quantity.missing"));
    missing.analysis += Number(codes.some((code) => NO_ANALYSIS.has(code)));
    missing.price += Number(codes.some((code) => NO_PRICE.has(code)));
  }
  return missing;
}

/** How many are missing at a step; 0 says that it is complete, null that it has no state. */
export function missingAt(step: string, missing: Missing | null, totals: Totals | null): number | null {
  if (!missing || !totals || totals.item_count === 0) return null;
  if (step === "boq") return 0;
  if (step === "volume") return missing.quantity;
  if (step === "analyses") return missing.analysis;
  if (step === "prices") return missing.price;
  return step === "rab" ? totals.incomplete : null;
}
