"""What a figure is filed under in the index, and what a figure asked for may match there.

A key is "dimension:value". Lengths are filed in mm, volumes in litres, masses in kg, so that 10 cm finds 100 mm;
a figure typed without a unit matches the digits as printed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahsp.catalog.search.figures import Code, Figure, Grade, Inches, Measure, Ratio, Size, Slash, Span

EQUIVALENTS_FILE = Path(__file__).with_name("figures.csv")
UNITS: Mapping[str, tuple[str, float]] = {
    "mm": ("mm", 1),
    "cm": ("mm", 10),
    "m": ("mm", 1000),
    "m'": ("mm", 1000),
    "meter": ("mm", 1000),
    "km": ("mm", 1e6),
    "liter": ("l", 1),
    "ltr": ("l", 1),
    "lt": ("l", 1),
    "l": ("l", 1),
    "m3": ("l", 1000),
    "kg": ("kg", 1),
    "gr": ("kg", 0.001),
    "ton": ("kg", 1000),
    "w": ("w", 1),
    "watt": ("w", 1),
    "kw": ("w", 1000),
    "btuh": ("btu", 1),
    "cmf": ("cfm", 1),
    "mpa": ("fc", 1),
}
# Grades of concrete stand a few MPa apart; one nearer than this to the grade asked for is an answer.
NEAR_GRADE = 1.0
FAR_GRADE = 2.0


@dataclass(frozen=True, slots=True)
class SpanKey:
    """A span filed under its dimension. `printed` holds its ends as written, for figures without a unit."""

    dimension: str
    low: float
    high: float
    closed: bool
    printed: tuple[float, float]

    def holds(self, value: float) -> bool:
        return (self.low <= value if self.closed else self.low < value) and value <= self.high

    def holds_printed(self, value: float) -> bool:
        low, high = self.printed
        return (low <= value if self.closed else low < value) and value <= high


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """A figure asked for: `keys` with how well each answers (1 is exact), and values to look for in spans.

    `dimension` "" asks by the printed digits. `span` asks for that very span. `grade` is a strength in MPa
    that the grades of the edition are compared with.
    """

    text: str
    keys: tuple[tuple[str, float], ...]
    dimension: str | None = None
    value: float = 0.0
    span: SpanKey | None = None
    grade: float | None = None


@cache
def equivalents() -> Mapping[str, str]:
    """Figures that mean another figure (K 250, 1 PK, 3 inch), from figures.csv."""
    with EQUIVALENTS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["from"]: row["to"] for row in csv.DictReader(file)}


def plain(value: float) -> str:
    return f"{value:.10g}"


def _key(dimension: str, value: float) -> str:
    return f"{dimension}:{plain(value)}"


def _sizes(values: Sequence[float], factor: float = 1) -> str:
    return "x".join(plain(value * factor) for value in values)


def span_key(span: Span) -> SpanKey:
    dimension, factor = UNITS.get(span.unit, (span.unit, 1))
    low = span.low or 0.0
    high = float("inf") if span.high is None else span.high
    return SpanKey(dimension, low * factor, high * factor, span.closed, (low, high))


def index_keys(figure: Figure) -> tuple[str, ...]:
    """Everything a figure in a name is filed under; spans are filed by span_key besides."""
    match figure:
        case Measure(value, unit):
            return _measure_keys(value, unit)
        case Inches(value):
            return (_key("in", value), _key("any", value))
        case Slash(first, second):
            return (f"slash:{first}/{second}", f"size:{first}x{second}", _key("any", first / max(second, 1)))
        case Size(values, unit):
            return _size_keys(values, unit)
        case Ratio(parts):
            return (f"ratio:{':'.join(map(plain, parts))}",)
        case Grade(system, value):
            return (_key(system, value), _key("any", value))
        case Span(low, high, unit, dash=True):
            return tuple(key for end in (low, high) for key in _measure_keys(end or 0.0, unit))
        case Span():
            return ()
        case Code():
            return ()


def _measure_keys(value: float, unit: str) -> tuple[str, ...]:
    if not unit:
        return (_key("any", value), _key("bare", value))
    dimension, factor = UNITS.get(unit, (unit, 1))
    return (_key("any", value), _key(dimension, value * factor))


def _size_keys(values: tuple[float, ...], unit: str) -> tuple[str, ...]:
    keys = [f"size:{_sizes(values)}", *(_key("side", value) for value in values)]
    dimension, factor = UNITS.get(unit, ("", 1))
    if dimension == "mm":
        keys += [f"sizemm:{_sizes(values, factor)}", *(_key("sidemm", value * factor) for value in values)]
    else:
        keys.append(f"sizebare:{_sizes(values)}")
    if len(values) > 2:
        keys += [f"part:{_sizes(values[:2])}", f"part:{_sizes(values[1:])}"]
    return tuple(keys)


def figure_query(figure: Figure) -> FigureQuery:
    """What would answer `figure`, best first."""
    match figure:
        case Measure(value, unit):
            return _measure_query(value, unit)
        case Inches(value):
            nominal = equivalents().get(_key("in", value))
            keys = ((_key("in", value), 1.0), *(((nominal, 0.85),) if nominal else ()))
            return FigureQuery(f'{plain(value)}"', keys)
        case Slash(first, second):
            return _slash_query(first, second)
        case Size(values, unit):
            return _size_query(values, unit)
        case Ratio(parts):
            text = ":".join(map(plain, parts))
            return FigureQuery(text, ((f"ratio:{text}", 1.0),))
        case Grade(system, value):
            return _grade_query(system, value)
        case Span():
            return FigureQuery(f"{figure.low}-{figure.high}", (), span=span_key(figure))
        case Code(text):
            return FigureQuery(text, ())


def _measure_query(value: float, unit: str) -> FigureQuery:
    if not unit:
        # A culvert "dia 60" is one of 600 mm: people leave out cm more readily than mm.
        keys = ((_key("any", value), 1.0), (_key("side", value), 0.85), (_key("mm", value * 10), 0.7))
        return FigureQuery(plain(value), keys, dimension="", value=value)
    dimension, factor = UNITS.get(unit, (unit, 1))
    canonical = _key(dimension, value * factor)
    found = [(canonical, 1.0), (_key("bare", value), 0.8)]
    if dimension == "mm":
        found.append((_key("sidemm", value * factor), 0.85))
    if unit in {"mm", "mm2"}:
        # Cables are 1 x 2,5 mm2 in the regulation and "2,5 mm" in people's mouths.
        found.append((_key("side", value), 0.6))
    if canonical in equivalents():
        found.append((equivalents()[canonical], 0.95))
    if dimension == "fc":
        return FigureQuery(f"{plain(value)} {unit}", tuple(found), "fc", value, grade=value)
    return FigureQuery(f"{plain(value)} {unit}", tuple(found), dimension, value * factor)


def _slash_query(first: int, second: int) -> FigureQuery:
    value = first / max(second, 1)
    size = f"{first}x{second}"
    keys = [(f"slash:{first}/{second}", 1.0), (f"size:{size}", 1.0), (f"part:{size}", 0.95)]
    if first < second and second in {2, 4, 8, 16}:
        keys.append((_key("in", value), 1.0))
        nominal = equivalents().get(_key("in", value))
        keys += [(nominal, 0.85)] if nominal else []
    return FigureQuery(f"{first}/{second}", tuple(keys))


def _size_query(values: tuple[float, ...], unit: str) -> FigureQuery:
    text = _sizes(values)
    dimension, factor = UNITS.get(unit, ("", 1))
    if dimension == "mm":
        keys = [(f"sizemm:{_sizes(values, factor)}", 1.0), (f"sizebare:{text}", 0.9)]
    else:
        keys = [(f"size:{text}", 1.0), (f"sizemm:{text}", 0.9)]
    keys += [(f"part:{text}", 0.95)]
    if len(values) == 2:
        keys.append((f"size:{_sizes(values[::-1])}", 0.6))
    return FigureQuery(text, tuple(keys))


def _grade_query(system: str, value: float) -> FigureQuery:
    strength: float | None = value
    if system == "k":
        other = equivalents().get(_key("k", value))
        strength = float(other.partition(":")[2]) if other else None
    keys = ((_key(system, value), 1.0),)
    return FigureQuery(f"{system} {plain(value)}", keys, "fc" if strength else None, strength or 0.0, grade=strength)


def near_grades(strength: float, grades: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Keys of the edition's f'c `grades` (MPa) that answer `strength`: those within 1 MPa, else the next within 2."""
    found = [grade for grade in grades if abs(grade - strength) <= NEAR_GRADE]
    if not found:
        below = [grade for grade in grades if strength - FAR_GRADE <= grade < strength][-1:]
        above = [grade for grade in grades if strength < grade <= strength + FAR_GRADE][:1]
        found = below + above
    return tuple((_key("fc", grade), 0.95 - 0.05 * abs(grade - strength)) for grade in found)
