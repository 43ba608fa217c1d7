/** The columns of the bill. */

import type { CellKind, Column } from "../../grid";
import { formatMoney, formatNumber, formatPercent, formatQuantity, ratioOf } from "../../numbers";
import type { Language } from "../../texts";
import type { Field } from "./commands";
import { isTail, type BoqRow, type Reader } from "./lines";
import type { BoqTexts } from "./texts";
import { typedNumber } from "./typed";

export interface ColumnParts {
  readonly reader: Reader;
  readonly texts: BoqTexts;
  readonly language: Language;
  /** Numbers are typed, not worked out by rule. */
  readonly numbersTyped: () => boolean;
  readonly editors: { readonly description: Column<BoqRow>["editor"]; readonly code: Column<BoqRow>["editor"] };
}

/** Columns of each set, by its name; the first is what a fresh browser shows. */
export const SETS = {
  setShort: ["number", "mark", "description", "code", "unit", "quantity", "unit_price", "amount"],
  setAnalysis: ["number", "mark", "description", "code", "source", "unit", "unit_price", "overhead", "status", "issues"],
  setAll: null,
} as const satisfies Readonly<Record<string, readonly string[] | null>>;

/** What fits on a phone, and how wide. */
const PHONE: Readonly<Record<string, number>> = { description: 140, quantity: 74, amount: 144 };

export const forPhone = (column: Column<BoqRow>): Column<BoqRow> => ({
  ...column,
  hidden: !(column.id in PHONE),
  width: PHONE[column.id] ?? column.width,
});

export class BoqColumns {
  constructor(private readonly parts: ColumnParts) {}

  all(): Column<BoqRow>[] {
    return [
      this.numberColumn(),
      this.mark(),
      this.descriptionColumn(),
      this.typedColumn("code", "code", 84, this.parts.editors.code),
      this.typedColumn("unit", "unit", 56),
      this.quantity(),
      this.unitPrice(),
      this.amount(),
      this.share(),
      this.status(),
      this.overhead(),
      this.source(),
      this.formula(),
      this.issues(),
      this.changed(),
    ];
  }

  private isItem = (row: BoqRow): boolean => row.kind === "i";

  private numberColumn(): Column<BoqRow> {
    const { reader, texts, numbersTyped } = this.parts;
    const text = (row: BoqRow): string => (numbersTyped() ? reader.text(row, "number") : row.number);
    return {
      id: "number",
      title: texts.number,
      kind: "code",
      width: 56,
      text,
      readOnly: (row) => !numbersTyped() || isTail(row),
    };
  }

  private descriptionColumn(): Column<BoqRow> {
    const { reader, texts, editors } = this.parts;
    const typed = (row: BoqRow): string => reader.text(row, row.kind === "s" ? "name" : "description");
    return {
      id: "description",
      title: texts.description,
      kind: "text",
      width: 260,
      grow: true,
      tree: true,
      text: (row) => (isTail(row) ? (row.kind === "s" ? texts.tailSection : texts.tail) : typed(row)),
      typed,
      hint: (row) => (isTail(row) ? "" : `${typed(row)}${reader.notes(row) > 0 ? ` · ${texts.notes(String(reader.notes(row)))}` : ""}`),
      tone: (row) => (reader.notes(row) > 0 ? "has-notes" : ""),
      ...(editors.description ? { editor: editors.description } : {}),
    };
  }

  private typedColumn(
    id: "code" | "unit",
    kind: CellKind,
    width: number,
    editor?: Column<BoqRow>["editor"],
  ): Column<BoqRow> {
    return {
      id,
      title: this.parts.texts[id],
      kind,
      width,
      text: (row) => (this.isItem(row) ? this.parts.reader.text(row, id) : ""),
      readOnly: (row) => !this.isItem(row),
      ...(editor ? { editor } : {}),
    };
  }

  /** A number of the server as `shown`, or what was typed as it was typed. */
  private numeric(row: BoqRow, field: Field, shown: (value: string) => string): string {
    const { reader } = this.parts;
    if (!this.isItem(row)) return "";
    const pending = reader.pending(row, field);
    if (pending !== null) return pending;
    const value = reader.value(row, field);
    return typeof value === "string" ? shown(value) : "";
  }

  private quantity(): Column<BoqRow> {
    const { reader, texts, language } = this.parts;
    const formula = (row: BoqRow): string => String(reader.value(row, "formula") ?? "");
    return {
      id: "quantity",
      title: texts.quantity,
      kind: "number",
      width: 92,
      text: (row) => this.numeric(row, "quantity", (value) => formatQuantity(value, language)),
      typed: (row) =>
        formula(row) && reader.pending(row, "quantity") === null
          ? `=${formula(row)}`
          : this.numeric(row, "quantity", typedNumber),
      hint: (row) => (formula(row) ? `=${formula(row)}` : reader.value(row, "measured") ? texts.measured : ""),
      tone: (row) => (formula(row) || reader.value(row, "measured") ? "is-formula" : ""),
      readOnly: (row) => !this.isItem(row),
    };
  }

  private unitPrice(): Column<BoqRow> {
    const { reader, texts } = this.parts;
    return {
      id: "unit_price",
      title: texts.unitPrice,
      unit: "Rp",
      kind: "money",
      width: 124,
      text: (row) =>
        reader.pending(row, "unit_price") ?? this.money(reader.figure(row)?.unitPrice, this.isPartlyPriced(row)),
      typed: (row) => this.numeric(row, "unit_price", typedNumber),
      tone: (row) =>
        `${this.isPartlyPriced(row) ? "is-bound" : ""}${reader.value(row, "unit_price") === null ? "" : " is-own"}`,
      readOnly: (row) => !this.isItem(row),
      hint: (row) => (reader.value(row, "unit_price") === null ? "" : texts.byHand),
    };
  }

