/** Reads rows of an analysis for the columns of its grid. */

import type { PendingCells } from "../../cells";
import { formatBound, formatMoney, formatNumber, formatPercent, formatRupiah } from "../../numbers";
import type { Language } from "../../texts";
import type { LineField } from "./commands";
import { groupOf, groupState, type LineDrafts, type SheetRow } from "./rows";
import type { AnalysesTexts } from "./texts";
import type { Analysis, Content, Line } from "./wire";

export type ColumnId = "name" | "unit" | "coefficient" | "unit_cost" | "amount" | "difference" | "effect";
const NO_BREAK = "\u00a0";
const MOST_DECIMALS = 6;

/** A decimal string as somebody would type it, without grouping: 1234.5 is 1234,5. */
export const typedNumber = (value: string | null): string => (value ?? "").replace(".", ",");

/** The field that a column writes in a row; null where it writes none. */
export function fieldOf(row: SheetRow, column: string): LineField | null {
  if (row.sort === "draft") {
    if (column === "name") return row.group === "other" ? "nested_code" : "name";
    if (column === "unit") return row.group === "other" ? null : "unit";
    return column === "coefficient" ? "coefficient" : null;
  }
  if (row.sort !== "line" || row.line.key === null) return null;
  const sort = row.line.line_kind;
  if (column === "name") return sort === "nested" ? "nested_code" : "name";
  if (column === "unit") return sort === "resource" ? "unit" : null;
  if (column === "coefficient") return sort === "percentage" ? "percent" : sort === "information" ? null : "coefficient";
  return column === "unit_cost" && sort === "lump_sum" ? "price" : null;
}

/** The column a field stands in. */
export const COLUMN_OF: Readonly<Record<LineField, ColumnId>> = {
  name: "name",
  nested_code: "name",
  unit: "unit",
  coefficient: "coefficient",
  percent: "coefficient",
  price: "unit_cost",
};

export class SheetReader {
  analysis: Analysis | null = null;

  constructor(
    private readonly cells: PendingCells,
    private readonly drafts: LineDrafts,
    private readonly texts: AnalysesTexts,
    private readonly language: Language,
  ) {}

  /** As it was typed, what is not saved yet included. */
  typed(row: SheetRow, column: string): string {
    const field = fieldOf(row, column);
    if (field === null) return row.sort === "line" || row.sort === "total" ? this.text(row, column) : "";
    const pending = this.cells.get(row.key, field)?.typed;
    if (pending !== undefined) return pending;
    if (row.sort === "draft") return this.drafts.text(row.key, field);
    if (row.sort !== "line") return "";
    const value = row.line[field];
    return field === "coefficient" || field === "percent" || field === "price" ? typedNumber(value) : (value ?? "");
  }

  text(row: SheetRow, column: string): string {
    const field = fieldOf(row, column);
    if (field !== null && this.cells.get(row.key, field) !== undefined) return this.typed(row, column);
    if (row.sort === "group") return this.ofGroup(row.group, column);
    if (row.sort === "total") return this.ofTotal(row.total, column);
    if (row.sort === "draft") {
      return field === null ? "" : this.drafts.text(row.key, field) || (row.tail && column === "name" ? this.texts.tails[row.group] : "");
    }
    return this.ofLine(row.line, column);
  }

  private ofGroup(group: keyof AnalysesTexts["groups"], column: string): string {
    if (column === "name") return this.texts.groups[group];
    if (column !== "amount" || group === "other" || !this.analysis) return "";
    const state = groupState(this.analysis.lines.filter((line) => groupOf(line) === group));
    return state === "none" ? this.texts.notYet : formatBound(this.analysis[group], state === "bound", this.language);
  }

  private ofTotal(total: "direct" | "overhead" | "exact" | "rounded", column: string): string {
    const { analysis, texts, language } = this;
    if (!analysis) return "";
    const { overhead_rate: rate, status } = analysis;
    if (column === "name") return texts.totals[total];
    if (column === "coefficient" && total === "overhead" && rate !== null) return `${formatPercent(rate, language).replace(/[,.]0+$/, "")}${NO_BREAK}%`;
    if (column !== "amount") return column === "effect" ? this.effectOn(total) : "";
    const name = { direct: "direct_cost", overhead: "overhead_and_profit", exact: "exact", rounded: "unit_price" } as const;
    const value = analysis[name[total]];
    return value === null ? "" : formatBound(value, status === "PARTIAL", language);
  }

