/** Words of the origin of a price. */

import type { Dictionaries } from "../../texts";

const id = {
  title: "Asal harga",
  per: (unit: string) => `per ${unit}`,
  missing: "Harga belum ada",
  missingText: "Pekerjaan yang memakainya baru sebagian berharga. Ketik harganya di tabel.",
  unconverted: (from: string, to: string) => `Harga dicatat per ${from}, tetapi faktor ke ${to} belum tercatat.`,
  book: "Buku harga",
  project: "Harga proyek",
  dated: "Tanggal",
  age: (days: string) => `${days} hari`,
  notTold: "belum ditulis",
  recorded: "Dicatat",
  conversion: "Dikonversi",
  bookSays: "Menurut buku harga",
  region: "Wilayah",
  document: "Dokumen",
  note: "Catatan",
  share: "Bagian dari biaya sumber daya",
  uses: "Dipakai oleh",
  usesCount: (n: string) => `${n} pekerjaan`,
  usesNone: "Tidak ada pekerjaan yang memakainya.",
  usesMore: (n: string) => `… dan ${n} pekerjaan lagi`,
  usesFailed: "Daftar pekerjaan tidak dapat dibaca.",
};

const en: typeof id = {
  title: "Origin of the price",
  per: (unit) => `per ${unit}`,
  missing: "No price yet",
  missingText: "The items that take it are only partly priced. Type its price in the table.",
  unconverted: (from, to) => `The price is recorded per ${from}, but no factor to ${to} is.`,
  book: "Price book",
  project: "Price of the project",
  dated: "Date",
  age: (days) => `${days} days`,
  notTold: "not written",
  recorded: "Recorded",
  conversion: "Converted",
  bookSays: "By the price book",
  region: "Region",
  document: "Document",
  note: "Note",
  share: "Part of the cost of resources",
  uses: "Used by",
  usesCount: (n) => `${n} ${n === "1" ? "item" : "items"}`,
  usesNone: "No item takes it.",
  usesMore: (n) => `… and ${n} more items`,
  usesFailed: "The items cannot be read.",
};

export type PanelTexts = typeof id;
export const panelTexts: Dictionaries<PanelTexts> = { id, en };
