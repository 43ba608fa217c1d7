"""The bill: quantity x unit price -> amount -> sections at any depth -> subtotal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.pricing import Status
from ahsp.exchange.documents.content import status_word
from ahsp.exchange.documents.outline import Closing, Line, Opening, walk
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.frame import Column, column_heads, empty_cells, finish, heading, set_up
from ahsp.exchange.documents.workbook.names import (
    ANALYSIS_AMOUNT,
    ANALYSIS_STATUS,
    BILL_AMOUNT,
    BILL_STATUS,
    SheetNames,
    quoted,
)
from ahsp.exchange.documents.workbook.plan import Plan
from ahsp.exchange.documents.workbook.rows import Cell, Formula, RowSheet
from ahsp.exchange.documents.workbook.styles import ACCENT, MONEY, MUTED, OWN_PRICE, QUANTITY, SOFT, WARN, Styles

_DEEPEST_INDENT = 8
_LONGEST_SUM = 60


@dataclass(slots=True)
class Parts:
    """What a sum is made of: runs of item rows next to each other, and cells of sections that are sums themselves.

    `first` is the first row of everything it covers.
    """

    first: int
    runs: list[list[int]] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)

    def add_item(self, row: int) -> None:
        if self.runs and self.runs[-1][1] == row - 1:
            self.runs[-1][1] = row
        else:
            self.runs.append([row, row])

    def formula(self, last: int) -> str:
        """The sum, each item once; `last` is the last row it covers."""
        first, column = self.first, BILL_AMOUNT
        if len(self.runs) + len(self.sums) > _LONGEST_SUM:
            # A formula may not be longer than 8,192 characters. Only work items have a quantity.
            return f'ROUND(SUMIF(E{first}:E{last},"<>",{column}{first}:{column}{last}),2)'
        terms = [f"SUM({column}{run[0]}:{column}{run[1]})" for run in self.runs]
        terms += [f"{column}{row}" for row in self.sums]
        return f"ROUND({'+'.join(terms)},2)" if terms else "0"


class _Sum(NamedTuple):
    name: str
    total: Decimal
    incomplete: int
    depth: int


@dataclass(frozen=True, slots=True)
class BillRows:
    """`sections` maps the key of a top section to the row of its sum; `loose` has the runs of items outside
    sections, in order; `subtotal` is the last row."""

    sections: dict[str, int]
    loose: list[list[int]]
    subtotal: int


def write_bill(sheet: RowSheet, styles: Styles, document: RabDocument, plan: Plan, names: SheetNames) -> BillRows:
    _ = translator(document.language)
    columns = (
        Column(_("No."), 9),
        Column(_("Code"), 13),
        Column(_("Description of work"), 58),
        Column(_("Unit"), 8),
        Column(_("Quantity"), 14, figures=True),
        Column(_("Unit price (Rp)"), 18, figures=True),
        Column(_("Amount (Rp)"), 21, figures=True),
        Column(_("Status"), 17, indent=1),
    )
    set_up(sheet, styles, document, columns, landscape=True)
    heading(sheet, styles, document, _("Bill of quantities and cost estimate (RAB)"))
    first = column_heads(sheet, styles, columns) + 1
    rows = _BillWriter(sheet, styles, document, plan, names).write(document.estimate)
    _mark_lower_bounds(sheet, styles, first, quoted(_("≥ partial")))
    finish(sheet, columns)
    return rows


def _mark_lower_bounds(sheet: RowSheet, styles: Styles, first: int, partial: str) -> None:
    """A sign before amounts with any open state, and before unit prices that are lower bounds themselves."""
    look = styles.lower_bound()
    amount = f'=AND($H{first}<>"",ISNUMBER($G{first}))'
    unit_price = f"=AND($H{first}={partial},ISNUMBER($F{first}))"
    for column, criteria in (("G", amount), ("F", unit_price)):
        cells = f"{column}{first}:{column}{sheet.row}"
        sheet.conditional_format(cells, {"type": "formula", "criteria": criteria, "format": look})


class _BillWriter:
    def __init__(self, sheet: RowSheet, styles: Styles, document: RabDocument, plan: Plan, names: SheetNames) -> None:
        self._sheet = sheet
        self._styles = styles
        self._document = document
        self._settings = document.estimate.settings
        self._plan = plan
        self._analyses = names.analyses
        self.gettext = translator(document.language)
        self._make_styles(styles)

    def _make_styles(self, styles: Styles) -> None:
        self._number = styles.get(font_color=MUTED, below="hair")
        self._code = styles.get(font_color=MUTED, below="hair")
        self._unit = styles.get(below="hair")
        self._quantity = styles.figure(QUANTITY, font_color=ACCENT, below="hair")
        self._input = styles.figure(OWN_PRICE, font_color=ACCENT, below="hair")
        self._money = styles.figure(MONEY, below="hair")
        self._status = styles.get(indent=1, font_color=WARN, below="hair")
        self._descriptions = [styles.text(indent=depth, below="hair") for depth in range(_DEEPEST_INDENT + 1)]

    def write(self, estimate: PricedEstimate) -> BillRows:
        first = self._sheet.row
        sections: dict[str, int] = {}
        whole = Parts(first)
        path = [whole]
        for step in walk(estimate):
            if isinstance(step, Line):
                path[-1].add_item(self._item(step.item, step.depth))
            elif isinstance(step, Opening):
                self._heading(step)
                path.append(Parts(self._sheet.row))
            else:
                row = self._section_sum(step, path.pop())
                path[-1].sums.append(row)
                if not step.depth:
                    sections[step.section.section.key] = row
        state = _Sum(self.gettext("Subtotal"), estimate.subtotal, estimate.incomplete, 0)
        row = self._sum(state, whole, above="line", below="heavy")
        return BillRows(sections, whole.runs, row)

    def _heading(self, opening: Opening) -> None:
        section = opening.section.section
        look: dict[str, Any] = {"bold": True, "bg_color": SOFT, "above": "hair", "below": "hair"}
        plain = self._styles.get(**look)
        name = self._styles.text(indent=min(opening.depth, _DEEPEST_INDENT), **look)
        self._sheet.add([(section.number, plain), (None, plain), (section.name, name), *empty_cells(plain, 5)])

    def _section_sum(self, closing: Closing, parts: Parts) -> int:
        section = closing.section.section
        name = self.gettext("Total {section}").format(section=f"{section.number} {section.name}".strip())
        state = _Sum(name, closing.section.total, closing.section.incomplete, closing.depth)
        return self._sum(state, parts, above="line", below="hair")

    def _sum(self, state: _Sum, parts: Parts, *, above: str, below: str) -> int:
        first, last = parts.first, self._sheet.row - 1
        look: dict[str, Any] = {"bold": True, "above": above, "below": below}
        plain = self._styles.get(**look)
        text = self._styles.text(indent=min(state.depth, _DEEPEST_INDENT), **look)
        word: Formula | None = None
        if state.incomplete:
            partial = self.gettext("≥ partial")
            cells = f"{BILL_STATUS}{first}:{BILL_STATUS}{last}"
            word = Formula(f'IF(SUMPRODUCT(LEN({cells}))>0,{quoted(partial)},"")', partial)
        return self._sheet.add(
            [
                *empty_cells(plain, 2),
                (state.name, text),
                *empty_cells(plain, 3),
                (Formula(parts.formula(last), state.total), self._styles.figure(MONEY, **look)),
                (word, self._styles.get(indent=1, font_color=WARN, above=above, below=below)),
            ]
        )

    def _item(self, priced: PricedItem, depth: int) -> int:
        item, row = priced.item, self._sheet.row
        status = None if priced.status is Status.PRICED else self._status_formula(priced, row)
        return self._sheet.add(
            [
                (item.number, self._number),
                (item.analysis, self._code),
                (item.description, self._descriptions[min(depth, _DEEPEST_INDENT)]),
                (item.unit, self._unit),
                (item.quantity, self._quantity),
                self._unit_price(priced),
                (self._amount(priced, row), self._money),
                (status, self._status),
            ]
        )

    def _unit_price(self, priced: PricedItem) -> Cell:
        block = self._plan.block_of(priced, self._settings)
        unit_price = priced.unit_price
        if block is not None:
            value = unit_price.rounded if unit_price else ""
            return Formula(f"{self._analyses}!${ANALYSIS_AMOUNT}${block.final}", value), self._money
        if unit_price is None:
            return None, self._input
        return unit_price.rounded, self._input

    def _amount(self, priced: PricedItem, row: int) -> Formula:
        text = f"ROUND(E{row}*F{row},2)"
        if priced.status is Status.PRICED and priced.amount is not None:
            return Formula(text, priced.amount)
        value = "" if priced.amount is None else priced.amount
        return Formula(f'IF(COUNT(E{row},F{row})=2,{text},"")', value)

    def _status_formula(self, priced: PricedItem, row: int) -> Formula:
        """What lacks, gone once it is filled in."""
        block = self._plan.block_of(priced, self._settings)
        rest = '""' if block is None or block.complete else f"{self._analyses}!${ANALYSIS_STATUS}${block.title}"
        quantity = quoted(self.gettext("no quantity yet"))
        price = quoted(self.gettext("no price yet"))
        text = f'IF(E{row}="",{quantity},IF(F{row}="",{price},{rest}))'
        return Formula(text, status_word(priced, self._document.language))


def loose_sum(sheet_name: str, runs: Sequence[Sequence[int]]) -> str:
    """The sum of items outside sections, seen from another sheet."""
    cells = ",".join(f"{sheet_name}!{BILL_AMOUNT}{first}:{BILL_AMOUNT}{last}" for first, last in runs)
    return f"ROUND(SUM({cells}),2)"
