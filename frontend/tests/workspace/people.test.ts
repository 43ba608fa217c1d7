import { render } from "lit-html";
import { describe, expect, it } from "vitest";

import { actName } from "../../src/workspace/log/acts";
import { rowBlock } from "../../src/workspace/log/rows";
import type { RowOfChange } from "../../src/workspace/log/wire";
import { draftOf, hasDrafts, keepDraft } from "../../src/workspace/panels/notes/drafts";
import { query, readFilters } from "../../src/workspace/steps/activity/filters";
import { signed } from "../../src/workspace/steps/versions/comparison";
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
  expect(["12.50", "-12.50", "0.00", "-0.00", "0.05"].map((one) => signed(one, "id"))).toEqual([
    "+12,50",
    "\u221212,50",
    "0,00",
    "0,00",
    "+0,05",
  ]);
});

it("keeps what is being written until it is sent", () => {
  keepDraft("i1", "Halo");
  expect([draftOf("i1"), hasDrafts()]).toEqual(["Halo", true]);
  keepDraft("i1", "  ");
  expect([draftOf("i1"), hasDrafts()]).toEqual(["", false]);
});
