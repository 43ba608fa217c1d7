// @vitest-environment node
import { expect, it } from "vitest";

import {
  compareNumbers,
  formatAligned,
  formatBound,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatRupiah,
  ratioOf,
} from "../../src/workspace/numbers";

it.each([
  ["1234567.891", "1.234.567,89"],
  ["-0.004", "0,00"],
  ["-1234.5", "\u22121.234,50"],
  ["999.995", "1.000,00"],
  ["0.005", "0,01"],
  ["1E+3", "1.000,00"],
  ["12e-3", "0,01"],
  ["123456789012345678901234567890.12", "123.456.789.012.345.678.901.234.567.890,12"],
  [null, "\u2014"],
  ["", "\u2014"],
])("writes %s rupiah as %s", (value, text) => {
  expect(formatMoney(value, "id")).toBe(text);
});

it("writes no zeros that say nothing", () => {
  expect(formatNumber("10.000", "id")).toBe("10");
  expect(formatNumber("0.0387", "id")).toBe("0,0387");
  expect(formatQuantity("42.1", "id")).toBe("42,10");
  expect(formatQuantity("0.12345", "en")).toBe("0.12345");
  expect(formatRupiah("1861000.00", "id")).toBe("1.861.000");
  expect(formatRupiah("1861000.5", "id")).toBe("1.861.000,50");
});

it("keeps the marks of a column below each other without zeros that say nothing", () => {
  expect(formatAligned("1.5", "id", 4)).toBe("1,5\u2007\u2007\u2007");
  expect(formatAligned("120", "id", 2)).toBe("120\u2008\u2007\u2007");
  expect(formatAligned("0.38404", "id", 4)).toBe("0,384\u2007");
  expect(formatAligned(null, "id", 4)).toBe("\u2014");
});

it("writes fractions as per cent and lower bounds with their sign", () => {
  expect(formatPercent("0.12345", "id")).toBe("12,35");
  expect(formatPercent("0.12", "id", 0)).toBe("12");
  expect(formatPercent("1", "en")).toBe("100.00");
  expect(formatBound("12.5", true, "id")).toBe("\u2265\u00a012,50");
  expect(formatBound(null, true, "id")).toBe("\u2014");
});

it("shows what is no number as it stands", () => {
  expect(formatMoney("1,5", "id")).toBe("1,5");
});

it("draws shares and sorts without floating point", () => {
  expect(ratioOf("1", "3")).toBe(0.333333333);
  expect(ratioOf("5", "0")).toBe(0);
  expect(compareNumbers("0.1", "0.10")).toBe(0);
  expect(compareNumbers("99999999999999999999.01", "99999999999999999999.02")).toBe(-1);
  expect(compareNumbers(null, "1")).toBe(-1);
});
