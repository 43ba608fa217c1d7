/** The bill as a map: sections and their items by amount. Pure; the drawing takes numbers, the words stay decimal strings. */

import type { BillDocument, Placed } from "../../document";
import { ratioOf } from "../../numbers";

export interface ShareNode {
  readonly key: string;
  readonly name: string;
  readonly number: string;
  readonly amount: string;
  /** Of the subtotal, 0 to 1. */
  readonly value: number;
  readonly children?: readonly ShareNode[];
}

/** How many parts of a section are drawn by themselves; smaller ones are left to the section's own area. */
const MOST_PARTS = 24;

export function shareTree(bill: BillDocument, numbers: ReadonlyMap<string, string>, subtotal: string): ShareNode[] {
  const node = (place: Placed, depth: number): ShareNode | null => {
    const { key, values } = place.row;
    const amount = bill.figure(key)?.amount ?? null;
    const value = ratioOf(amount, subtotal);
    if (amount === null || value <= 0) return null;
    const inside = depth > 0 ? largest(bill.children(key), depth - 1) : [];
    return {
      key,
      name: String(values["name"] ?? values["description"] ?? ""),
      number: numbers.get(key) ?? "",
      amount,
      value,
      ...(inside.length > 0 ? { children: inside } : {}),
    };
  };
  const largest = (places: readonly Placed[], depth: number): ShareNode[] =>
    places
      .map((place) => node(place, depth))
      .filter((one) => one !== null)
      .sort((a, b) => b.value - a.value)
      .slice(0, MOST_PARTS);
  return largest(bill.children(null), 1);
}
