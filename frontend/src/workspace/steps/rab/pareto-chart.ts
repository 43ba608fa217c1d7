/** Bars by rank, the largest first, and how much of the whole they carry together. */

import { type Option, tip } from "../../charts/chart";
import type { Palette } from "../../charts/palette";
import { formatPercent, formatRupiah } from "../../numbers";
import type { Language } from "../../texts";
import { cut } from "./share-chart";
import type { Grade, Rank } from "./wire";

const TINTS: Readonly<Record<Grade, number>> = { A: 100, B: 55, C: 25 };
const MILLION = 1e6;

export function paretoOption(ranked: readonly Rank[], language: Language, palette: Palette): Option {
  const axis = { color: palette.muted, fontSize: 12 };
  const compact = new Intl.NumberFormat(language === "en" ? "en" : "id", { notation: "compact", maximumFractionDigits: 1 });
  const label = (rank: Rank, at: number): HTMLElement =>
    tip(
      `${at + 1}. ${cut(rank.name, 60)}`,
      `Rp ${formatRupiah(rank.amount, language)} · ${formatPercent(rank.share, language)} %`,
      `Σ ${formatPercent(rank.cumulative, language)} % · ${rank.grade}`,
    );
  return {
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: palette.hairline, opacity: 0.5 } },
      formatter: (events: { dataIndex: number }[]) => {
        const at = events[0]?.dataIndex ?? 0;
        const rank = ranked[at];
        return rank ? label(rank, at) : "";
      },
    },
    grid: { top: 12, right: 44, bottom: 24, left: 64 },
    xAxis: {
      type: "category",
      data: ranked.map((_, at) => String(at + 1)),
      axisLabel: { ...axis, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.strong } },
      axisTick: { show: false },
    },
    yAxis: [
      {
        type: "value",
        axisLabel: { ...axis, formatter: (value: number) => (value >= MILLION ? compact.format(value) : String(value)) },
        splitLine: { lineStyle: { color: palette.hairline } },
      },
      { type: "value", min: 0, max: 1, interval: 0.2, axisLabel: { ...axis, formatter: share(language) }, splitLine: { show: false } },
    ],
    series: [
      {
        type: "bar",
        barMaxWidth: 28,
        barCategoryGap: "20%",
        data: ranked.map((rank) => ({
          value: Number(rank.amount),
          key: rank.key,
          itemStyle: { color: palette.tint(TINTS[rank.grade]) },
        })),
      },
      {
        type: "line",
        yAxisIndex: 1,
        symbol: "none",
        lineStyle: { color: palette.text, width: 1.5 },
        data: ranked.map((rank) => Number(rank.cumulative)),
        markLine: {
          symbol: "none",
          silent: true,
          label: { show: false },
          lineStyle: { color: palette.muted, type: "dashed", width: 1 },
          data: [{ yAxis: 0.8 }, { yAxis: 0.95 }],
        },
      },
    ],
  };
}

const share =
  (language: Language) =>
  (value: number): string =>
    `${formatPercent(String(value), language, 0)} %`;
