"""The sheet of analyses: coefficient x price -> A, B, C -> D -> E -> F -> the unit price used."""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.analysis import Analysis, InformationLine, LumpSumLine, NestedLine, PercentageLine, ResourceLine
from ahsp.engine.pricing import PricedLine, Status
from ahsp.engine.resources import ResourceKind
from ahsp.exchange.documents.content import own_analysis_word
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import rounding_sentence, translator
from ahsp.exchange.documents.workbook.analysis_formulas import BlockFormulas
from ahsp.exchange.documents.workbook.frame import Column, column_heads, empty_cells, finish, heading, set_up
from ahsp.exchange.documents.workbook.names import SheetNames, kind_name
from ahsp.exchange.documents.workbook.plan import KINDS, Block, Plan
from ahsp.exchange.documents.workbook.rows import Cell, Formula, RowSheet, Value
from ahsp.exchange.documents.workbook.styles import (
    ACCENT,
    COEFFICIENT,
    MONEY,
    MONEY_OR_DASH,
    MUTED,
    RATE,
    SOFT,
    WARN,
    Styles,
)

_GROUP_LETTERS = dict(zip(KINDS, "ABC", strict=True))


def start_analyses(sheet: RowSheet, styles: Styles, document: RabDocument) -> None:
    """Everything above the first analysis, which stands at `sheet.row` afterwards."""
    _ = translator(document.language)
    set_up(sheet, styles, document, _columns(document), landscape=False)
    heading(sheet, styles, document, _("Unit price analyses"))
    column_heads(sheet, styles, _columns(document))


def write_analyses(
    sheet: RowSheet, styles: Styles, document: RabDocument, plan: Plan, names: SheetNames, overhead_cell: str
) -> None:
    """All blocks of `plan`, at the rows that it gave them."""
    writer = _BlockWriter(sheet, styles, document, plan, names, overhead_cell)
    for block in plan.blocks:
        writer.write(block)
    sheet.conditional_format(
        f"F1:F{sheet.row}",
        {"type": "formula", "criteria": '=AND($G1<>"",ISNUMBER($F1))', "format": styles.lower_bound()},
    )
    finish(sheet, _columns(document))


def _columns(document: RabDocument) -> tuple[Column, ...]:
    _ = translator(document.language)
    return (
        Column(_("Code"), 12),
        Column(_("Description"), 46),
        Column(_("Unit"), 8),
        Column(_("Coefficient"), 13, figures=True),
        Column(_("Price (Rp)"), 17, figures=True),
        Column(_("Amount (Rp)"), 18, figures=True),
        Column(_("Status"), 16, indent=1),
    )


