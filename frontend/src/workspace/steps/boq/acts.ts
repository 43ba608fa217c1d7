/** What a person does to the bill: cells and drafts become commands. */

import type { CellEdit, EditCause, Grid, MoveTarget } from "../../grid";
import type { Workspace } from "../../context";
import * as moves from "../../moves";
import type { Target } from "../../moves";
import type { NumberingRule } from "../../numbering";
import { formatCount } from "../../numbers";
import type { Answer, Key } from "../../wire";
import type { Found } from "./catalog";
import { madeKeys, type BillCommands, type Field, type NewRow, type SetRow, type Typed } from "./commands";
import { TAIL, type Draft, type Drafts } from "./drafts";
import { fieldOf, isTail, type BoqRow } from "./lines";
import type { BoqTexts } from "./texts";
import { looksLikeCode } from "./typed";

export interface ActParts {
  readonly workspace: Workspace;
  readonly commands: BillCommands;
  readonly drafts: Drafts;
  readonly texts: BoqTexts;
  readonly folded: () => ReadonlySet<Key>;
  /** Show the rows as they are now; `renamed` as in Grid.setRows. */
  readonly show: (renamed?: ReadonlyMap<Key, Key>) => void;
  readonly open: (key: Key) => void;
}

export class Acts {
  private grid: Grid<BoqRow> | null = null;

  constructor(private readonly parts: ActParts) {}

  use(grid: Grid<BoqRow>): void {
    this.grid = grid;
  }

  private get bill(): Workspace["store"]["bill"] {
    return this.parts.workspace.store.bill;
  }

  private count(value: number): string {
    return formatCount(value, this.parts.workspace.language);
  }

  private say(text: string): void {
    this.parts.workspace.toast(text);
  }

  /** Cells of one act. */
  edit(edits: readonly CellEdit[], cause: EditCause): void {
    const rows = new Map<Key, { row: BoqRow; typed: Partial<Record<Field, string>> }>();
    for (const edit of edits) {
      const row = this.grid?.row(edit.key);
      const field = row ? fieldOf(row, edit.column) : null;
      if (!row || !field) continue;
      const known = rows.get(row.key) ?? { row, typed: {} };
      known.typed[field] = cause === "type" ? edit.text.trim() : edit.text;
      rows.set(row.key, known);
    }
    const set: SetRow[] = [];
    for (const { row, typed } of rows.values()) {
      if (row.placed) set.push({ key: row.key, version: row.placed.row.version, values: typed as Typed });
      else this.typeDraft(row, typed as Typed);
    }
    this.set(set, this.parts.texts.acts.edit(this.count(edits.length)));
  }

  set(rows: readonly SetRow[], label: string): void {
    if (rows.length > 0) void this.parts.commands.set(rows, label);
  }

  /** What was typed into a row that is not there yet. It is sent once it says what it is. */
  private typeDraft(row: BoqRow, typed: Typed): void {
    const { drafts } = this.parts;
    if (Object.values(typed).every((text) => text === "") && (isTail(row) || !drafts.get(row.key)?.sent)) return;
    const draft = isTail(row) ? drafts.takeTail(this.bill) : drafts.get(row.key);
    if (!draft) return;
    const taken = { ...draft, typed: { ...draft.typed, ...asCode(draft, typed) } };
    drafts.put(taken);
    this.parts.show(isTail(row) ? new Map([[TAIL, draft.key]]) : undefined);
    if (draft.sent) this.set([{ key: draft.key, version: null, values: typed }], this.parts.texts.acts.edit("1"));
    else if (saysWhatItIs(taken)) void this.send([taken], this.parts.texts.acts.add);
  }

