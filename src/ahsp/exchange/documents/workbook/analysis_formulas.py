"""The formulas of one analysis.

Where everything is known they are as plain as the rule: D12*E12. Where something is missing they first look
whether it is there by now, so that an empty cell never counts as 0 and a price filled in later is calculated.
"""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.analysis import InformationLine, LumpSumLine, NestedLine, PercentageLine, ResourceLine
from ahsp.engine.estimate import EstimateSettings
from ahsp.engine.pricing import PricedLine, Status
from ahsp.engine.resources import ResourceKind
from ahsp.exchange.documents.texts import Translate
from ahsp.exchange.documents.workbook.formulas import rounding_formula
from ahsp.exchange.documents.workbook.names import ANALYSIS_STATUS, PRICE_USED, SheetNames, quoted
from ahsp.exchange.documents.workbook.plan import KINDS, Block, Plan
from ahsp.exchange.documents.workbook.rows import Formula


class BlockFormulas:
    def __init__(self, plan: Plan, names: SheetNames, settings: EstimateSettings, gettext: Translate) -> None:
        self._plan = plan
        self._prices = names.prices
        self._settings = settings
        self._partial = quoted(gettext("≥ partial"))
        self._no_price = quoted(gettext("no price yet"))
        self._no_coefficient = quoted(gettext("no coefficient yet"))
        self._broken = gettext("cannot be calculated")

    def price(self, block: Block, at: int) -> Formula | None:
        """The price cell of a line; None where there is nothing it could be calculated from."""
        priced = block.priced.lines[at]
        line = priced.line
        if isinstance(line, ResourceLine):
            cell = f"{self._prices}!${PRICE_USED}${self._plan.prices[line.resource]}"
        elif isinstance(line, NestedLine) and priced.nested is not None:
            cell = f"F{self._plan.by_code[line.analysis].direct}"
        elif isinstance(line, PercentageLine) and not _cannot_be_calculated(priced):
            return self._basis(block, line, priced)
        else:
            return None
        # The cells pointed to are never empty: where a price lacks they hold an empty text.
        return Formula(cell, _value(priced.price))

    def _basis(self, block: Block, line: PercentageLine, priced: PricedLine) -> Formula:
        rows = [
            block.lines[at]
            for at, one in enumerate(block.priced.analysis.lines)
            if one.position in line.of and not isinstance(one, InformationLine)
        ]
        cells = ",".join(f"F{row}" for row in rows)
        if priced.status is Status.PRICED:
            return Formula(f"SUM({cells})" if len(rows) > 1 else cells, _value(priced.price))
        return Formula(f'IF(COUNT({cells})=0,"",SUM({cells}))', _value(priced.price))

    def amount(self, block: Block, at: int) -> Formula | None:
        priced = block.priced.lines[at]
        if _cannot_be_calculated(priced):
            return None
        row = block.lines[at]
        if priced.status is Status.PRICED:
            return Formula(f"D{row}*E{row}", _value(priced.amount))
        return Formula(f'IF(COUNT(D{row},E{row})=2,D{row}*E{row},"")', _value(priced.amount))

    def line_status(self, block: Block, at: int) -> Formula | str:
        """What lacks on a line that is not complete, gone once it is filled in."""
        priced = block.priced.lines[at]
        if _cannot_be_calculated(priced):
            return self._broken
        row = block.lines[at]
        rest, word = self._deeper(block, priced)
        text = f'IF(D{row}="",{self._no_coefficient},IF(E{row}="",{self._no_price},{rest}))'
        if _coefficient(priced) is None:
            word = self._no_coefficient
        elif priced.price is None:
            word = self._no_price
        return Formula(text, _unquoted(word))

    def _deeper(self, block: Block, priced: PricedLine) -> tuple[str, str]:
        """The state of what a line is made of, as a formula and as it is now."""
        line = priced.line
        if isinstance(line, NestedLine):
            return f"{ANALYSIS_STATUS}{self._plan.by_code[line.analysis].title}", self._partial
        if isinstance(line, PercentageLine):
            rows = [
                block.lines[at]
                for at, one in enumerate(block.priced.lines)
                if one.line.position in line.of and one.status is not Status.PRICED
            ]
            open_lines = "+".join(f"LEN({ANALYSIS_STATUS}{row})" for row in rows)
            return f'IF({open_lines}>0,{self._partial},"")' if rows else '""', self._partial
        return '""', '""'

    def block_status(self, block: Block) -> Formula | None:
        """Beside the analysis: complete, a lower bound, or nothing known."""
        if block.complete:
            return None
        rows = sorted(block.lines.values())
        lines = f"{ANALYSIS_STATUS}{rows[0]}:{ANALYSIS_STATUS}{rows[-1]}" if rows else '""'
        text = f'IF(F{block.direct}="",{self._no_price},IF(SUMPRODUCT(LEN({lines}))>0,{self._partial},""))'
        known = block.priced.status is Status.PARTIAL
        return Formula(text, _unquoted(self._partial if known else self._no_price))

    def sum_status(self, block: Block) -> Formula | None:
        """Beside D, E and F: the state of the analysis."""
        status = self.block_status(block)
        return Formula(f"{ANALYSIS_STATUS}{block.title}", status.value) if status else None

    def group_status(self, block: Block, kind: ResourceKind) -> Formula | None:
        """Beside A, B or C: whether any of its lines lacks something."""
        touching = [*block.indexes(kind), *block.nested()]
        rows = [block.lines[at] for at in touching if block.priced.lines[at].status is not Status.PRICED]
        if not rows:
            return None
        open_lines = "+".join(f"LEN({ANALYSIS_STATUS}{row})" for row in rows)
        word = self._partial if _known(block, kind) else self._no_price
        text = f'IF(F{block.groups[kind]}="",{self._no_price},IF({open_lines}>0,{self._partial},""))'
        return Formula(text, _unquoted(word))

    def group(self, block: Block, kind: ResourceKind) -> Formula | None:
        """A, B or C: its own lines and its share of the analyses nested here."""
        value = _group_value(block, kind)
        rows = [block.lines[at] for at in block.indexes(kind)]
        shares = self._shares(block, kind)
        if not rows and not shares:
            # An analysis that cannot be calculated may have had a share in this group.
            return None if block.nested() else Formula("0", Decimal(0))
        own = f"SUM(F{rows[0]}:F{rows[-1]})" if rows else ""
        text = "+".join([own, *shares] if own else shares)
        if block.complete:
            return Formula(text, value)
        counted = [f"COUNT(F{rows[0]}:F{rows[-1]})"] if rows else []
        counted += [f"COUNT({cell})" for cell in self._nested_amounts(block)] if shares else []
        return Formula(f'IF({"+".join(counted)}=0,"",{text})', value if _known(block, kind) else "")

    def _shares(self, block: Block, kind: ResourceKind) -> list[str]:
        shares = []
        for at in block.nested():
            priced = block.priced.lines[at]
            if priced.nested is None:
                continue
            cell = f"F{self._plan.by_code[priced.nested.analysis.code].groups[kind]}"
            row = block.lines[at]
            shares.append(f"D{row}*{cell}" if block.complete else f"N(D{row})*N({cell})")
        return shares

    def _nested_amounts(self, block: Block) -> list[str]:
        return [f"F{block.lines[at]}" for at in block.nested() if block.priced.lines[at].nested is not None]

    def direct(self, block: Block) -> Formula:
        cells = [f"F{block.groups[kind]}" for kind in KINDS]
        if block.complete:
            return Formula("+".join(cells), block.priced.direct_cost)
        known = block.priced.status is not Status.UNPRICED
        text = f'IF(COUNT({_line_cells(block)})=0,"",SUM({",".join(cells)}))'
        return Formula(text, block.priced.direct_cost if known else "")

    def overhead(self, block: Block) -> Formula:
        row = block.overhead_row
        value = _times(block)
        return self._guarded(block, f"F{block.direct}", f"F{block.direct}*D{row}", value)

    def exact(self, block: Block) -> Formula:
        direct = f"F{block.direct}"
        return self._guarded(block, direct, f"{direct}+F{block.overhead_row}", block.exact)

    def rounded(self, block: Block) -> Formula:
        cell = f"F{block.exact_row}"
        text = rounding_formula(cell, block.exact, self._settings.unit_price_rounding)
        return self._guarded(block, cell, text, block.rounded)

    def _guarded(self, block: Block, needs: str, text: str, value: Decimal | None) -> Formula:
        if block.complete:
            return Formula(text, _value(value))
        return Formula(f'IF({needs}="","",{text})', _value(value))


