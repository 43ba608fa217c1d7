"""Figures in folded text: sizes, diameters, mixes, concrete grades, ranges.

An estimator who types a figure means that figure, so figures are read by a grammar and not as words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit as written ("mm", "kva"), or without one."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Inches:
    """A size in inches; 1-1/4" is 1.25."""

    value: float


@dataclass(frozen=True, slots=True)
class Slash:
    """Two numbers with a stroke and no unit: half a brick (1/2), half an inch, or timber 5/7."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Size:
    """Numbers joined by x, in the order written: 60x60, 3x2.5, 50x50x120."""

    values: tuple[float, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A mix or a slope: 1:4, 1SP : 4PP, 1:0.5."""

    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A concrete grade: `system` "k" (kg/cm2) or "fc" (MPa)."""

    system: str
    value: float


@dataclass(frozen=True, slots=True)
class Span:
    """More than `low` (or from it, where `closed`) up to and including `high`; None is without bound.

    `dash` marks two figures joined by a dash, each of which is also a figure of its own (D 30-100).
    """

    low: float | None
    high: float | None
    unit: str = ""
    closed: bool = False
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """The code of an analysis, or its beginning: 3.6.1 or 3.6.1.8."""

    text: str


Figure = Measure | Inches | Slash | Size | Ratio | Grade | Span | Code
Token = str | Figure

_N = r"(?:[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
_U = (
    r"(?:mm2|mm|cm2|cm|km|meter|m3|m2|m'|m|liter|ltr|lt|l|kg|ton|gr|watt|w|kwh|kw|kva|ka|hp|pk|btuh|btu|cfm|cmf"
    r"|lpm|usgpm|mpa|bar|port|pair|lumen|%)(?![a-z])"
)
_TO = r"(?:s\.? ?/?d\.?|sampai|hingga|-)"
_CUT = r"(?:\d+ ?[- ] ?\d+/\d+|\d+/\d+)"
_MIX = r"(?:sp|pc|ps|pp|kp|sm)"

_GRAMMAR = re.compile(
    "|".join(
        (
            r"(?P<code>(?<![\w.,])\d{1,2}(?:\.\d{1,3}){2,}\.?(?![\w,]))",
            rf"(?P<between>(?P<bt1>{_N}) ?mpa ?≤ ?f ?'? ?c ?'? ?≤ ?(?P<bt2>{_N}) ?mpa)",
            rf"(?P<fc>(?<![a-z0-9])f ?'? ?c ?'? ?[-=.:]? ?(?P<fcs>[<>≤≥])? ?(?P<fcv>{_N})(?: ?mpa)?)",
            r"(?P<k>(?<![a-z0-9])k ?[-.]? ?(?P<kv>[1-9]\d{2})(?![\d.,]\d|\d))",
            rf"(?P<ratio>(?<![\d.,/])(?P<r1>\d{{1,2}}) ?{_MIX}? ?: ?(?P<r2>\d{{1,2}}(?:[.,]\d+)?)"
            rf"(?: ?{_MIX})? ?(?:: ?(?P<r3>\d{{1,2}}(?:[.,]\d+)?))?(?: ?(?:psr|pasir|{_MIX})(?![a-z]))?)",
            rf"(?P<spansize>(?P<ss1>{_N}) ?{_TO} ?(?P<ss2>{_N}) ?x ?(?P<ss3>{_N}) ?(?P<ssu>{_U})?)",
            rf"(?P<size>{_N} ?(?:{_U})?(?: ?x ?{_N} ?(?:{_U})?)+)",
            rf"""(?P<inch>(?P<iv>{_CUT}|{_N}) ?(?:"|''|(?:inchi|inches|inch|inci|ich|in|dim)(?![a-z])))""",
            r"(?P<slash>(?<![\d/])(?P<sl1>\d{1,3})/(?P<sl2>\d{1,3})(?![\d/]))",
            r"(?P<steps>(?<![a-z])m(?P<st1>\d+) ?- ?m(?P<st2>\d+))",
            rf"(?P<span>(?:(?P<sps>[>≥]) ?)?(?P<sp1>{_N}) ?(?P<spu1>{_U})? ?(?P<spt>{_TO}) ?[<>]? ?(?P<sp2>{_N})"
            rf" ?(?P<spu2>{_U})?)",
            rf"(?P<bound>(?P<bos>[<>≤≥]|s\.? ?/?d\.?) ?(?P<bov>{_N})(?! ?:|\d) ?(?P<bou>{_U})?)",
            rf"(?P<measure>(?P<mv>{_N}) ?(?P<mu>{_U})?)",
            r"(?P<unit>(?<![a-z])m[123'](?![a-z0-9]))",
            r"(?P<word>[a-z]+)",
            r"(?P<open>\()",
            r"(?P<close>\))",
        )
    )
)
_SIZE_PART = re.compile(rf"(?P<v>{_N}) ?(?P<u>{_U})?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")


