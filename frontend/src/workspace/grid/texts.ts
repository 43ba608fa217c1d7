/** The few words the grid says by itself. */

const id = {
  help: "Panah untuk berpindah, F2 untuk mengubah, Esc lalu Tab untuk keluar dari tabel.",
  rowHead: "Baris",
  expand: "Buka",
  collapse: "Tutup",
  refusedMany: (limit: string) =>
    `Tempelan berisi lebih dari ${limit} sel, batas sekali tempel. Bagi menjadi beberapa bagian.`,
  refusedReadOnly: "Sel ini tidak dapat diubah.",
  copied: (rows: number, columns: number) => `${rows} × ${columns} sel disalin.`,
  presence: (name: string) => `${name} ada di sel ini`,
  saving: "Sedang disimpan",
  conflict: "Bentrok dengan perubahan orang lain",
  error: "Tidak dapat disimpan",
};

const en: typeof id = {
  help: "Arrows move, F2 edits, Esc then Tab leaves the table.",
  rowHead: "Row",
  expand: "Expand",
  collapse: "Collapse",
  refusedMany: (limit) => `The paste holds more than ${limit} cells, the most one paste takes. Split it into parts.`,
  refusedReadOnly: "This cell cannot be changed.",
  copied: (rows, columns) => `${rows} × ${columns} cells copied.`,
  presence: (name) => `${name} is in this cell`,
  saving: "Being saved",
  conflict: "Conflicts with somebody else's change",
  error: "Could not be saved",
};

export type GridTexts = typeof id;

export const gridTexts = { id, en };
