import type { Dictionaries } from "../../texts";

const id = {
  title: "Catatan",
  add: "Tulis catatan tentang baris ini",
  send: "Kirim",
  sendKeys: "Ctrl+Enter mengirim",
  reply: "Jawab",
  replyTo: (name: string) => `Jawab ${name}`,
  edit: "Ubah",
  save: "Simpan",
  cancel: "Batal",
  remove: "Hapus",
  settle: "Selesai",
  reopen: "Buka lagi",
  settled: (who: string, when: string) => `Diselesaikan ${who}, ${when}`,
  edited: "diubah",
  none: "Belum ada catatan.",
  noneRead: "Belum ada catatan. Peran Anda hanya dapat membaca.",
  failed: "Catatan tidak dapat dimuat.",
  showSettled: (n: string) => `Tampilkan ${n} yang selesai`,
  added: "Catatan",
};

const en: typeof id = {
  title: "Notes",
  add: "Write a comment about this row",
  send: "Send",
  sendKeys: "Ctrl+Enter sends",
  reply: "Answer",
  replyTo: (name) => `Answer ${name}`,
  edit: "Edit",
  save: "Save",
  cancel: "Cancel",
  remove: "Remove",
  settle: "Settle",
  reopen: "Reopen",
  settled: (who, when) => `Settled by ${who}, ${when}`,
  edited: "edited",
  none: "No comments yet.",
  noneRead: "No comments yet. Your role may only read.",
  failed: "The comments cannot be loaded.",
  showSettled: (n) => `Show ${n} settled`,
  added: "Comment",
};

export type NoteTexts = typeof id;
export const noteTexts: Dictionaries<NoteTexts> = { id, en };