  private effectOn(total: string): string {
    const reference = this.analysis?.reference;
    if (total === "direct") return this.signed(reference?.direct_cost_effect ?? null);
    return total === "rounded" ? this.signed(reference?.unit_price_effect ?? null) : "";
  }

  private ofLine(line: Line, column: string): string {
    const { language, texts } = this;
    switch (column) {
      case "name":
        return this.nameOf(line);
      case "unit":
        return line.line_kind === "lump_sum" ? "Ls" : line.unit;
      case "coefficient":
        return this.coefficientOf(line);
      case "unit_cost":
        if (line.change === "removed" || line.line_kind === "information") return "";
        if (line.unit_cost !== null) return formatMoney(line.unit_cost, language);
        return line.status === "PRICED" ? "" : texts.notYet;
      case "amount":
        if (line.change === "removed" || line.amount === null) return "";
        return formatBound(line.amount, line.status === "PARTIAL", language);
      case "difference":
        return this.difference(line);
      default:
        return this.signed(line.effect);
    }
  }

  private nameOf(line: Line): string {
    if (line.line_kind === "nested") return `${line.nested_code}${NO_BREAK} ${line.nested?.name ?? ""}`.trim();
    if (line.line_kind !== "percentage") return line.name;
    return `${line.name} (${this.basisOf(line)})`;
  }

  /** The names of the lines that a percentage is of. */
  basisOf(line: Line): string {
    const named = (this.analysis?.lines ?? []).filter((one) => line.of.includes(one.key ?? String(one.place)));
    const names = named.map((one) => one.name || one.nested_code).join(", ");
    return names ? this.texts.ofLines(names) : this.texts.ofNothing;
  }

  private coefficientOf(line: Content): string {
    if (line.line_kind === "information") return "";
    if (line.line_kind === "percentage") return line.percent === null ? this.texts.notYet : `${formatNumber(line.percent, this.language)}${NO_BREAK}%`;
    return line.coefficient === null ? this.texts.notYet : formatNumber(line.coefficient, this.language);
  }

  /** What became of the reference's line: a shape, a word, and what stood there. */
  difference(line: Line): string {
    const { texts } = this;
    const before = line.reference;
    if (line.change !== "changed" || !before) return texts.changes[line.change];
    const told = [
      ...(line.fields.includes("name") || line.fields.includes("nested_code") ? [before.name || before.nested_code] : []),
      ...(line.fields.includes("unit") ? [before.unit] : []),
      ...(line.fields.includes("coefficient") || line.fields.includes("percent") ? [this.coefficientOf(before)] : []),
      ...(line.fields.includes("price") && before.price !== null ? [formatMoney(before.price, this.language)] : []),
    ].filter((text) => text !== "");
    return told.length > 0 ? texts.was(told.join(" · ")) : texts.changes.changed;
  }

  /** Money with its sign; nothing for nothing. */
  signed(value: string | null): string {
    if (value === null || !/[1-9]/.test(value)) return "";
    const text = formatRupiah(value, this.language);
    return value.startsWith("-") ? text : `+${text}`;
  }

  /** Where the price is from, for whoever rests on it. */
  originOf(line: Line): string {
    const { texts, language } = this;
    const { origin } = line;
    if (!origin) return "";
    const converted = origin.factor
      ? texts.perUnit(origin.recorded_unit, formatNumber(origin.factor, language, 0, MOST_DECIMALS))
      : "";
    const parts = [origin.own ? `${texts.ownPrice}: ${origin.source}` : origin.source, origin.region, origin.dated, origin.document, converted];
    return parts.filter(Boolean).join(" · ");
  }

  hint(row: SheetRow, column: string): string {
    if (row.sort === "total" && column === "name") return this.texts.totalHints[row.total];
    if (row.sort !== "line") return "";
    const { line } = row;
    if (column === "unit_cost" || column === "amount") {
      return line.issues.length > 0 ? line.issues.map(({ text }) => text).join(" ") : this.originOf(line);
    }
    return column === "name" || column === "difference" ? this.text(row, column) : "";
  }

  /** Faults that the server tells of cells. */
  faultOf(row: SheetRow, field: LineField): string {
    return this.cells.get(row.key, field)?.text ?? "";
  }
}
