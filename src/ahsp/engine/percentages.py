"""Percentages of other lines of the same analysis."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ahsp.engine.analysis import AnalysisLine, InformationLine, PercentageLine
from ahsp.engine.issues import error
from ahsp.engine.priced_analysis import PricedLine, Status, unpriced

_HUNDREDTH = Decimal("0.01")


def fill_in_percentages(lines: Sequence[AnalysisLine], results: list[PricedLine]) -> None:
    """Replace the results of all percentage lines in `results`, which has one for each of `lines`.

    A percentage may be of another percentage. Those that end in a circle are unpriced.
    """
    waiting = {at: line for at, line in enumerate(lines) if isinstance(line, PercentageLine)}
    basis = {at: _basis(line, lines) for at, line in waiting.items()}
    while waiting:
        ready = [at for at in waiting if waiting.keys().isdisjoint(basis[at])]
        if not ready:
            break
        for at in ready:
            results[at] = _percentage(waiting.pop(at), [results[other] for other in basis[at]])
    for at, line in waiting.items():
        results[at] = _unpriced(line, "percentage.cycle")


def _basis(line: PercentageLine, lines: Sequence[AnalysisLine]) -> list[int]:
    """Where the lines stand that `line` is a percentage of; a row that only informs cannot be one."""
    return [at for at, one in enumerate(lines) if one.position in line.of and not isinstance(one, InformationLine)]


def _percentage(line: PercentageLine, basis: Sequence[PricedLine]) -> PricedLine:
    if not basis:
        return _unpriced(line, "percentage.basis_missing")
    if line.percent is None:
        return _unpriced(line, "coefficient.missing")
    amounts = [one.amount for one in basis if one.amount is not None]
    if not amounts:
        return unpriced(line)
    price = sum(amounts, Decimal(0))
    complete = all(one.status is Status.PRICED for one in basis)
    status = Status.PRICED if complete else Status.PARTIAL
    return PricedLine(line, line.kind, price, price * line.percent * _HUNDREDTH, status)


def _unpriced(line: PercentageLine, code: str) -> PricedLine:
    return unpriced(line, error(code, line=line.name))
