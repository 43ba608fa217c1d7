// @vitest-environment node
import { expect, it } from "vitest";

import { srgb } from "../../src/workspace/charts/palette";
import { matching, shownNeed } from "../../src/workspace/steps/needs/table";
import { needsTexts } from "../../src/workspace/steps/needs/texts";
import type { Need } from "../../src/workspace/steps/needs/wire";
import { shareTree } from "../../src/workspace/steps/rab/shares";
import { billOf } from "./rows";

const CEMENT: Need = {
  kind: "material",
  sort: "resource",
  name: "Semen Portland",
  unit: "kg",
  quantity: "276.00",
  price: "1300",
  cost: "358800.00",
  complete: true,
  purchase: { unit: "zak", factor: "0.02", quantity: "5.52", price: "65000" },
};
const WORKER: Need = { ...CEMENT, kind: "labor", name: "Pekerja", unit: "OH", purchase: null };

it("draws sections and what is in them by their exact share, the largest first, and nothing without an amount", () => {
  const bill = billOf();
  bill.setFigures(
    [
      ["s1", null, "750000000000000000.01", "PRICED", 0],
      ["i1", "1", "250000000000000000.01", "PRICED", null],
      ["s2", null, "500000000000000000.00", "PRICED", 0],
      ["i5", "1", "249999999999999999.99", "PRICED", null],
      ["i4", null, null, "UNPRICED", ["item.unpriced"]],
    ],
    true,
  );
  const tree = shareTree(bill, new Map([["s1", "I"]]), "1000000000000000000.00");
  expect(tree.map((node) => [node.key, node.number, node.value])).toEqual([
    ["s1", "I", 0.75],
    ["i5", "", 0.249999999],
  ]);
  expect(tree[0]?.children?.map((node) => node.key)).toEqual(["s2", "i1"]);
  expect(shareTree(bill, new Map(), "0")).toEqual([]);
});

it("tells a need in the unit it is bought in, and says where there is none", () => {
  expect(shownNeed(CEMENT, false, needsTexts.id, "id")).toMatchObject({ unit: "kg", quantity: "276.00", note: "" });
  const bought = shownNeed(CEMENT, true, needsTexts.id, "id");
  expect(bought).toMatchObject({ unit: "zak", quantity: "5.52", price: "65000", note: "1 kg = 0,02 zak" });
  expect(shownNeed({ ...CEMENT, purchase: null }, true, needsTexts.en, "en")).toMatchObject({ unit: "kg", lacking: true });
  expect(shownNeed(WORKER, true, needsTexts.en, "en")).toMatchObject({ unit: "OH", lacking: false });
});

it("finds resources by words of their name and unit", () => {
  expect(matching([CEMENT, WORKER], "portland KG")).toEqual([CEMENT]);
  expect(matching([CEMENT, WORKER], "  ")).toHaveLength(2);
});

it("gives the chart colours that it reads", () => {
  expect(srgb("color(srgb 0.5 0.25 1)")).toBe("rgb(128, 64, 255)");
  expect(srgb("rgb(1, 2, 3)")).toBe("rgb(1, 2, 3)");
});
