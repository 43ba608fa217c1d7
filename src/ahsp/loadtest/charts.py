"""Line charts as inline SVG: small, without scripts, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 132, 12, 26
# Colours that people with a colour deficiency tell apart (Okabe and Ito); dashes tell the rest.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#5b5b5b", "#e69f00")
DASHES = ("", "6 3", "2 3", "8 3 2 3")
TICKS = 4
# Two names at the right edge keep this distance.
LINE_OF_TEXT = 13

Point = tuple[float, float | None]


def nice_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that reaches `highest` in at most TICKS steps."""
    if highest <= 0:
        return 1.0
    rough = highest / TICKS
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def line_chart(title: str, unit: str, series: Mapping[str, Sequence[Point]], seconds: float) -> str:
    """One figure: a line for each of `series` over `seconds`; None is a gap."""
    shown = {name: points for name, points in series.items() if any(value is not None for _, value in points)}
    if not shown:
        return ""
    highest = max(value for points in shown.values() for _, value in points if value is not None)
    step = nice_step(highest)
    top = step * max(1, -int(-highest / step // 1))
    plot = _Plot(max(seconds, 1.0), top)
    parts = [*plot.grid(step), *plot.seconds()]
    ends = []
    for place, (name, points) in enumerate(shown.items()):
        colour, dash = COLOURS[place % len(COLOURS)], DASHES[place // len(COLOURS) % len(DASHES)]
        parts.append(plot.line(points, colour, dash))
        last = next(value for _, value in reversed(points) if value is not None)
        ends.append((plot.y(last), name, colour))
    parts += _names(ends)
    label = escape(f"{title}, {unit}")
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    return f'<figure><figcaption>{escape(title)} <span class="unit">{escape(unit)}</span></figcaption>{svg}</figure>'


class _Plot:
    """The area of a chart in which values are drawn."""

    def __init__(self, seconds: float, top: float) -> None:
        self._seconds, self._top = seconds, top

    def x(self, second: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * second / self._seconds

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self._top

    def grid(self, step: float) -> list[str]:
        parts = []
        for number in range(int(self._top / step + 1.5)):
            value = number * step
            y = self.y(value)
            parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(f'<text class="tick end" x="{LEFT - 6}" y="{y + 4:.1f}">{value:,.10g}</text>')
        return parts

    def seconds(self) -> list[str]:
        step = nice_step(self._seconds)
        y = HEIGHT - BOTTOM + 16
        places = [number * step for number in range(int(self._seconds / step) + 1)]
        return [f'<text class="tick middle" x="{self.x(at):.1f}" y="{y}">{at:g} s</text>' for at in places]

    def line(self, points: Sequence[Point], colour: str, dash: str) -> str:
        path, drawing = [], False
        for second, value in points:
            if value is None:
                drawing = False
                continue
            path.append(f"{'L' if drawing else 'M'}{self.x(second):.1f} {self.y(value):.1f}")
            drawing = True
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<path class="line" d="{"".join(path)}" stroke="{colour}"{dashes}/>'


def _names(ends: list[tuple[float, str, str]]) -> list[str]:
    """Each line's name beside its end, moved apart where ends lie close."""
    parts, free = [], float(TOP)
    room = HEIGHT - BOTTOM - LINE_OF_TEXT * len(ends)
    for number, (end, name, colour) in enumerate(sorted(ends)):
        y = max(free, min(end, room + LINE_OF_TEXT * (number + 1)))
        free = y + LINE_OF_TEXT
        parts.append(
            f'<text class="name" x="{WIDTH - RIGHT + 8}" y="{y + 4:.1f}" fill="{colour}">{escape(name)}</text>'
        )
    return parts
