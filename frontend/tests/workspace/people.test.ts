import { render } from "lit-html";
import { describe, expect, it } from "vitest";

import { Problem } from "../../src/workspace/api";
import { actName } from "../../src/workspace/log/acts";
import { rowBlock } from "../../src/workspace/log/rows";
import { sample, said } from "../../src/workspace/log/sentences";
import { logTexts } from "../../src/workspace/log/texts";
import { conflictValue, shownValue } from "../../src/workspace/log/values";
import type { Change, ChangeRows, RowOfChange } from "../../src/workspace/log/wire";
import { draftOf, hasDrafts, keepDraft } from "../../src/workspace/panels/notes/drafts";
import { query, readFilters } from "../../src/workspace/steps/activity/filters";
import { UnfoldedRows } from "../../src/workspace/steps/activity/unfolded";
import { formatMoney, formatRupiah } from "../../src/workspace/numbers";
import { signed } from "../../src/workspace/steps/versions/money";
import { Store } from "../../src/workspace/store";
import type { Answer, Head } from "../../src/workspace/wire";

const MARKUP = "<img src=x onerror=alert(1)>";

const answer = (more: Partial<Answer>): Answer => ({
  revision: 2,
  base: 1,
  reload: false,
  rows: [],
  removed: [],
  figures: { full: false, rows: [] },
  totals: { item_count: 0, incomplete: 0 } as Answer["totals"],
  ...more,
});

describe("what was said and whether the project is locked", () => {
  it("comes with the head and with answers", () => {
    const store = new Store();
    store.setHead({ revision: 1, settings: { locked: false }, comments: { i1: 1, i2: 1 } } as unknown as Head);
    store.apply(answer({ comments: { i1: 0, i3: 2 }, locked: true }));
    expect(store.comments).toEqual({ i1: 0, i2: 1, i3: 2 });
    expect(store.settings?.locked).toBe(true);
    store.apply(answer({ revision: 3, base: 2, locked: false }));
    expect(store.settings?.locked).toBe(false);
  });
});

describe("a row of the log", () => {
  const row: RowOfChange = {
    key: "i1",
    row: "Pekerjaan",
    title: MARKUP,
    what: "changed",
    moved: false,
    fields: [
      { field: "quantity", name: "Volume", type: "number", before: "1042.50", after: null },
      { field: "note", name: "Catatan", type: "text", before: MARKUP, after: "1042.50" },
    ],
  };

  it("shows numbers as people write them, nothing as a word, and text as text", () => {
    const host = document.createElement("div");
    render(rowBlock(row, { language: "id" }), host);
    expect(host.querySelector("img")).toBeNull();
    expect(host.textContent).toContain(MARKUP);
    const shown = [...host.querySelectorAll(".log-before, .log-after")].map((one) => one.lastChild?.textContent);
    expect(shown).toEqual(["1.042,5", "kosong", MARKUP, "1042.50"]);
  });
});

describe("values of the log", () => {
  it("are written as the language writes them", () => {
    const written = (language: "id" | "en"): string[] => [
      shownValue("number", "1042.50", language),
      shownValue("number", "-0.125", language),
      shownValue("date", "2026-11-25", language),
      shownValue("text", "1042.50", language),
      shownValue("number", null, language),
    ];
    expect(written("id")).toEqual(["1.042,5", "\u22120,125", "25 Nov 2026", "1042.50", "kosong"]);
    expect(written("en")).toEqual(["1,042.5", "\u22120.125", "25 Nov 2026", "1042.50", "empty"]);
  });

  it("of a cell that two people wrote come in the server's words, or as they were typed", () => {
    const conflict = { key: "i1", field: "quantity", yours: "777.5", theirs: null, person: null, at: "" };
    const told = { ...conflict, type: "number" as const, shown: { yours: "777.5", theirs: null } };
    expect([conflictValue(told, "yours", "id"), conflictValue(told, "theirs", "id")]).toEqual(["777,5", "kosong"]);
    expect(conflictValue({ ...conflict, yours: "12.500" }, "yours", "id")).toBe("12.500");
    const kind = { ...conflict, type: "text" as const, yours: "material", shown: { yours: "Bahan", theirs: "Alat" } };
    expect(conflictValue(kind, "yours", "id")).toBe("Bahan");
  });

  it("of a row that was made stand in one run, without what its title says", () => {
    const field = (name: string, after: string, type: "number" | "text" | "date" = "text") => ({ field: name, name, type, before: null, after });
    const fields = [field("Uraian", "Semen Portland"), field("Jenis", "Bahan"), field("Harga", "72500", "number"), field("Tanggal", "2026-11-25", "date")];
    const host = document.createElement("div");
    render(rowBlock({ key: "r1", row: "Harga", title: "Semen Portland kg", what: "made", moved: false, fields }, { language: "id" }), host);
    expect([...host.querySelectorAll(".log-held dd")].map((one) => one.textContent)).toEqual(["Bahan", "72.500", "25 Nov 2026"]);
  });
});

const change = (act: string, data: Change["data"], row_count = 1, rows: readonly RowOfChange[] = []): Change => ({
  revision: 7, act, at: "2026-11-25T10:00:00Z", person: null, data, row_count, rows,
});

