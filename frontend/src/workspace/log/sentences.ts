/** What a change did, in one sentence behind the name of the person: with counts and names where the log has them. */

import { formatCount } from "../numbers";
import { type Dictionaries, type Language, speak } from "../texts";
import type { Value } from "../wire";
import { actName } from "./acts";
import type { Change } from "./wire";

/**
 * `{name}` is what the data of the change has under the name, `{name:item,items}` a count of it with its word,
 * `{all:…}` counts all rows that were written. What stands in [ ] is left out where the data has nothing for it.
 */
const id: Readonly<Record<string, string>> = {
  "analyses.add": "menambah analisa {code}[ {name}]",
  "analyses.modify": "menyalin analisa {reference}[ ({lines:baris})][ untuk {items:pekerjaan}]",
  "analyses.remove": "menghapus analisa {codes}",
  "analyses.reset": "mengembalikan analisa {code} ke acuan",
  "analyses.use": "memakai analisa {code}[ untuk {items:pekerjaan}]",
  "boq.import": "mengimpor {source}[ ({items:pekerjaan})]",
  "changes.restore": "mengembalikan satu baris ke isi sebelum r{restored}",
  "changes.undo": "membatalkan r{undone}[ ({undone_act})]",
  "items.add_analyses": "menambah {rows:pekerjaan} dari analisa",
  "items.set": "mengubah {rows:baris}",
  "lines.add": "menambah {lines:baris} ke analisa {code}",
  "lines.copy": "menyalin {lines:baris} ke analisa {code}",
  "lines.move": "memindahkan {lines:baris} di analisa {code}",
  "lines.remove": "menghapus {lines:baris} dari analisa {codes}",
  "lines.set": "mengubah {lines:baris} di analisa {codes}",
  "prices.paste": "menempelkan {count:harga}",
  "prices.reset": "mengembalikan {count:harga} ke buku harga",
  "prices.set": "mengubah {count:harga}",
  "project.copy": "membuat proyek ini sebagai salinan {code}",
  "resources.replace": "mengganti {resource.before} dengan {resource.after}[ di {items:pekerjaan}]",
  "rows.add": "menambah {all:baris}",
  "rows.duplicate": "menggandakan {rows:baris}",
  "rows.move": "memindahkan {rows:baris}",
  "rows.paste": "menempelkan {all:baris}",
  "rows.remove": "menghapus {all:baris}",
  "takeoff.set_lines": "mengubah hitungan volume[ ({lines:baris})]",
  "versions.approve": "menyetujui versi “{version.name}” dan mengunci proyek",
  "versions.remove": "menghapus versi “{version.name}”",
  "versions.restore": "memulihkan versi “{version.name}”[ ({all:baris})]",
  "versions.save": "menyimpan versi “{version.name}”",
};

const en: typeof id = {
  "analyses.add": "added the analysis {code}[ {name}]",
  "analyses.modify": "copied the analysis {reference}[ ({lines:line,lines})][ for {items:item,items}]",
  "analyses.remove": "removed the analysis {codes}",
  "analyses.reset": "set the analysis {code} back to its reference",
  "analyses.use": "used the analysis {code}[ for {items:item,items}]",
  "boq.import": "imported {source}[ ({items:item,items})]",
  "changes.restore": "put a row back to what it was before r{restored}",
  "changes.undo": "undid r{undone}[ ({undone_act})]",
  "items.add_analyses": "added {rows:item,items} from analyses",
  "items.set": "changed {rows:row,rows}",
  "lines.add": "added {lines:line,lines} to the analysis {code}",
  "lines.copy": "copied {lines:line,lines} into the analysis {code}",
  "lines.move": "moved {lines:line,lines} in the analysis {code}",
  "lines.remove": "removed {lines:line,lines} from the analysis {codes}",
  "lines.set": "changed {lines:line,lines} in the analysis {codes}",
  "prices.paste": "pasted {count:price,prices}",
  "prices.reset": "set {count:price,prices} back to the price book",
  "prices.set": "changed {count:price,prices}",
  "project.copy": "made this project as a copy of {code}",
  "resources.replace": "replaced {resource.before} by {resource.after}[ in {items:item,items}]",
  "rows.add": "added {all:row,rows}",
  "rows.duplicate": "duplicated {rows:row,rows}",
  "rows.move": "moved {rows:row,rows}",
  "rows.paste": "pasted {all:row,rows}",
  "rows.remove": "removed {all:row,rows}",
  "takeoff.set_lines": "changed a take-off sheet[ ({lines:line,lines})]",
  "versions.approve": "approved the version “{version.name}” and locked the project",
  "versions.remove": "removed the version “{version.name}”",
  "versions.restore": "brought the version “{version.name}” back[ ({all:row,rows})]",
  "versions.save": "saved the version “{version.name}”",
};

const sentences: Dictionaries<typeof id> = { id, en };
const OPTIONAL = /\[([^\]]*)\]/;
const BLANK = /\{([\w.]+)(?::([^}]*))?\}/g;
const MOST_NAMED = 5;
/** Where the data of a change names some of its rows. */
const NAMES = ["labels", "resources", "names", "conversions"] as const;

/** "menyalin analisa 1.2.1 (8 baris) untuk 3 pekerjaan"; the name of the act where the log says no more. */
export function said(change: Change, language: Language): string {
  const sentence = speak(sentences, language)[change.act];
  if (sentence === undefined) return actName(change.act, language);
  // What stands in [ ] comes at every second place.
  const parts = sentence.split(OPTIONAL).map((part, at) => fill(part, change, language) ?? (at % 2 === 1 ? "" : null));
  return parts.includes(null) ? actName(change.act, language) : parts.join("");
}

/** Names of the first rows of a change with many; "" where it names none. */
export function sample(change: Change): string {
  const told = NAMES.map((name) => change.data[name]).find((value) => Array.isArray(value) && value.length > 0);
  const first = change.rows[0];
  const rows = change.rows.filter((row) => row.row === first?.row).map((row) => row.title);
  return listed(told ?? rows, change.row_count);
}

/** Null where the data has not what a blank asks for. */
function fill(template: string, change: Change, language: Language): string | null {
  let isWhole = true;
  const text = template.replace(BLANK, (_, name: string, words: string | undefined) => {
    const value = valueOf(change, name, language);
    if (value === "" || value === "0") isWhole = false;
    return words === undefined ? value : withWord(value, words.split(","), language);
  });
  return isWhole ? text : null;
}

function valueOf(change: Change, name: string, language: Language): string {
  if (name === "all") return String(change.row_count);
  const value = name.split(".").reduce<Value | undefined>((found, part) => recordOf(found)?.[part], change.data);
  if (name === "undone_act") return typeof value === "string" ? actName(value, language) : "";
  if (Array.isArray(value)) return listed(value, value.length);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A value as the record that it is, null for any other. */
export const recordOf = (value: Value | undefined): Readonly<Record<string, Value>> | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Value>>) : null;

function withWord(count: string, words: readonly string[], language: Language): string {
  return `${formatCount(Number(count), language)} ${count === "1" ? words[0] : words.at(-1)}`;
}

function listed(values: Value, of: number): string {
  const names = (Array.isArray(values) ? values : []).filter((one) => typeof one === "string" && one !== "").slice(0, MOST_NAMED);
  return names.join(" · ") + (of > names.length && names.length > 0 ? " · …" : "");
}
