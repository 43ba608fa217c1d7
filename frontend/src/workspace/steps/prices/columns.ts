/** The columns of the prices. */

import type { CellKind, Column } from "../../grid";
import { formatMoney, formatNumber, formatPercent } from "../../numbers";
import { lacksPrice } from "./filters";
import type { EditColumn, Reader } from "./reader";
import type { PriceRow, State } from "./rows";

/** Digits of a price that came by a factor: 1.300 or 21.428,5714. */
const MOST_DECIMALS = 4;

const SHAPES: Readonly<Record<State, string>> = { own: "◆", book: "", follows: "◇", missing: "○", unconverted: "◐" };

const PHONE: Readonly<Record<string, number>> = { name: 120, recorded: 92, recordedUnit: 50, state: 102 };

export const forPhone = (column: Column<PriceRow>): Column<PriceRow> => ({
  ...column,
  hidden: !(column.id in PHONE),
  width: PHONE[column.id] ?? column.width,
});

export interface ColumnParts {
  readonly reader: Reader;
  readonly oldAfter: () => number;
  readonly mayWrite: () => boolean;
}

export class PriceColumns {
  constructor(private readonly parts: ColumnParts) {}

  all(): Column<PriceRow>[] {
    return [
      this.kind(),
      this.name(),
      this.unit(),
      this.recorded(),
      this.recordedUnit(),
      this.used(),
      this.state(),
      this.age(),
      this.source(),
      this.told("dated", 92),
      this.items(),
      this.cost(),
      this.share(),
      this.told("document", 150, true),
      this.told("region", 120, true),
      this.told("note", 180, true),
      this.bookPrice(),
    ];
  }

  private shown(id: string, kind: CellKind, width: number, text: (row: PriceRow) => string): Column<PriceRow> {
    const titles = this.parts.reader.texts as unknown as Readonly<Record<string, string>>;
    return { id, title: titles[id] ?? id, kind, width, readOnly: true, text };
  }

  private kind(): Column<PriceRow> {
    const { texts } = this.parts.reader;
    return {
      ...this.shown("kind", "code", 30, (row) => texts.letters[row.kind]),
      heading: "",
      hint: (row) => texts.kinds[row.kind],
    };
  }

  private name(): Column<PriceRow> {
    return { ...this.shown("name", "text", 230, (row) => row.name), grow: true, hint: (row) => row.name };
  }

  private unit(): Column<PriceRow> {
    return this.shown("unit", "unit", 62, (row) => row.unit);
  }

  private recorded(): Column<PriceRow> {
    const { reader } = this.parts;
    return {
      id: "recorded",
      title: reader.texts.recorded,
      unit: "Rp",
      kind: "money",
      width: 108,
      text: (row) => reader.text(row, "recorded"),
      typed: (row) => reader.typed(row, "recorded"),
      tone: (row) => (row.own ? "is-own" : "is-book"),
    };
  }

  private recordedUnit(): Column<PriceRow> {
    const { reader } = this.parts;
    return {
      id: "recordedUnit",
      title: reader.texts.recordedUnit,
      kind: "unit",
      width: 60,
      text: (row) => reader.text(row, "recordedUnit"),
      tone: (row) => (row.recordedUnit === row.unit ? "" : "is-bought"),
    };
  }

  /** Per unit of the analyses, told apart only where that is another unit than the price was recorded in. */
  private used(): Column<PriceRow> {
    const { texts, language } = this.parts.reader;
    return {
      ...this.shown("price", "money", 104, (row) =>
        row.price === null || row.factor === null ? "" : formatNumber(row.price, language, 0, MOST_DECIMALS),
      ),
      unit: "Rp",
      hint: (row) =>
        row.price === null || row.factor === null
          ? ""
          : texts.convertedHint(formatNumber(row.recorded, language), row.recordedUnit, formatNumber(row.factor, language)),
    };
  }

  private state(): Column<PriceRow> {
    const { texts } = this.parts.reader;
    return {
      ...this.shown("state", "status", 104, (row) => `${SHAPES[row.state]} ${texts.states[row.state]}`.trim()),
      tone: (row) => `is-${row.state}`,
    };
  }

  private age(): Column<PriceRow> {
    const { texts, language } = this.parts.reader;
    const text = (row: PriceRow): string => {
      if (row.days === null || lacksPrice(row)) return "";
      return (row.old ? `${texts.old} ` : "") + formatNumber(String(row.days), language);
    };
    return {
      ...this.shown("age", "number", 92, text),
      unit: texts.days,
      tone: (row) => (row.old ? "is-old" : ""),
      hint: (row) => (row.old ? texts.oldHint(formatNumber(String(this.parts.oldAfter()), language)) : ""),
    };
  }

  /** Where it is from: of the project written by a person, else the book. */
  private source(): Column<PriceRow> {
    const { texts } = this.parts.reader;
    const base = this.told("source", 170);
    const unwritten = (row: PriceRow): boolean => row.own && base.text(row) === "";
    return {
      ...base,
      text: (row) => (unwritten(row) ? texts.notTold : base.text(row)),
      tone: (row) => (unwritten(row) ? "is-open" : row.own ? "" : "is-book"),
    };
  }

  private told(id: EditColumn, width: number, hidden = false): Column<PriceRow> {
    const { reader } = this.parts;
    const text = (row: PriceRow): string => reader.text(row, id);
    return {
      id,
      title: (reader.texts as unknown as Readonly<Record<string, string>>)[id] ?? id,
      kind: id === "dated" ? "number" : "text",
      width,
      hidden,
      text,
      typed: (row) => reader.typed(row, id),
      readOnly: (row) => !row.own,
      tone: (row) => (row.own ? "" : "is-book"),
      hint: (row) => (row.own || !this.parts.mayWrite() || lacksPrice(row) ? text(row) : `${text(row)}. ${reader.texts.bookOnly}`),
    };
  }

  private items(): Column<PriceRow> {
    const { language } = this.parts.reader;
    return this.shown("items", "number", 78, (row) => (row.items === 0 ? "–" : formatNumber(String(row.items), language)));
  }

  private cost(): Column<PriceRow> {
    const { language } = this.parts.reader;
    return {
      ...this.shown("cost", "money", 138, (row) => (row.cost === null ? "" : formatMoney(row.cost, language))),
      unit: "Rp",
    };
  }

  private share(): Column<PriceRow> {
    const { language } = this.parts.reader;
    return {
      ...this.shown("share", "number", 70, (row) => (row.share === null ? "" : formatPercent(row.share, language))),
      unit: "%",
    };
  }

  private bookPrice(): Column<PriceRow> {
    const { language } = this.parts.reader;
    const text = (row: PriceRow): string =>
      row.bookPrice === null ? "" : formatNumber(row.bookPrice, language, 0, MOST_DECIMALS);
    return { ...this.shown("bookPrice", "money", 116, text), unit: "Rp", hidden: true };
  }
}
