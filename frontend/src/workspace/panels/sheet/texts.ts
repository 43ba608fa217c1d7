import type { Dictionaries } from "../../texts";

const id = {
  title: "Harga satuan",
  offline: "Server tidak menjawab; pilih baris ini lagi nanti.",
  items: "Pekerjaan di dalamnya",
  incomplete: "Belum lengkap",
  share: "Bobot terhadap subtotal",
};

const en: typeof id = {
  title: "Unit price",
  offline: "The server does not answer; choose the row again later.",
  items: "Items in it",
  incomplete: "Incomplete",
  share: "Share of the subtotal",
};

export const sheetTexts: Dictionaries<typeof id> = { id, en };