def _line_cells(block: Block) -> str:
    """The amounts of all lines; they stand between the heads of the groups, which hold sums and so do not count."""
    runs: list[list[int]] = []
    for row in sorted(block.lines.values()):
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ",".join(f"F{first}:F{last}" for first, last in runs) or '""'


def _known(block: Block, kind: ResourceKind) -> bool:
    """Whether anything in one group has an amount."""
    return any(block.priced.lines[at].amount is not None for at in [*block.indexes(kind), *block.nested()])


def _times(block: Block) -> Decimal | None:
    if block.exact is None:
        return None
    return block.exact - block.priced.direct_cost


def _group_value(block: Block, kind: ResourceKind) -> Decimal:
    values = {
        ResourceKind.LABOR: block.priced.labor,
        ResourceKind.MATERIAL: block.priced.material,
        ResourceKind.EQUIPMENT: block.priced.equipment,
    }
    return values[kind]


def _value(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value


def _coefficient(priced: PricedLine) -> Decimal | None:
    line = priced.line
    if isinstance(line, PercentageLine):
        return line.percent
    return None if isinstance(line, InformationLine) else line.coefficient


def _cannot_be_calculated(priced: PricedLine) -> bool:
    """Nothing that a person fills into the workbook would mend it: a circle, or an analysis that does not exist."""
    line = priced.line
    if isinstance(line, PercentageLine):
        return any(issue.code in ("percentage.cycle", "percentage.basis_missing") for issue in priced.issues)
    if isinstance(line, NestedLine):
        return priced.nested is None
    return not isinstance(line, ResourceLine | LumpSumLine)


def _unquoted(constant: str) -> str:
    return constant[1:-1].replace('""', '"')
