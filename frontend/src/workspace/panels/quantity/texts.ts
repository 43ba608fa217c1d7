/** Words of the inspector about a quantity. */

import type { Dictionaries } from "../../texts";

const id = {
  title: "Volume",
  name: "Nama dalam rumus",
  source: "Sumber",
  typed: "angka yang diketik",
  none: "belum ada",
  sheet: (n: string) => `lembar hitungan, ${n} baris`,
  usedBy: "Dipakai oleh",
  usesMore: (n: string) => `dan ${n} lagi`,
  notUsed: "tidak dipakai baris lain",
  line: "Baris",
  value: "Nilai",
  open: "Buka lembar hitungan",
  begin: "Hitung dari ukuran",
  failed: "Volume tidak dapat dibaca.",
};

const en: typeof id = {
  title: "Quantity",
  name: "Name in formulas",
  source: "Source",
  typed: "a typed number",
  none: "none yet",
  sheet: (n) => `take-off sheet, ${n} ${n === "1" ? "line" : "lines"}`,
  usedBy: "Used by",
  usesMore: (n) => `and ${n} more`,
  notUsed: "no other row uses it",
  line: "Line",
  value: "Value",
  open: "Open the take-off sheet",
  begin: "Take off from dimensions",
  failed: "The quantity cannot be read.",
};

export type QuantityTexts = typeof id;
export const quantityTexts: Dictionaries<QuantityTexts> = { id, en };
