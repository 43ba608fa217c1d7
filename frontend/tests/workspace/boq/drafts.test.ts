import { describe, expect, it } from "vitest";

import { BillDocument, type Row } from "../../../src/workspace/document";
import { Drafts, TAIL } from "../../../src/workspace/steps/boq/drafts";
import { visibleRows } from "../../../src/workspace/outline";

const row = (key: string, parent: string | null, position: number): Row => ({
  key,
  kind: key.charAt(0),
  parent,
  position,
  version: 1,
  values: {},
});

/** s1 (i1, i2), s2 (s3 (i3)) */
function bill(): BillDocument {
  const made = new BillDocument();
  made.load([row("s1", null, 1), row("i1", "s1", 1), row("i2", "s1", 2), row("s2", null, 2), row("s3", "s2", 1), row("i3", "s3", 1)]);
  return made;
}

function shown(drafts: Drafts, made = bill(), folded: string[] = [], tail = false): string[] {
  const visible = visibleRows(made, { folded: new Set(folded), matches: null });
  const lines = drafts.among(made, visible, tail ? drafts.tailOf(made) : null);
  return lines.map((line) => `${line.level} ${line.placed?.row.key ?? line.draft?.key}`);
}

describe("rows that are begun", () => {
  it("stand where they will be: behind a row and all that is in it, or first in a section", () => {
    const drafts = new Drafts();
    drafts.put({ ...drafts.open({ parent: null, after: "s1" }), typed: { description: "x" } });
    drafts.put({ ...drafts.open({ parent: "s3", after: null }), typed: { description: "y" } });
    expect(shown(drafts)).toEqual(["0 s1", "1 i1", "1 i2", "0 new1", "0 s2", "1 s3", "2 new2", "2 i3"]);
    expect(shown(drafts, bill(), ["s1"])).toEqual(["0 s1", "0 new1", "0 s2", "1 s3", "2 new2", "2 i3"]);
  });

  it("follow each other, and stand in sections that are begun themselves", () => {
    const drafts = new Drafts();
    drafts.put({ ...drafts.open({ parent: "s1", after: "i1" }, "s"), typed: { name: "x" } });
    drafts.put({ ...drafts.open({ parent: "new1", after: null }), typed: { description: "y" } });
    drafts.put({ ...drafts.open({ parent: "s1", after: "new1" }), typed: { description: "z" } });
    expect(shown(drafts)).toEqual(["0 s1", "1 i1", "1 new1", "2 new2", "1 new3", "1 i2", "0 s2", "1 s3", "2 i3"]);
  });

  it("give way when nothing was typed into them", () => {
    const drafts = new Drafts();
    drafts.open({ parent: null, after: null });
    drafts.open({ parent: null, after: "s2" });
    expect(drafts.all.map((draft) => draft.key)).toEqual(["new2"]);
    expect(drafts.dropEmpty("new2")).toEqual([]);
    expect(drafts.dropEmpty()).toEqual(["new2"]);
  });

  it("are known by their keys once the server has them, also to the rows that wait behind them", () => {
    const drafts = new Drafts();
    drafts.put({ ...drafts.open({ parent: "s1", after: "i2" }), typed: { description: "x" }, sent: true });
    drafts.put({ ...drafts.open({ parent: "s1", after: "new1" }), typed: { description: "y" } });
    drafts.made(new Map([["new1", "i9"]]));
    expect(drafts.all.map(({ key, after }) => [key, after])).toEqual([["new2", "i9"]]);
  });
});

describe("the blank row at the end", () => {
  it("stands in an empty bill, in an empty section, and behind the last row at its level", () => {
    const drafts = new Drafts();
    const empty = new BillDocument();
    expect(shown(drafts, empty, [], true)).toEqual([`0 ${TAIL}`]);
    empty.load([row("s1", null, 1)]);
    expect(shown(drafts, empty, [], true)).toEqual(["0 s1", `1 ${TAIL}`]);
    expect(shown(drafts, bill(), [], true).at(-1)).toBe(`2 ${TAIL}`);
  });

  it("moves out and in again, not further than there is anything", () => {
    const drafts = new Drafts();
    drafts.shiftTail(bill(), -1);
    expect(drafts.tailOf(bill())).toMatchObject({ parent: "s2", after: "s3" });
    drafts.shiftTail(bill(), -1);
    drafts.shiftTail(bill(), -1);
    expect(drafts.tailOf(bill())).toMatchObject({ parent: null, after: "s2" });
    drafts.shiftTail(bill(), 1);
    expect(drafts.tailOf(bill())).toMatchObject({ parent: "s2", after: "s3" });
  });

  it("becomes a row of its own when typed into, and the next one follows that", () => {
    const drafts = new Drafts();
    const taken = drafts.takeTail(bill());
    drafts.type(taken.key, "description", "Beton");
    expect(shown(drafts, bill(), [], true).slice(-2)).toEqual(["2 new1", `2 ${TAIL}`]);
    drafts.turnTail("s");
    expect(drafts.tailOf(bill())).toMatchObject({ kind: "s", parent: "s3", after: "new1" });
  });
});
