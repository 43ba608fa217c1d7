"""A comparison as CSV and as a workbook; in the workbook differences are live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ahsp.core.api.bodies import plain
from ahsp.engine.comparison import Compared, Heading, Line, Row
from ahsp.estimates.csv_files import as_csv, cell
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import Translate, gettext_noop, translator
from ahsp.exchange.documents.workbook.book import OPTIONS, set_properties
from ahsp.exchange.documents.workbook.frame import Column, column_heads, finish, heading, set_up
from ahsp.exchange.documents.workbook.rows import Cell, Formula, RowSheet
from ahsp.exchange.documents.workbook.styles import MONEY, MUTED, QUANTITY, SOFT, Styles
from ahsp.exchange.versions.bodies import sums
from ahsp.exchange.versions.queries import Side, SideBySide

_EFFECTS = (
    gettext_noop("Added"),
    gettext_noop("Removed"),
    gettext_noop("Quantity effect"),
    gettext_noop("Price effect"),
    gettext_noop("Other effects"),
)
_SUMS = {
    "subtotal": gettext_noop("Subtotal"),
    "vat": gettext_noop("VAT"),
    "total": gettext_noop("Total"),
    "rounded_total": gettext_noop("Rounded total"),
}
_CSV_HEAD = (
    "type", "level", "number", "code", "description", "unit", "quantity_a", "unit_price_a", "amount_a", "quantity_b",
    "unit_price_b", "amount_b", "difference", "added", "removed", "quantity_effect", "price_effect", "other",
)  # fmt: skip
_DEEPEST_INDENT = 8
_AMOUNT_A, _AMOUNT_B = "G", "J"


def to_csv(found: SideBySide) -> str:
    """Rows that differ, decimals with a point; what is not known is empty."""
    return as_csv(_CSV_HEAD, map(_csv_row, found.rows))


def _csv_row(row: Compared) -> list[str]:
    shown = _shown(row)
    code, unit = (shown.code, shown.unit) if isinstance(shown, Line) else ("", "")
    sides = [text for side in (row.a, row.b) for text in _figures(side)]
    effects = [""] * len(_EFFECTS) if row.is_heading else [plain(value) or "" for value in row.effects]
    return [
        "section" if row.is_heading else "item", str(row.level), cell(shown.number), cell(code), cell(_text(shown)),
        cell(unit), *sides, plain(row.difference) or "", *effects,
    ]  # fmt: skip


def _figures(row: Row | None) -> list[str]:
    if isinstance(row, Line):
        return [plain(value) or "" for value in (row.quantity, row.unit_price, row.amount)]
    return ["", "", plain(row.total) or "" if row is not None else ""]


def _shown(row: Compared) -> Row:
    shown = row.b if row.b is not None else row.a
    if shown is None:
        raise TypeError("a row is on one side at least")
    return shown


def _text(row: Row) -> str:
    return row.name if isinstance(row, Heading) else row.description


def write_comparison(document: RabDocument, found: SideBySide, target: BinaryIO) -> None:
    """The workbook to an open binary file; `document` says what project it is about, and in which language."""
    book = Workbook(target, OPTIONS)
    _ = translator(document.language)
    sheet = book.add_worksheet(_("Comparison"), worksheet_class=RowSheet)
    _Writer(document, Styles(book), sheet).write(found)
    set_properties(book, document)
    book.close()


class _Writer:
    def __init__(self, document: RabDocument, styles: Styles, sheet: RowSheet) -> None:
        self._document = document
        self._styles = styles
        self._sheet = sheet
        self._: Translate = translator(document.language)

    def write(self, found: SideBySide) -> None:
        _, sheet, styles = self._, self._sheet, self._styles
        a, b = self._name(found.a), self._name(found.b)
        columns = (
            Column(_("No."), 9),
            Column(_("Description"), 46),
            Column(_("Code"), 12),
            Column(_("Unit"), 8, indent=1),
            *(Column(f"{_(what)} · {name}", 16, figures=True) for name in (a, b) for what in _OF_A_SIDE),
            Column(_("Difference"), 17, figures=True),
            *(Column(_(effect), 16, figures=True) for effect in _EFFECTS),
        )
        set_up(sheet, styles, self._document, columns, landscape=True)
        heading(sheet, styles, self._document, _("Comparison of {a} and {b}").format(a=a, b=b))
        for row in self._sums(found):
            sheet.add(row)
        sheet.skip()
        column_heads(sheet, styles, columns)
        for compared in found.rows:
            sheet.add(self._row(compared))
        finish(sheet, columns)

    def _name(self, side: Side) -> str:
        return side.version.name if side.version is not None else self._("Now")

    def _sums(self, found: SideBySide) -> Iterator[Sequence[Cell | None]]:
        _, styles = self._, self._styles
        money, label = styles.figure(MONEY, bold=True), styles.get(bold=True)
        for one in sums(found):
            before, after = Decimal(one["before"] or 0), Decimal(one["after"] or 0)
            difference = Formula(f"{_AMOUNT_B}{self._sheet.row}-{_AMOUNT_A}{self._sheet.row}", after - before)
            cells: list[Cell | None] = [None, (_(_SUMS[one["name"]]), label), *[None] * 4, (before, money)]
            yield [*cells, None, None, (after, money), (difference, money)]
        muted = styles.get(font_color=MUTED)
        for name, value in zip(_EFFECTS, found.effects, strict=True):
            yield [None, (_(name), muted), *[None] * 8, (value, styles.figure(MONEY, font_color=MUTED))]

    def _row(self, row: Compared) -> list[Cell | None]:
        shown, at = _shown(row), self._sheet.row
        look: dict[str, Any] = {"below": "hair"} | ({"bold": True, "bg_color": SOFT} if row.is_heading else {})
        plain_, money = self._styles.get(**look), self._styles.figure(MONEY, **look)
        text = self._styles.text(indent=min(row.level, _DEEPEST_INDENT), **look)
        code, unit = (shown.code, shown.unit) if isinstance(shown, Line) else ("", "")
        effects: list[Cell | None] = [(None if row.is_heading else value or None, money) for value in row.effects]
        return [
            (shown.number, plain_),
            (_text(shown), text),
            (code, plain_),
            (unit, self._styles.get(indent=1, **look)),
            *self._side(row.a, look),
            *self._side(row.b, look),
            (Formula(f"N({_AMOUNT_B}{at})-N({_AMOUNT_A}{at})", row.difference), money),
            *effects,
        ]

    def _side(self, row: Row | None, look: dict[str, Any]) -> list[Cell | None]:
        money, quantity = self._styles.figure(MONEY, **look), self._styles.figure(QUANTITY, **look)
        if isinstance(row, Line):
            return [(row.quantity, quantity), (row.unit_price, money), (row.amount, money)]
        return [(None, money), (None, money), (row.total if row is not None else None, money)]


_OF_A_SIDE = (gettext_noop("Quantity"), gettext_noop("Unit price"), gettext_noop("Amount"))