  private async send(drafts: readonly Draft[], label: string): Promise<Answer | null> {
    const [first] = drafts;
    if (!first) return null;
    for (const draft of drafts) this.parts.drafts.put({ ...draft, sent: true });
    const rows = drafts.map(
      ({ key, kind, typed }): NewRow => ({ id: key, type: kind === "s" ? "section" : "item", values: typed }),
    );
    const answer = await this.parts.commands.add(this.settled(first), rows, label);
    if (answer) return this.made(drafts, answer);
    // Refused: it stays as it was typed, to be mended and sent again.
    for (const { key } of drafts) {
      const left = this.parts.drafts.get(key);
      if (left) this.parts.drafts.put({ ...left, sent: false });
    }
    this.parts.show();
    return null;
  }

  /** The server has them: they go by their keys there. */
  private made(drafts: readonly Draft[], answer: Answer): Answer {
    const keys = madeKeys(answer);
    const renamed = new Map(drafts.flatMap(({ key }, at) => (keys[at] ? [[key, keys[at]] as const] : [])));
    this.parts.drafts.made(renamed);
    this.parts.show(renamed);
    return answer;
  }

  /** Where a draft goes, behind what the server has or is being sent: it knows no draft that is not. */
  private settled({ parent, after }: Target): Target {
    const draft = after === null ? undefined : this.parts.drafts.get(after);
    return draft && !draft.sent ? this.settled(draft) : { parent, after };
  }

  /** An analysis was chosen for a row: of a draft it makes the item, of an item it becomes the analysis. */
  pick(row: BoqRow, found: Found): void {
    if (row.placed) {
      this.set([{ key: row.key, version: row.placed.row.version, values: { code: found.code } }], this.parts.texts.acts.edit("1"));
      this.grid?.select(row.key, "quantity", "description");
      return;
    }
    const { drafts } = this.parts;
    const draft = isTail(row) ? drafts.takeTail(this.bill) : drafts.get(row.key);
    if (!draft) return;
    const { code, name, unit } = found;
    const taken = { ...draft, kind: "i" as const, typed: { ...draft.typed, code }, shown: { description: name, unit } };
    drafts.put(taken);
    this.parts.show(isTail(row) ? new Map([[TAIL, draft.key]]) : undefined);
    if (draft.sent) this.set([{ key: draft.key, version: null, values: { code } }], this.parts.texts.acts.edit("1"));
    else void this.send([taken], this.parts.texts.acts.add);
    this.grid?.select(draft.key, "quantity", "description");
  }

  /** Several analyses from the catalog, where the cursor is. */
  addMany(found: readonly Found[], cursor: Key | null): void {
    const { drafts, texts } = this.parts;
    if (found.length === 0) return;
    const target = this.settled(this.targetAt(cursor));
    const made = found.map(({ code, name, unit }, at): Draft => {
      const key = drafts.newKey();
      const after = at === 0 ? target.after : `${key.slice(0, 3)}${Number(key.slice(3)) - 1}`;
      return { key, kind: "i", parent: target.parent, after, typed: { code }, shown: { description: name, unit }, sent: false };
    });
    made.forEach((draft) => drafts.put(draft));
    this.parts.show();
    void this.send(made, texts.acts.addMany(this.count(made.length)));
    const [first] = made;
    // Their quantities are what is typed next, one below the other.
    if (first) this.grid?.select(first.key, "quantity");
  }

  /** Where a row that is made at the cursor stands. */
  targetAt(cursor: Key | null): Target {
    if (cursor === TAIL) return this.parts.drafts.tailOf(this.bill);
    const draft = cursor === null ? undefined : this.parts.drafts.get(cursor);
    if (draft) return draft.kind === "s" ? { parent: draft.key, after: null } : { parent: draft.parent, after: draft.key };
    return moves.insertTarget(this.bill, cursor, this.parts.folded());
  }

