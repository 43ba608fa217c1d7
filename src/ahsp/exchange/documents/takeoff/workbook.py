"""The back-up volume as a workbook: parameters, and every item with its lines; formulas are live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ahsp.core.issue_texts import issue_text
from ahsp.engine.estimate import WorkItem
from ahsp.engine.formulas import Formula as Read
from ahsp.engine.formulas import FormulaError
from ahsp.engine.issues import Issue
from ahsp.engine.takeoff import CELLS, OWN_NAMES, MeasuredLine, read_cell
from ahsp.exchange.documents.outline import Line, Opening, walk
from ahsp.exchange.documents.rab import Tick
from ahsp.exchange.documents.takeoff.document import Measurement, ShownParameter, TakeoffDocument
from ahsp.exchange.documents.takeoff.formulas import NotWritable, spreadsheet_formula
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.book import OPTIONS, set_properties
from ahsp.exchange.documents.workbook.frame import Column, column_heads, empty_cells, finish, heading, set_up
from ahsp.exchange.documents.workbook.rows import Cell, Formula, RowSheet
from ahsp.exchange.documents.workbook.styles import ACCENT, MUTED, SOFT, WARN, Styles

_QUANTITY = "#,##0.00####"
_MEASURE = "#,##0.######"
_DEEPEST_INDENT = 8
# Columns of the sheet of quantities, by the cell of a line.
_PLACES = dict(zip(CELLS, "CDEFGH", strict=True))
_VALUE = "I"
_PARAMETER_VALUE = "C"


def write_workbook(document: TakeoffDocument, target: BinaryIO, tick: Tick) -> None:
    """Write the workbook to an open binary file."""
    book = Workbook(target, OPTIONS)
    _ = translator(document.language)
    names = (_("Quantities"), _("Parameters"))
    quantities, parameters = (book.add_worksheet(name, worksheet_class=RowSheet) for name in names)
    styles = Styles(book)
    writer = _Writer(document, styles, quantities, parameters, names[1])
    tick(5)
    writer.write_parameters()
    writer.write_quantities(tick)
    set_properties(book, document.rab)
    book.close()


class _Writer:
    def __init__(
        self, document: TakeoffDocument, styles: Styles, quantities: RowSheet, parameters: RowSheet, name: str
    ) -> None:
        self._document = document
        self._styles = styles
        self._quantities = quantities
        self._parameters = parameters
        self._parameters_name = name
        self._gettext = translator(document.language)
        self._cells: dict[str, str] = {}
        """The cell of each parameter and item, as the sheet of quantities sees it."""

    def write_parameters(self) -> None:
        _, sheet, styles = self._gettext, self._parameters, self._styles
        columns = (
            Column(_("Name"), 24),
            Column(_("Formula"), 42),
            Column(_("Value"), 16, figures=True),
            Column(_("Unit"), 9, indent=1),
            Column(_("Remark"), 48),
        )
        set_up(sheet, styles, self._document.rab, columns, landscape=False)
        heading(sheet, styles, self._document.rab, _("Parameters"))
        first = column_heads(sheet, styles, columns) + 1
        ours = {one.name: f"{_PARAMETER_VALUE}{first + at}" for at, one in enumerate(self._document.parameters)}
        self._cells = {name: f"{self._parameters_name}!{_absolute(place)}" for name, place in ours.items()}
        self._place_items()
        seen = {name: place for name, place in self._cells.items() if name not in ours}
        seen = {name: f"{self._gettext('Quantities')}!{place}" for name, place in seen.items()} | ours
        for one in self._document.parameters:
            sheet.add(self._parameter(one, seen))
        finish(sheet, columns)

    def _parameter(self, one: ShownParameter, cells: dict[str, str]) -> list[Cell | None]:
        text, figure = self._styles.text(below="hair"), self._styles.figure(_QUANTITY, below="hair")
        return [
            (one.name, self._styles.get(bold=True, below="hair")),
            (one.formula, self._styles.text(font_color=MUTED, below="hair")),
            self._calculated(one.formula, one.value, cells, figure),
            (one.unit, self._styles.get(indent=1, below="hair")),
            ("\n".join([one.note, *self._told(one.issues)]).strip(), text),
        ]

    def _place_items(self) -> None:
        """Where the quantity of each item will stand: formulas point ahead."""
        row = self._first_row()
        for step in walk(self._document.rab.estimate):
            if isinstance(step, Opening):
                row += 1
            elif isinstance(step, Line):
                measured = self._measurement(step.item.item)
                self._cells[measured.name] = f"${_VALUE}${row}"
                row += 1 + len(measured.lines)

    def _first_row(self) -> int:
        """The row under the heads: known before they are written, for every sheet has the same heading."""
        return self._parameters.row

    def _measurement(self, item: WorkItem) -> Measurement:
        return self._document.measurements[item.key]

    def write_quantities(self, tick: Tick) -> None:
        _, sheet, styles = self._gettext, self._quantities, self._styles
        columns = (
            Column(_("No."), 9),
            Column(_("Description"), 46),
            Column(_("Count (n)"), 10, figures=True),
            Column(_("Length (p)"), 11, figures=True),
            Column(_("Width (l)"), 11, figures=True),
            Column(_("Height (t)"), 11, figures=True),
            Column(_("Deduction"), 11, figures=True),
            Column(_("Formula"), 26, indent=1),
            Column(_("Quantity"), 15, figures=True),
            Column(_("Unit"), 8, indent=1),
            Column(_("Ref."), 8),
            Column(_("Remark"), 36),
        )
        set_up(sheet, styles, self._document.rab, columns, landscape=True)
        heading(sheet, styles, self._document.rab, self._document.name)
        column_heads(sheet, styles, columns)
        count = max(self._document.rab.estimate.item_count, 1)
        for at, row in enumerate(self._rows()):
            sheet.add(row)
            if at % 500 == 0:
                tick(min(95, 10 + 85 * at // (count * 4)))
        finish(sheet, columns)

    def _rows(self) -> Iterator[Sequence[Cell | None]]:
        for step in walk(self._document.rab.estimate):
            if isinstance(step, Opening):
                section = step.section.section
                yield self._heading(section.number, section.name, step.depth)
            elif isinstance(step, Line):
                item = step.item.item
                measured = self._measurement(item)
                yield self._item(item, measured, step.depth)
                for line in measured.lines:
                    yield self._line(line, step.depth)

    def _heading(self, number: str, name: str, depth: int) -> Sequence[Cell | None]:
        look: dict[str, Any] = {"bold": True, "bg_color": SOFT, "above": "hair", "below": "hair"}
        plain, text = self._styles.get(**look), self._styles.text(indent=min(depth, _DEEPEST_INDENT), **look)
        return [(number, plain), (name, text), *empty_cells(plain, 10)]

    def _item(self, item: WorkItem, measured: Measurement, depth: int) -> Sequence[Cell | None]:
        look: dict[str, Any] = {"bold": True, "below": "hair"}
        plain = self._styles.get(**look)
        typed = not (measured.formula or measured.lines)
        figure = self._styles.figure(_QUANTITY, **look, **({"font_color": ACCENT} if typed else {}))
        return [
            (item.number, plain),
            (item.description, self._styles.text(indent=min(depth, _DEEPEST_INDENT), **look)),
            *empty_cells(plain, 5),
            self._shown(measured.formula),
            self._quantity(item, measured, figure),
            (item.unit, self._styles.get(indent=1, below="hair")),
            (measured.name, self._styles.get(font_color=MUTED, below="hair")),
            (
                "\n".join(self._told(measured.issues) or self._missing(item)),
                self._styles.text(font_color=WARN, below="hair"),
            ),
        ]

    def _quantity(self, item: WorkItem, measured: Measurement, figure: int) -> Cell:
        if measured.formula:
            return self._calculated(f"={measured.formula}", item.quantity, self._cells, figure)
        if measured.lines and item.quantity is not None:
            row = self._quantities.row
            return Formula(f"SUM({_VALUE}{row + 1}:{_VALUE}{row + len(measured.lines)})", item.quantity), figure
        return item.quantity, figure

    def _line(self, measured: MeasuredLine, depth: int) -> Sequence[Cell | None]:
        line, row = measured.line, self._quantities.row
        muted = self._styles.get(font_color=MUTED, below="hair")
        figure = self._styles.figure(_MEASURE, below="hair")
        cells = (self._cell(measured, cell, figure) for cell in CELLS[:-1])
        remark = "\n".join(self._told(tuple(measured.issues.values())))
        return [
            (None, muted),
            (line.description, self._styles.text(indent=min(depth + 1, _DEEPEST_INDENT), below="hair")),
            *cells,
            self._shown(line.formula),
            (self._line_value(measured, row), self._styles.figure(_QUANTITY, below="hair")),
            *empty_cells(muted, 2),
            (remark, self._styles.text(font_color=WARN, below="hair")),
        ]

    def _shown(self, formula: str) -> Cell:
        """A formula as text, with the sign that it begins with."""
        bare = formula.strip().removeprefix("=").strip()
        return f"= {bare}" if bare else None, self._styles.text(font_color=MUTED, indent=1, below="hair")

    def _cell(self, measured: MeasuredLine, cell: str, figure: int) -> Cell:
        """The number of a cell, a live formula, or what was typed where that is neither."""
        text: str = getattr(measured.line, cell)
        if cell not in measured.values:
            return text or None, self._styles.text(font_color=WARN, below="hair") if text else figure
        return self._calculated(text, measured.values[cell], self._cells, figure)

    def _line_value(self, measured: MeasuredLine, row: int) -> Formula | None:
        if measured.issues:
            return None
        factors, deduction = f"C{row}:F{row}", f"{_PLACES['deduction']}{row}"
        gross = f"IF(COUNT({factors})=0,0,PRODUCT({factors}))"
        value = "" if measured.value is None else measured.value
        if "formula" in measured.values:
            own = {name: f"{_PLACES[cell]}{row}" for name, cell in OWN_NAMES.items()}
            try:
                gross = f"({spreadsheet_formula(read_cell(measured.line.formula), {**self._cells, **own})})"
            except NotWritable:
                return None
            return Formula(f"{gross}-{deduction}", value)
        return Formula(f'IF(COUNT(C{row}:G{row})=0,"",{gross}-{deduction})', value)

    def _calculated(self, text: str, value: Decimal | None, cells: dict[str, str], style: int) -> Cell:
        """`text` as a live formula if it is more than a number; its value alone if no spreadsheet can read it."""
        if value is None:
            return None, style
        try:
            read: Read = read_cell(text)
            return (Formula(spreadsheet_formula(read, cells), value) if _is_formula(text) else value), style
        except (FormulaError, NotWritable):
            return value, style

    def _missing(self, item: WorkItem) -> list[str]:
        return [self._gettext("no quantity yet")] if item.quantity is None else []

    def _told(self, issues: tuple[Issue, ...]) -> list[str]:
        return list(dict.fromkeys(issue_text(one.code, one.data, self._document.language) for one in issues))


def _absolute(place: str) -> str:
    return f"${place[0]}${place[1:]}"


def _is_formula(text: str) -> bool:
    """Whether there is something to calculate: "3,5" is a number, "-(2)" a formula."""
    return not text.strip().removeprefix("-").replace(".", "").replace(",", "").isdigit()