describe("what a change did, in one sentence", () => {
  it("counts what there are many of", () => {
    const copied = change("analyses.modify", { code: "1.2-M1", reference: "1.2", lines: 8, items: 3 }, 12);
    expect(said(copied, "id")).toBe("menyalin analisa 1.2 (8 baris) untuk 3 pekerjaan");
    expect(said(copied, "en")).toBe("copied the analysis 1.2 (8 lines) for 3 items");
    expect(said(change("analyses.modify", { reference: "1.2", items: 1 }, 9), "en")).toBe("copied the analysis 1.2 for 1 item");
    expect(said(change("rows.paste", {}, 3000), "id")).toBe("menempelkan 3.000 baris");
    expect(said(change("prices.paste", { count: 400 }, 400), "en")).toBe("pasted 400 prices");
    const restored = change("versions.restore", { version: { id: 1, name: "Rapat [1] {x}" } }, 3012);
    expect(said(restored, "id")).toBe("memulihkan versi “Rapat [1] {x}” (3.012 baris)");
    expect(said(change("changes.undo", { undone: 45, undone_act: "items.set" }), "id")).toBe("membatalkan r45 (mengubah pekerjaan)");
  });

  it("is the name of the act where the log says no more", () => {
    expect(said(change("analyses.modify", {}), "id")).toBe("mengubah analisa acuan");
    expect(said(change("prices.set", { count: 0 }), "en")).toBe("changed prices");
    expect(said(change("later.act", {}), "id")).toBe("later.act");
  });

  it("is followed by the names of the first rows", () => {
    expect(sample(change("items.set", { labels: ["1 Galian", "2 Urugan"] }, 20))).toBe("1 Galian · 2 Urugan · …");
    const row = (kind: string, title: string): RowOfChange => ({ key: title, row: kind, title, what: "made", moved: false, fields: [] });
    expect(sample(change("x.y", {}, 2, [row("Pekerjaan", "Galian"), row("Baris", "Pekerja")]))).toBe("Galian · …");
  });
});

describe("rows of a change that wrote thousands", () => {
  const rows = (from: number, count: number): RowOfChange[] =>
    Array.from({ length: count }, (_, at) => ({ key: `i${from + at}`, row: "Pekerjaan", title: "", what: "made", moved: false, fields: [] }));

  it("unfold a part at a time and fold again", async () => {
    const asked: string[] = [];
    const parts: Record<string, ChangeRows> = {
      "changes/7/?limit=100": { results: rows(1, 100), next: "changes/7/?limit=100&cursor=x" },
      "changes/7/?limit=100&cursor=x": { results: rows(101, 100), next: "changes/7/?limit=100&cursor=y" },
    };
    const api = { get: (path: string) => (asked.push(path), parts[path] ? Promise.resolve(parts[path]) : Promise.reject(new Problem({ status: 500, code: "", detail: "" }))) };
    const failures: unknown[] = [];
    const unfolded = new UnfoldedRows(api as never, logTexts.id, "id", (failure) => failures.push(failure));
    const one = change("rows.paste", {}, 3000, rows(1, 8));
    const host = document.createElement("div");
    const press = async (at: number): Promise<void> => {
      render(unfolded.buttons(one), host);
      host.querySelectorAll("button")[at]!.click();
      await Promise.resolve();
      await Promise.resolve();
      render(unfolded.buttons(one), host);
    };
    expect([unfolded.folds(one), unfolded.of(one).length, unfolded.of(one, "i3").length]).toEqual([true, 0, 1]);
    await press(0);
    await press(0);
    expect(unfolded.of(one)).toHaveLength(200);
    expect(host.textContent).toContain("100 berikutnya dari 2.800 baris lagi");
    await press(0);
    expect([unfolded.of(one).length, failures.length, failures.at(-1)]).toEqual([200, 3, expect.any(Problem)]);
    await press(1);
    expect([unfolded.folds(one), asked.length]).toEqual([true, 3]);
    expect(unfolded.of(change("rows.add", {}, 3, rows(1, 3)))).toHaveLength(3);
  });
});

describe("the filters of the log", () => {
  it("stand in the address and go to the server as it takes them", () => {
    const filters = readFilters({ person: "3", what: "prices", q: "beton", view: "x" });
    expect(filters).toEqual({ person: "3", what: "prices", q: "beton" });
    expect(query(filters)).toBe("person=3&q=beton&act=prices%2Cconversions");
    expect(query({ what: "nothing" })).toBe("");
  });
});

it("names acts, and those it does not know by their own name", () => {
  expect(actName("versions.save", "id")).toBe("menyimpan versi");
  expect(actName("rows.add", "en")).toBe("added rows");
  expect(actName("later.act", "id")).toBe("later.act");
});

it("gives a difference its sign", () => {
  const shown = ["12.50", "-12.50", "0.00", "-0.00", "0.05"].map((one) => signed(formatMoney(one, "id")));
  expect(shown).toEqual(["+12,50", "\u221212,50", "0,00", "0,00", "+0,05"]);
  expect(["12", "-1200"].map((one) => signed(formatRupiah(one, "id"), "Rp "))).toEqual(["+Rp 12", "\u2212Rp 1.200"]);
});

it("keeps what is being written until it is sent", () => {
  keepDraft("i1", "Halo");
  expect([draftOf("i1"), hasDrafts()]).toEqual(["Halo", true]);
  keepDraft("i1", "  ");
  expect([draftOf("i1"), hasDrafts()]).toEqual(["", false]);
});