class _BlockWriter:
    def __init__(
        self,
        sheet: RowSheet,
        styles: Styles,
        document: RabDocument,
        plan: Plan,
        names: SheetNames,
        overhead_cell: str,
    ) -> None:
        self._sheet = sheet
        self.gettext = translator(document.language)
        self._document = document
        self._own = {own.code: own for own in document.own_analyses}
        self._formulas = BlockFormulas(plan, names, document.estimate.settings, self.gettext)
        self._overhead_cell = overhead_cell
        self._make_styles(styles)

    def _make_styles(self, styles: Styles) -> None:
        self._title = styles.text(bold=True, font_color=ACCENT, bg_color=SOFT)
        self._title_status = styles.text(font_color=WARN, bg_color=SOFT, indent=1)
        self._group = styles.get(bold=True, below="hair")
        self._group_sum = styles.figure(MONEY_OR_DASH, bold=True, below="hair")
        self._position = styles.get(font_color=MUTED, align="left", num_format="0", below="hair", indent=1)
        self._text = styles.text(below="hair")
        self._information = styles.text(italic=True, font_color=MUTED, below="hair")
        self._coefficient = styles.figure(COEFFICIENT, font_color=ACCENT, below="hair")
        self._percent = styles.figure(RATE, font_color=ACCENT, below="hair")
        self._rate = styles.figure(RATE, below="hair")
        self._input = styles.figure(MONEY, font_color=ACCENT, below="hair")
        self._money = styles.figure(MONEY, below="hair")
        self._status = styles.text(font_color=WARN, below="hair", indent=1)
        self._used = styles.get(bold=True, above="line", below="hair")
        self._used_sum = styles.figure(MONEY, bold=True, above="line", below="hair")
        self._used_status = styles.text(font_color=WARN, above="line", below="hair", indent=1)

    def write(self, block: Block) -> None:
        """One block, then an empty row."""
        sheet = self._sheet
        analysis = block.priced.analysis
        sheet.add(
            [
                (analysis.code, self._title),
                (self._named(analysis), self._title),
                (analysis.unit, self._title),
                *empty_cells(self._title, 3),
                (self._formulas.block_status(block), self._title_status),
            ]
        )
        for kind in KINDS:
            self._write_group(block, kind)
        if block.nested_head:
            self._label("", self.gettext("Other analyses, shared out to A, B and C"))
        for at in block.nested():
            self._write_line(block, at)
        for at in block.information():
            sheet.add(
                [
                    (None, self._position),
                    (_name(block.priced.lines[at]), self._information),
                    *empty_cells(self._information, 5),
                ]
            )
        self._write_totals(block)
        sheet.skip()

    def _named(self, analysis: Analysis) -> str:
        """With a mark where it is none of the edition's."""
        own = self._own.get(analysis.code)
        return analysis.name if own is None else f"{analysis.name} — {own_analysis_word(own, self._document.language)}"

    def _write_group(self, block: Block, kind: ResourceKind) -> None:
        name = kind_name(kind, self.gettext)
        status = self._formulas.group_status(block, kind)
        self._label(_GROUP_LETTERS[kind], name, self._formulas.group(block, kind), status)
        for at in block.indexes(kind):
            self._write_line(block, at)

    def _label(self, letter: str, name: str, amount: Formula | None = None, status: Formula | None = None) -> None:
        self._sheet.add(
            [
                (letter, self._group),
                (name, self._group),
                *empty_cells(self._group, 3),
                (amount, self._group_sum),
                (status, self._status),
            ]
        )

    def _write_line(self, block: Block, at: int) -> None:
        priced = block.priced.lines[at]
        coefficient, price = self._factors(block, at)
        status = None if priced.status is Status.PRICED else self._formulas.line_status(block, at)
        self._sheet.add(
            [
                (Decimal(priced.line.position), self._position),
                (_name(priced), self._text),
                (_unit(priced), self._text),
                coefficient,
                price,
                (self._formulas.amount(block, at), self._money),
                (status, self._status),
            ]
        )

    def _factors(self, block: Block, at: int) -> tuple[Cell, Cell]:
        line = block.priced.lines[at].line
        price: Value = self._formulas.price(block, at)
        if isinstance(line, PercentageLine):
            percent = None if line.percent is None else line.percent.scaleb(-2)
            return (percent, self._percent), (price, self._money)
        if isinstance(line, LumpSumLine):
            return (line.coefficient, self._coefficient), (line.price, self._input)
        coefficient = line.coefficient if isinstance(line, ResourceLine | NestedLine) else None
        return (coefficient, self._coefficient), (price, self._money)

    def _write_totals(self, block: Block) -> None:
        _ = self.gettext
        status = self._formulas.sum_status(block)
        self._label("D", _("Direct cost (A + B + C)"), self._formulas.direct(block), status)
        if block.rate is None:
            return
        settings = self._document.estimate.settings
        own = block.rate != settings.overhead
        rate: Value = block.rate if own else Formula(self._overhead_cell, block.rate)
        self._sheet.add(
            [
                ("E", self._group),
                (_("Overhead and profit (rate × D)"), self._text),
                (None, self._text),
                (rate, self._percent if own else self._rate),
                (None, self._text),
                (self._formulas.overhead(block), self._money),
                (status, self._status),
            ]
        )
        self._label("F", _("Unit price (D + E)"), self._formulas.exact(block), status)
        policy = rounding_sentence(settings.unit_price_rounding, self._document.language)
        self._sheet.add(
            [
                (None, self._used),
                (_("Unit price used ({policy})").format(policy=policy), self._used),
                *empty_cells(self._used, 3),
                (self._formulas.rounded(block), self._used_sum),
                (status, self._used_status),
            ]
        )


def _name(priced: PricedLine) -> str:
    line = priced.line
    if isinstance(line, ResourceLine):
        return line.resource.name
    if isinstance(line, NestedLine):
        nested = priced.nested
        return f"{line.analysis}  {nested.analysis.name}" if nested else line.analysis
    return line.name


def _unit(priced: PricedLine) -> str:
    line = priced.line
    if isinstance(line, ResourceLine):
        return line.resource.unit
    if isinstance(line, NestedLine):
        return priced.nested.analysis.unit if priced.nested else ""
    return "%" if isinstance(line, PercentageLine) else "Ls" if not isinstance(line, InformationLine) else ""
