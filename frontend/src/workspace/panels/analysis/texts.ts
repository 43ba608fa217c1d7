import type { Dictionaries } from "../../texts";

const id = {
  title: "Analisa",
  none: "Pekerjaan ini belum memakai analisa. Ketik kode analisa di kolom Kode.",
  unknown: (code: string) => `Tidak ada analisa dengan kode ${code}.`,
  sorts: { reference: "dari edisi", modified: "≠ diubah", own: "✎ sendiri" },
  reference: "Acuan",
  effect: "Selisih harga satuan",
  sharedBy: "Dipakai bersama",
  items: (n: string) => `${n} pekerjaan`,
  differences: "Yang diubah",
  same: "Tidak ada baris yang berbeda dari acuannya.",
  changes: { changed: "≠ diubah", added: "+ ditambah", removed: "− dihapus", same: "" },
  modifyOne: "Ubah untuk pekerjaan ini saja",
  modifyAll: (n: string) => `Ubah untuk semua ${n} pekerjaan`,
  open: "Buka analisa",
  giveUp: "Pakai lagi acuannya",
  loading: "Memuat …",
  offline: "Server tidak menjawab; pilih baris ini lagi nanti.",
  acts: { modify: (code: string) => `ubah analisa ${code}`, giveUp: (code: string) => `pakai lagi acuan ${code}` },
};

const en: typeof id = {
  title: "Analysis",
  none: "This item uses no analysis yet. Type the code of one in the column Code.",
  unknown: (code) => `There is no analysis with the code ${code}.`,
  sorts: { reference: "of the edition", modified: "≠ modified", own: "✎ own" },
  reference: "Reference",
  effect: "Effect on the unit price",
  sharedBy: "Shared by",
  items: (n) => (n === "1" ? "1 item" : `${n} items`),
  differences: "What was changed",
  same: "No line differs from its reference.",
  changes: { changed: "≠ changed", added: "+ added", removed: "− removed", same: "" },
  modifyOne: "Modify for this item only",
  modifyAll: (n) => `Modify for all ${n} items`,
  open: "Open the analysis",
  giveUp: "Use the reference again",
  loading: "Loading …",
  offline: "The server does not answer; choose the row again later.",
  acts: { modify: (code) => `modify analysis ${code}`, giveUp: (code) => `use the reference of ${code} again` },
};

export type AnalysisTexts = typeof id;
export const analysisTexts: Dictionaries<AnalysisTexts> = { id, en };