def number(text: str) -> float:
    """ "2.000" is two thousand, "0,75" and "0.75" are three quarters: how the regulation and its users write."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def _cut(text: str) -> float:
    """The value of 1-1/4, 1 1/4, 3/4 or a plain number."""
    whole, _, fraction = text.replace("-", " ").rpartition(" ")
    if "/" not in fraction:
        return number(text)
    above, below = fraction.split("/")
    return (float(whole) if whole.strip() else 0.0) + float(above) / max(float(below), 1.0)


def tokens(text: str) -> Iterator[Token]:
    """The words (letters only), figures, brackets and units such as m2 of folded text, in order."""
    for match in _GRAMMAR.finditer(text):
        # The outermost group closes last, so it names the alternative that matched.
        read = _READERS.get(match.lastgroup or "")
        yield read(match) if read else match.group()


def _read_fc(match: re.Match[str]) -> Figure:
    value, sign = number(match["fcv"]), match["fcs"]
    if not sign:
        return Grade("fc", value)
    return _bounded(sign, value, "mpa")


def _bounded(sign: str, value: float, unit: str) -> Span:
    if sign in {">", "≥"}:
        return Span(value, None, unit, closed=sign == "≥")
    # Below a bound and up to it differ by nothing an estimator would type; 12 < 12 must fail all the same.
    return Span(0.0, value if sign != "<" else value - 1e-9, unit, closed=True)


def _read_ratio(match: re.Match[str]) -> Figure:
    return Ratio(tuple(number(part) for part in (match["r1"], match["r2"], match["r3"]) if part))


def _read_spansize(match: re.Match[str]) -> Figure:
    # "10 s.d. 15x20": a skirting 10 to 15 high of tiles 20 long.
    return Size((number(match["ss1"]), number(match["ss3"])), match["ssu"] or "")


def _read_size(match: re.Match[str]) -> Figure:
    parts = list(_SIZE_PART.finditer(match.group()))
    unit = next((part["u"] for part in reversed(parts) if part["u"]), "")
    return Size(tuple(number(part["v"]) for part in parts[:4]), unit)


def _read_span(match: re.Match[str]) -> Figure:
    low, high = number(match["sp1"]), number(match["sp2"])
    unit = match["spu2"] or match["spu1"] or ""
    dash = match["spt"] == "-"
    from_low = match["sps"] == "≥" or (low == 0 and match["sps"] is None)
    return Span(low, high, unit, closed=dash or from_low, dash=dash)


_READERS: Mapping[str, Callable[[re.Match[str]], Figure]] = {
    "code": lambda match: Code(match.group().rstrip(".")),
    "between": lambda match: Span(number(match["bt1"]), number(match["bt2"]), "mpa", closed=True),
    "fc": _read_fc,
    "k": lambda match: Grade("k", number(match["kv"])),
    "ratio": _read_ratio,
    "spansize": _read_spansize,
    "size": _read_size,
    "inch": lambda match: Inches(_cut(match["iv"])),
    "slash": lambda match: Slash(int(match["sl1"]), int(match["sl2"])),
    "steps": lambda match: Span(float(match["st1"]), float(match["st2"]), "", closed=True),
    "span": _read_span,
    "bound": lambda match: _bounded(match["bos"][0], number(match["bov"]), match["bou"] or ""),
    "measure": lambda match: Measure(number(match["mv"]), match["mu"] or ""),
}
