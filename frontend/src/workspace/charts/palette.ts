/** Colours of charts: those of the page, read from its tokens in whichever theme it stands. */

export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly hairline: string;
  readonly strong: string;
  readonly surface: string;
  readonly raised: string;
  readonly accent: string;
  readonly warn: string;
  readonly bad: string;
  readonly font: string;
  /** The accent, so many hundredths of it on the surface. */
  tint(percent: number): string;
}

/** A token may be light-dark(…): only an element's colour says which of the two it is. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const colour = (value: string): string => {
    probe.style.color = "";
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const token = (name: string): string => colour(`var(--${name})`);
  const tints = new Map<number, string>();
  for (let percent = 0; percent <= 100; percent += 5) {
    tints.set(percent, srgb(colour(`color-mix(in srgb, var(--accent) ${percent}%, var(--surface))`)));
  }
  const palette: Palette = {
    text: token("text"),
    muted: token("muted"),
    hairline: token("hairline"),
    strong: token("hairline-strong"),
    surface: token("surface"),
    raised: token("raised"),
    accent: token("accent"),
    warn: token("warn"),
    bad: token("bad"),
    font: getComputedStyle(host).fontFamily,
    tint: (percent) => tints.get(Math.round(percent / 5) * 5) ?? token("accent"),
  };
  probe.remove();
  return palette;
}

/** What the chart library reads: browsers write mixed colours as color(srgb 0.1 0.2 0.3). */
export function srgb(text: string): string {
  const parts = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)/.exec(text);
  if (!parts) return text;
  const channels = parts.slice(1, 4).map((part) => Math.round(Number(part) * 255));
  return `rgb(${channels.join(", ")})`;
}
