/** Words of what-if. */

import type { Dictionaries } from "../../texts";

const id = {
  title: "Pengandaian",
  lede: "Geser atau ketik berapa persen harga berubah.",
  notStored: "tidak disimpan",
  change: (kind: string) => `${kind}, perubahan dalam persen`,
  clear: "Kosongkan",
  close: "Tutup",
  before: "Sekarang",
  after: "Seandainya",
  difference: "Selisih",
  byKind: "Menurut jenis",
  bySection: "Menurut bagian",
  rows: {
    labor: "Upah",
    material: "Bahan",
    equipment: "Alat",
    overhead_and_profit: "Biaya umum & keuntungan",
    own_prices: "Harga sendiri pekerjaan",
    rounding: "Pembulatan",
    subtotal: "Subtotal",
    total: "Jumlah dengan PPN",
    rounded_total: "Total dibulatkan",
  } as Readonly<Record<string, string>>,
  constant: "Harga lumsum di analisa dan harga sendiri pekerjaan tidak ikut berubah.",
  untouched: {
    title: "Tidak ikut berubah:",
    own_prices: (items: string, amount: string) => `${items} pekerjaan berharga sendiri, ${amount}`,
    lump_sums: (items: string, amount: string) => `lumsum di analisa ${items} pekerjaan, ${amount} sebelum BUK`,
    none: "tidak ada; semua harga pekerjaan berasal dari harga sumber daya",
  },
  failed: "Pengandaian tidak dapat dihitung.",
  wrong: "Tulis persen dari −100 sampai 1.000.",
};

const en: typeof id = {
  title: "What if",
  lede: "Slide or type by how many per cent prices change.",
  notStored: "not stored",
  change: (kind) => `${kind}, change in per cent`,
  clear: "Clear",
  close: "Close",
  before: "Now",
  after: "What if",
  difference: "Difference",
  byKind: "By kind",
  bySection: "By section",
  rows: {
    labor: "Labour",
    material: "Material",
    equipment: "Equipment",
    overhead_and_profit: "Overhead and profit",
    own_prices: "Items' own prices",
    rounding: "Rounding",
    subtotal: "Subtotal",
    total: "Sum with VAT",
    rounded_total: "Rounded total",
  },
  constant: "Lump sums of analyses and items' own prices stay as they are.",
  untouched: {
    title: "Stays as it is:",
    own_prices: (items, amount) => (items === "1" ? `1 item with a price of its own, ${amount}` : `${items} items with prices of their own, ${amount}`),
    lump_sums: (items, amount) =>
      `lump sums in the analyses of ${items} ${items === "1" ? "item" : "items"}, ${amount} before overhead and profit`,
    none: "nothing; every item is priced from prices of resources",
  },
  failed: "It cannot be worked out.",
  wrong: "Write a per cent from −100 to 1,000.",
};

export type WhatIfTexts = typeof id;
export const whatIfTexts: Dictionaries<WhatIfTexts> = { id, en };
