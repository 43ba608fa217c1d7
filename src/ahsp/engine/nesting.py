"""Which analyses nest which: cycles and depth, found before anything is priced.

Both depend on the analyses alone, not on where a calculation starts, so that an estimate prices the same
in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ahsp.engine.analysis import Analysis, NestedLine

MAX_DEPTH = 20
"""Levels of analyses, counting the outermost."""


def circle_of(analyses: Mapping[str, Analysis], code: str) -> tuple[str, ...]:
    """Codes from `code` through those it nests back to itself, the shortest way; () where none leads back."""
    before: dict[str, str] = {}
    waiting = [code]
    for outer in waiting:
        for inner in nested_by(analyses, outer):
            if inner == code:
                return (*_way_to(outer, before), code)
            if inner not in before:
                before[inner] = outer
                waiting.append(inner)
    return ()


def _way_to(code: str, before: Mapping[str, str]) -> tuple[str, ...]:
    way = [code]
    while way[-1] in before:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def nested_by(analyses: Mapping[str, Analysis], code: str) -> Iterator[str]:
    """Codes that the analysis names, of those that are in `analyses`."""
    for line in analyses[code].lines:
        if isinstance(line, NestedLine) and line.analysis in analyses:
            yield line.analysis


class Nesting:
    """Answers about the analyses in `analyses`, by code; each is walked once, without recursion."""

    def __init__(self, analyses: Mapping[str, Analysis]) -> None:
        self._analyses = analyses
        self._height: dict[str, int] = {}
        self._knot: dict[str, int] = {}

    def height(self, code: str) -> int:
        """1 for an analysis that nests nothing, else 1 more than the highest it nests.

        Analyses of one cycle count as one level.
        """
        self._walk(code)
        return self._height[code]

    def on_one_cycle(self, outer: str, inner: str) -> bool:
        """Whether `inner`, nested by `outer`, leads back to `outer`."""
        self._walk(outer)
        return self._knot[outer] == self._knot[inner]

    def _nested(self, code: str) -> Iterator[str]:
        return nested_by(self._analyses, code)

    def _walk(self, start: str) -> None:
        """Tarjan's strongly connected components, with an explicit stack: a chain may be very long."""
        if start in self._knot:
            return
        order: dict[str, int] = {start: 0}
        low: dict[str, int] = {start: 0}
        open_codes = [start]
        path = [(start, self._nested(start))]
        while path:
            code, rest = path[-1]
            for inner in rest:
                if inner in self._knot:
                    continue
                if inner not in order:
                    order[inner] = low[inner] = len(order)
                    open_codes.append(inner)
                    path.append((inner, self._nested(inner)))
                    break
                low[code] = min(low[code], order[inner])
            else:
                path.pop()
                if path:
                    outer = path[-1][0]
                    low[outer] = min(low[outer], low[code])
                if low[code] == order[code]:
                    self._close(code, open_codes)

    def _close(self, root: str, open_codes: list[str]) -> None:
        """Everything above `root` on the stack, and `root`, is one knot: alone, or a cycle."""
        inside: set[str] = set()
        while root not in inside:
            inside.add(open_codes.pop())
        knot = len(self._knot)
        self._knot.update(dict.fromkeys(inside, knot))
        below = [self._height[i] for code in inside for i in self._nested(code) if i not in inside]
        self._height.update(dict.fromkeys(inside, 1 + max(below, default=0)))
