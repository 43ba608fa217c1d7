/** Charts on a canvas. The library comes with the first chart; it writes no markup with styles, so our policy holds. */

import type { EChartsType } from "echarts/core";

import { type Palette, readPalette } from "./palette";

export type Option = Record<string, unknown>;

export interface Chart {
  /** Draw what `make` gives in the colours of the theme, now and whenever the theme changes. */
  show(make: (palette: Palette) => Option): void;
  /** Somebody chose a part of it: the name and the value behind it. */
  onChoose(listener: (data: unknown) => void): void;
  destroy(): void;
}

/** The words beside the pointer: a title and what belongs to it, as elements, for markup would need styles of its own. */
export function tip(title: string, ...lines: readonly string[]): HTMLElement {
  const element = document.createElement("div");
  element.className = "work-tip";
  for (const [at, text] of [title, ...lines].entries()) {
    const line = document.createElement("div");
    if (at === 0) line.className = "strong";
    line.textContent = text;
    element.append(line);
  }
  return element;
}

/** What every chart shares: no motion, the page's font, words in elements of ours. */
export function framed(palette: Palette, option: Option): Option {
  const style = { color: palette.text, fontFamily: palette.font, fontSize: 12 };
  return {
    animation: false,
    textStyle: style,
    tooltip: {
      // Without an arrow, which would be markup with styles in it.
      confine: true,
      backgroundColor: palette.raised,
      borderColor: palette.strong,
      borderWidth: 1,
      padding: [6, 10],
      textStyle: style,
      ...(option["tooltip"] as Option | undefined),
    },
    ...Object.fromEntries(Object.entries(option).filter(([name]) => name !== "tooltip")),
  };
}

/** A chart in `host`, which has a size. Rejects when the library cannot be fetched. */
export async function makeChart(host: HTMLElement): Promise<Chart> {
  const { init } = await import("./library");
  return new DrawnChart(host, init(host, null, { renderer: "canvas" }));
}

class DrawnChart implements Chart {
  private make: ((palette: Palette) => Option) | null = null;
  private readonly resizing: ResizeObserver;
  private readonly theming: MutationObserver;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = (): void => this.draw();

  constructor(
    private readonly host: HTMLElement,
    private readonly chart: EChartsType,
  ) {
    this.resizing = new ResizeObserver(() => this.chart.resize());
    this.resizing.observe(host);
    this.theming = new MutationObserver(this.redraw);
    this.theming.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.dark.addEventListener("change", this.redraw);
  }

  show(make: (palette: Palette) => Option): void {
    this.make = make;
    this.draw();
  }

  onChoose(listener: (data: unknown) => void): void {
    this.chart.on("click", (event) => listener(event.data));
  }

  destroy(): void {
    this.resizing.disconnect();
    this.theming.disconnect();
    this.dark.removeEventListener("change", this.redraw);
    this.chart.dispose();
  }

  private draw(): void {
    if (!this.make) return;
    const palette = readPalette(this.host);
    this.chart.setOption(framed(palette, this.make(palette)), { notMerge: true });
  }
}
