import uPlot from "uplot";

/** Columns as the server sends them: times in seconds since 1970, figures by name, null where nothing was told. */
export interface Samples {
  at: number[];
  values: Record<string, (number | null)[]>;
}

const HEIGHT = 168;
/** Colour and dashes of the first, second and third line of a plot; the same in its legend. */
const LINES = [
  { token: "--accent-text", dash: [] },
  { token: "--warn", dash: [6, 3] },
  { token: "--bad", dash: [2, 2] },
];
const TIMES = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });

/** One figure of the page: its drawing, the values at the pointer, and its table. */
export class Plot {
  private readonly figures: string[];
  private readonly canvas: HTMLElement;
  private readonly numbers: Intl.NumberFormat;
  private samples: Samples | null = null;
  private drawing: uPlot | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: DOMStringMap,
  ) {
    this.figures = [...root.querySelectorAll<HTMLElement>("[data-figure]")].map((line) => line.dataset.figure ?? "");
    this.canvas = root.querySelector<HTMLElement>(".plot-canvas") ?? root;
    this.numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
    new ResizeObserver(() => this.drawing?.setSize({ width: this.canvas.clientWidth, height: HEIGHT })).observe(
      this.canvas,
    );
    root.querySelector("details")?.addEventListener("toggle", () => this.fillTable());
  }

  show(samples: Samples): void {
    this.samples = samples;
    const known = this.figures.some((figure) => samples.values[figure]?.some((value) => value !== null));
    if (!known) return;
    if (this.drawing) this.drawing.setData(this.columns());
    else this.redraw();
    this.tell(samples.at.length - 1);
    this.fillTable();
  }

  /** Anew, in the colours of the theme that holds now. */
  redraw(): void {
    if (!this.samples || !(this.drawing || this.canvas.querySelector(".plot-empty"))) return;
    this.drawing?.destroy();
    this.canvas.replaceChildren();
    this.drawing = new uPlot(this.options(), this.columns(), this.canvas);
  }

  private columns(): uPlot.AlignedData {
    const { at = [], values = {} } = this.samples ?? {};
    return [at, ...this.figures.map((figure) => values[figure] ?? at.map(() => null))] as uPlot.AlignedData;
  }

  private options(): uPlot.Options {
    const text = this.colour("--muted");
    const font = `12px ${getComputedStyle(this.root).fontFamily}`;
    const grid = { stroke: this.colour("--hairline"), width: 1 };
    const axis = { stroke: text, font, grid, ticks: { show: false } };
    return {
      width: this.canvas.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      padding: [8, 12, 0, 0],
      cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
      scales: { y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : 1] } },
      axes: [
        { ...axis, values: (_plot, splits) => splits.map((at) => TIMES.format(at * 1000)), space: 64, size: 28 },
        { ...axis, values: (_plot, splits) => splits.map((value) => this.numbers.format(value)), space: 32, size: 52 },
      ],
      series: [{}, ...this.figures.map((_figure, at) => this.line(at))],
      hooks: { setCursor: [(plot) => this.tell(plot.cursor.idx ?? (this.samples?.at.length ?? 0) - 1)] },
    };
  }

  private line(at: number): uPlot.Series {
    const { token, dash } = LINES[at % LINES.length] ?? { token: "--text", dash: [] };
    return { stroke: this.colour(token), width: 1.5, dash, points: { show: false }, spanGaps: false };
  }

  /** What a token is in the theme that holds now; a canvas knows no light-dark(). */
  private colour(token: string): string {
    const probe = document.createElement("span");
    probe.style.color = `var(${token})`;
    this.root.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  /** The values of one moment in the legend. */
  private tell(row: number): void {
    this.root.querySelectorAll<HTMLElement>("[data-figure]").forEach((line) => {
      const value = this.samples?.values[line.dataset.figure ?? ""]?.[row];
      const slot = line.querySelector(".plot-value");
      if (slot) slot.textContent = this.written(value);
    });
  }

  private written(value: number | null | undefined): string {
    return value === null || value === undefined ? "—" : this.numbers.format(value);
  }

  /** Every sample, latest first; made when somebody opens it. */
  private fillTable(): void {
    const details = this.root.querySelector("details");
    const slot = details?.querySelector(".table-scroll");
    if (!details?.open || !slot || !this.samples) return;
    const { at, values } = this.samples;
    const names = [...this.root.querySelectorAll(".plot-name")].map((name) => name.textContent ?? "");
    const table = document.createElement("table");
    table.className = "table";
    const head = table.createTHead().insertRow();
    [this.words.time ?? "", ...names].forEach((name, column) => {
      const cell = document.createElement("th");
      cell.scope = "col";
      if (column) cell.className = "numeric";
      cell.textContent = name;
      head.append(cell);
    });
    const body = table.createTBody();
    for (let row = at.length - 1; row >= 0; row -= 1) {
      const line = body.insertRow();
      line.insertCell().textContent = TIMES.format((at[row] ?? 0) * 1000);
      for (const figure of this.figures) {
        const cell = line.insertCell();
        cell.className = "numeric";
        cell.textContent = this.written(values[figure]?.[row]);
      }
    }
    const scrolled = slot.scrollTop;
    slot.replaceChildren(table);
    slot.scrollTop = scrolled;
  }
}
