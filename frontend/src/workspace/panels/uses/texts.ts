import type { Dictionaries } from "../../texts";

const id = {
  title: "Dipakai di mana",
  kinds: { labor: "Tenaga", material: "Bahan", equipment: "Alat" },
  analysis: "Analisa",
  items: (n: string) => `${n} pekerjaan memakainya`,
  noItems: "Tidak ada pekerjaan yang memakainya.",
  analyses: "Di dalam analisa",
  cost: "Biayanya di proyek ini",
  perUnit: "Per satuan",
  taken: "Seluruhnya",
  share: "Bagian dari biaya langsung",
  through: "melalui analisa lain",
  first: (n: string) => `${n} yang pertama`,
  offline: "Server tidak menjawab; pilih baris ini lagi nanti.",
  loading: "Memuat …",
};

const en: typeof id = {
  title: "Where used",
  kinds: { labor: "Labour", material: "Material", equipment: "Equipment" },
  analysis: "Analysis",
  items: (n) => (n === "1" ? "1 item uses it" : `${n} items use it`),
  noItems: "No item uses it.",
  analyses: "In analyses",
  cost: "Its cost in this project",
  perUnit: "Per unit",
  taken: "Altogether",
  share: "Share of the direct cost",
  through: "through another analysis",
  first: (n) => `The first ${n}`,
  offline: "The server does not answer; choose the row again later.",
  loading: "Loading …",
};

export type UsesTexts = typeof id;
export const usesTexts: Dictionaries<UsesTexts> = { id, en };
