import type { Dictionaries } from "../../texts";

const id = {
  title: "Riwayat",
  none: "Baris ini belum pernah diubah sejak dibuat.",
  failed: "Riwayat tidak dapat dimuat.",
  whole: "Kembalikan semua",
  all: "Buka di riwayat proyek",
};

const en: typeof id = {
  title: "History",
  none: "Nothing was ever changed in this row.",
  failed: "The history cannot be loaded.",
  whole: "Put back all of it",
  all: "Open in the activity of the project",
};

export type HistoryTexts = typeof id;
export const historyTexts: Dictionaries<HistoryTexts> = { id, en };