  /** A blank row at the cursor, ready to be typed into. */
  insert(cursor: Key | null, above: boolean, kind: "s" | "i" = "i"): void {
    const { drafts } = this.parts;
    if (cursor === TAIL) {
      drafts.turnTail(kind);
      this.parts.show();
      this.grid?.select(TAIL, "description");
      return;
    }
    const target = above && cursor !== null ? this.before(cursor) : this.targetAt(cursor);
    if (target.parent !== null) this.parts.open(target.parent);
    const { key } = drafts.open(target, kind);
    this.parts.show();
    this.grid?.select(key, "description");
    this.grid?.focus();
  }

  private before(key: Key): Target {
    const draft = this.parts.drafts.get(key);
    if (draft) return { parent: draft.parent, after: draft.after };
    const parent = this.bill.row(key)?.parent ?? null;
    const siblings = this.bill.children(parent);
    const at = siblings.findIndex((sibling) => sibling.row.key === key);
    return { parent, after: siblings[at - 1]?.row.key ?? null };
  }

  remove(keys: readonly Key[]): void {
    const { drafts, texts } = this.parts;
    const begun = keys.filter((key) => drafts.get(key)?.sent === false);
    if (begun.length > 0) {
      drafts.remove(begun);
      this.parts.show();
    }
    const roots = moves.rootsOf(this.bill, keys).map((root) => root.row.key);
    const all = moves.withContent(this.bill, keys).length;
    if (roots.length > 0) void this.parts.commands.remove(roots, texts.acts.remove(this.count(all)));
  }

  async duplicate(keys: readonly Key[]): Promise<void> {
    const roots = moves.rootsOf(this.bill, keys).map((root) => root.row.key);
    if (roots.length === 0) return;
    const label = this.parts.texts.acts.duplicate(this.count(roots.length));
    this.selectMade(await this.parts.commands.duplicate(roots, label));
  }

  /** Mark what a command made, once it is shown. */
  selectMade(answer: Answer | null): void {
    const keys = madeKeys(answer);
    if (keys.length > 0) this.grid?.selectRows(keys);
  }

  indent(keys: readonly Key[], by: -1 | 1): void {
    if (keys.includes(TAIL)) {
      this.parts.drafts.shiftTail(this.bill, by);
      this.parts.show();
      return;
    }
    const target = by > 0 ? moves.indent(this.bill, keys) : moves.outdent(this.bill, keys);
    const { texts } = this.parts;
    this.moveTo(keys, target, by > 0 ? texts.cannotIndent : texts.cannotOutdent);
  }

  move(keys: readonly Key[], to: MoveTarget): void {
    const target =
      "by" in to
        ? to.by < 0
          ? moves.moveUp(this.bill, keys)
          : moves.moveDown(this.bill, keys)
        : moves.dropTarget(this.bill, keys, to.target, to.place);
    this.moveTo(keys, target, this.parts.texts.cannotMove);
  }

  /** The rule by which sections and items are numbered. */
  numbering(rule: NumberingRule): void {
    const { workspace, texts } = this.parts;
    void workspace.perform("project.settings", { numbering: rule }, { label: texts.acts.numbering });
  }

  private moveTo(keys: readonly Key[], target: Target | null, why: string): void {
    const roots = moves.rootsOf(this.bill, keys);
    if (roots.length === 0) return;
    if (!target) {
      const together = roots.every((root) => root.row.parent === roots[0]?.row.parent);
      this.say(together ? why : this.parts.texts.cannotTogether);
      return;
    }
    if (target.parent !== null) this.parts.open(target.parent);
    const moved = roots.map((root) => root.row.key);
    void this.parts.commands.move(moved, target, this.parts.texts.acts.move(this.count(moved.length)));
  }
}

/** A code typed where descriptions go is a code. */
function asCode(draft: Draft, typed: Typed): Typed {
  const { description, ...others } = typed;
  if (draft.kind === "s" || description === undefined || !looksLikeCode(description)) return typed;
  return { ...others, code: description };
}

const saysWhatItIs = ({ typed }: Draft): boolean => Boolean(typed.name || typed.description || typed.code);