  private money(value: string | null | undefined, lower: boolean): string {
    if (value === null || value === undefined) return "";
    return `${lower ? "≥\u00a0" : ""}${formatMoney(value, this.parts.language)}`;
  }

  /** The unit price is a lower bound: prices of the analysis are missing, whatever the quantity. */
  private isPartlyPriced(row: BoqRow): boolean {
    return this.parts.reader.figure(row)?.issues.includes("analysis.partial") ?? false;
  }

  private isLower(row: BoqRow): boolean {
    return (this.parts.reader.figure(row)?.incomplete ?? 0) > 0;
  }

  private amount(): Column<BoqRow> {
    const { reader, texts } = this.parts;
    return {
      id: "amount",
      title: texts.amount,
      unit: "Rp",
      kind: "money",
      width: 136,
      readOnly: true,
      text: (row) => this.money(reader.figure(row)?.amount, this.isLower(row)),
      typed: (row) => typedNumber(reader.figure(row)?.amount),
      tone: (row) => (this.isLower(row) ? "is-bound" : ""),
    };
  }

  private share(): Column<BoqRow> {
    const { reader, texts, language } = this.parts;
    const share = (row: BoqRow): string => {
      const amount = reader.figure(row)?.amount;
      const whole = reader.store.totals?.subtotal;
      return amount && whole ? formatPercent(ratioOf(amount, whole).toFixed(6), language) : "";
    };
    return {
      id: "share",
      title: texts.share,
      unit: "%",
      kind: "number",
      width: 80,
      hidden: true,
      readOnly: true,
      text: share,
    };
  }

  private overhead(): Column<BoqRow> {
    const { texts, language } = this.parts;
    return {
      id: "overhead",
      title: texts.overhead,
      unit: "%",
      kind: "number",
      width: 80,
      hidden: true,
      text: (row) => this.numeric(row, "overhead", (value) => formatNumber(value, language)),
      typed: (row) => this.numeric(row, "overhead", typedNumber),
      readOnly: (row) => !this.isItem(row),
    };
  }

  /** A shape beside what is not complete; what is complete needs none. */
  private mark(): Column<BoqRow> {
    const { reader, texts } = this.parts;
    const text = (row: BoqRow): string => {
      const figure = reader.figure(row);
      return figure && figure.incomplete > 0 ? texts[figure.status].slice(0, 1) : "";
    };
    const hint = (row: BoqRow): string => {
      const figure = reader.figure(row);
      return figure && figure.incomplete > 0 ? this.words(row) || texts[figure.status].slice(2) : "";
    };
    return {
      id: "mark",
      title: texts.mark,
      heading: "",
      kind: "status",
      width: 30,
      readOnly: true,
      text,
      hint,
      tone: (row) => `is-${reader.figure(row)?.status ?? "none"}`,
    };
  }

  private status(): Column<BoqRow> {
    const { reader, texts, language } = this.parts;
    const text = (row: BoqRow): string => {
      const figure = reader.figure(row);
      if (!figure) return "";
      if (row.kind === "i") return texts[figure.status];
      return figure.incomplete > 0 ? texts.incompleteItems(formatNumber(String(figure.incomplete), language)) : "";
    };
    return {
      id: "status",
      title: texts.status,
      kind: "status",
      width: 124,
      hidden: true,
      readOnly: true,
      text,
      tone: (row) => `is-${reader.figure(row)?.status ?? "none"}`,
      hint: (row) => this.words(row),
    };
  }

  private source(): Column<BoqRow> {
    const { reader, texts } = this.parts;
    const text = (row: BoqRow): string => {
      if (!row.placed || !this.isItem(row)) return "";
      if (reader.value(row, "own") !== null) return texts.own;
      if (reader.value(row, "analysis") !== null) return texts.reference;
      return reader.value(row, "unit_price") === null ? texts.none : texts.byHand;
    };
    return { id: "source", title: texts.source, kind: "status", width: 104, hidden: true, readOnly: true, text };
  }

  private formula(): Column<BoqRow> {
    const { reader, texts } = this.parts;
    const text = (row: BoqRow): string => {
      const formula = String(reader.value(row, "formula") ?? "");
      return formula ? `=${formula}` : "";
    };
    return { id: "formula", title: texts.formula, kind: "code", width: 160, hidden: true, readOnly: true, text };
  }

  /** The issues of an item in words. */
  private words(row: BoqRow): string {
    const { reader, texts } = this.parts;
    const codes = row.kind === "i" ? (reader.figure(row)?.issues ?? []) : [];
    return codes.map((code) => texts.issue[code] ?? code).join("; ");
  }

  private issues(): Column<BoqRow> {
    const text = (row: BoqRow): string => this.words(row);
    const { texts } = this.parts;
    return { id: "issues", title: texts.issues, kind: "text", width: 280, hidden: true, readOnly: true, text, hint: text };
  }

  private changed(): Column<BoqRow> {
    const text = (row: BoqRow): string => String(row.placed?.row.version ?? "");
    const { texts } = this.parts;
    return { id: "version", title: texts.changed, kind: "number", width: 80, hidden: true, readOnly: true, text };
  }
}
