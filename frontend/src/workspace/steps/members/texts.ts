import type { Dictionaries } from "../../texts";

const id = {
  title: "Orang",
  lede: (office: string) => `Anggota ${office} dan apa yang dapat mereka lakukan di proyek ini.`,
  name: "Nama",
  organization: "Peran di organisasi",
  here: "Peran di proyek ini",
  may: "Dapat",
  you: "Anda",
  isHere: "sedang membuka proyek ini",
  same: (role: string) => `${role} (dari organisasi)`,
  rights: { write: "menulis", comment: "memberi catatan", approve: "menyetujui versi", own: "mengatur peran dan kunci" },
  reads: "membaca",
  ownerStays: "Pemilik organisasi tetap pemilik di setiap proyek.",
  alone: "Baru Anda sendiri di organisasi ini. Orang yang sudah mendaftar dapat ditambahkan ke organisasi:",
  manage: "Kelola anggota organisasi",
  changed: (name: string, role: string) => `${name} sekarang: ${role}`,
  notLoaded: "Anggota tidak dapat dimuat",
  onlyOwners: "Pemilik proyek dapat mengubah peran di sini.",
};

const en: typeof id = {
  title: "People",
  lede: (office) => `Members of ${office} and what they may do in this project.`,
  name: "Name",
  organization: "Role in the organization",
  here: "Role in this project",
  may: "May",
  you: "you",
  isHere: "has this project open",
  same: (role) => `${role} (organization)`,
  rights: { write: "write", comment: "comment", approve: "approve versions", own: "give roles and unlock" },
  reads: "read",
  ownerStays: "Owners of the organization own every project.",
  alone: "You are alone in this organization. People who have signed up can be added to it:",
  manage: "Manage members of the organization",
  changed: (name, role) => `${name} is now: ${role}`,
  notLoaded: "The members cannot be loaded",
  onlyOwners: "Owners of the project may change roles here.",
};

export type MemberTexts = typeof id;
export const memberTexts: Dictionaries<MemberTexts> = { id, en };
