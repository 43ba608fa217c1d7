/** Parameters and take-off sheets as the API gives them, and who keeps them fresh. */

import type { Workspace } from "../../context";
import { Latest, touches } from "../../latest";
import { Topics } from "../../topics";
import type { Issue, Key } from "../../wire";

export const CELLS = ["count", "length", "width", "height", "deduction", "formula"] as const;
export type Cell = (typeof CELLS)[number];
/** What a person types into a line. */
export type LineField = Cell | "description";

export interface CellIssue extends Issue {
  /** The character it stands at, from 1. */
  readonly position?: number;
}

export interface Use {
  readonly key: Key;
  readonly label: string;
}

export interface TakeoffLine {
  readonly key: Key;
  readonly version: number;
  readonly description: string;
  readonly count: string;
  readonly length: string;
  readonly width: string;
  readonly height: string;
  readonly deduction: string;
  readonly formula: string;
  /** By cell, of those that could be calculated. */
  readonly values: Readonly<Partial<Record<Cell, string>>>;
  readonly value: string | null;
  /** By cell; of the whole line "". */
  readonly issues: Readonly<Partial<Record<Cell | "", CellIssue>>>;
}

export interface Takeoff {
  readonly revision: number;
  readonly item: Key;
  /** Formulas call the quantity of the item "v" and this. */
  readonly tag: number;
  readonly formula: string;
  readonly quantity: string | null;
  readonly issues: readonly Issue[];
  readonly lines: readonly TakeoffLine[];
  readonly use_count: number;
  readonly uses: readonly Use[];
}

export interface Parameter {
  readonly key: Key;
  readonly version: number;
  readonly name: string;
  readonly formula: string;
  readonly unit: string;
  readonly note: string;
  readonly value: string | null;
  readonly issues: readonly Issue[];
  readonly use_count: number;
  readonly uses: readonly Use[];
}

export const takeoffPath = (item: Key): string => `items/${item.slice(1)}/takeoff/`;

/** Reads again whenever an answer wrote parameters, lines or items; of two readings the later one counts. */
export class VolumeData {
  readonly topics = new Topics<"sheet" | "parameters">();
  sheet: Takeoff | null = null;
  parameters: readonly Parameter[] = [];
  private item: Key | null = null;
  private readonly latest: Latest;
  private readonly stop: () => void;

  constructor(private readonly workspace: Workspace) {
    this.latest = new Latest(workspace);
    this.stop = workspace.store.on("answer", () => this.answered());
    void this.readParameters();
  }

  /** The item whose sheet is looked at. */
  open(item: Key | null): void {
    if (item === this.item) return;
    this.item = item;
    this.sheet = null;
    this.topics.tell("sheet");
    void this.readSheet();
  }

  private answered(): void {
    if (!touches(this.workspace.store.lastAnswer, "pti")) return;
    void this.readSheet();
    void this.readParameters();
  }

  async readSheet(): Promise<void> {
    const item = this.item;
    if (item === null) return;
    // An item that somebody else took out has no sheet any more; the bill tells it.
    const sheet = await this.latest.read<Takeoff>("sheet", takeoffPath(item));
    if (!sheet || item !== this.item) return;
    this.sheet = sheet;
    this.topics.tell("sheet");
  }

  private async readParameters(): Promise<void> {
    const found = await this.latest.read<{ parameters: Parameter[] }>("parameters", "parameters/");
    if (!found) return;
    this.parameters = found.parameters;
    this.topics.tell("parameters");
  }

  leave(): void {
    this.stop();
    this.latest.stop();
  }
}
