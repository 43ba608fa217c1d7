/** The treemap of the recapitulation. */

import { type Option, tip } from "../../charts/chart";
import type { Palette } from "../../charts/palette";
import { formatPercent, formatRupiah } from "../../numbers";
import type { Language } from "../../texts";
import type { ShareNode } from "./shares";

interface Drawn {
  readonly name: string;
  readonly value: number;
  readonly key: string;
  readonly words: string;
  readonly itemStyle: Option;
  readonly children?: Drawn[];
}

/** From a light tint for the smallest section to a strong one for the largest; text stays readable on all. */
const LIGHTEST = 10;
const STRONGEST = 35;

export function shareOption(nodes: readonly ShareNode[], language: Language, palette: Palette): Option {
  const most = nodes[0]?.value ?? 1;
  const drawn = (node: ShareNode, tint: number): Drawn => ({
    name: [node.number, node.name].filter(Boolean).join("  "),
    value: node.value,
    key: node.key,
    words: `Rp ${formatRupiah(node.amount, language)} · ${formatPercent(String(node.value), language)} %`,
    itemStyle: { color: palette.tint(tint), borderColor: palette.surface },
    ...(node.children ? { children: node.children.map((child) => drawn(child, tint)) } : {}),
  });
  const tintOf = (node: ShareNode): number => LIGHTEST + (STRONGEST - LIGHTEST) * (node.value / most);
  return {
    tooltip: { formatter: (event: { data: Drawn }) => tip(cut(event.data.name, 64), event.data.words) },
    series: [
      {
        type: "treemap",
        data: nodes.map((node) => drawn(node, tintOf(node))),
        top: 0,
        bottom: 0,
        left: 0,
        right: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        label: { color: palette.text, fontSize: 12, lineHeight: 16, overflow: "truncate", formatter: labelOf(language) },
        upperLabel: {
          show: true,
          height: 22,
          color: palette.text,
          fontSize: 12,
          fontWeight: 600,
          overflow: "truncate",
          formatter: labelOf(language),
        },
        itemStyle: { borderWidth: 1, gapWidth: 1, borderColor: palette.surface },
        levels: [{ itemStyle: { gapWidth: 3, borderWidth: 0 }, upperLabel: { show: false } }, { itemStyle: { gapWidth: 1, borderWidth: 2 } }, {}],
        visibleMin: 60,
      },
    ],
  };
}

const labelOf = (language: Language) => (event: { name: string; value: number | number[] }) => {
  const value = Array.isArray(event.value) ? (event.value[0] ?? 0) : event.value;
  return `${formatPercent(String(value), language, 1)} %  ${event.name}`;
};

export const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
