"""From judged lines to the rows of the bill: levels, numbers, and what is to be said about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahsp.engine.issues import Issue, Severity
from ahsp.exchange.reading.cells import ERRORS, cell_text
from ahsp.exchange.reading.header_words import Field
from ahsp.exchange.reading.kinds import subtotal_label
from ahsp.exchange.reading.limits import MAX_CODE_CHARS, MAX_NUMBER_CHARS, MAX_UNIT_CHARS, refuse, shorten
from ahsp.exchange.reading.lines import Line
from ahsp.exchange.reading.model import BoqRow, RowKind
from ahsp.exchange.reading.numbering import numbering_of_heading, parse_numbering
from ahsp.exchange.reading.outline import OpenSection, Outline
from ahsp.exchange.reading.values import NumberReader, Place, amount_differs


@dataclass(frozen=True, slots=True)
class Assembler:
    """Makes rows of one file. `columns` are the letters of its fields, for the issues."""

    file: str
    columns: Mapping[Field, str]
    numbers: NumberReader

    def rows(self, judged: Sequence[tuple[Line, RowKind]]) -> tuple[BoqRow, ...]:
        outline = Outline()
        names = frozenset(line.description.casefold() for line, kind in judged if kind is RowKind.SECTION)
        return tuple(self._row(line, kind, outline, names) for line, kind in judged)

    def _row(self, line: Line, kind: RowKind, outline: Outline, names: frozenset[str]) -> BoqRow:
        place = Place(self.file, line.row, self.columns)
        if kind in (RowKind.ITEM, RowKind.SECTION):
            self._check_lengths(line)
        if kind is RowKind.ITEM:
            return self._item(line, outline, place)
        description = line.description
        level = outline.level
        issues: tuple[Issue, ...] = ()
        if kind is RowKind.SECTION:
            level = outline.add_section(numbering_of_heading(line.number or line.code, description))
        elif kind is RowKind.SUBTOTAL:
            description = description or subtotal_label(line)
            issues = (place.issue("row.subtotal", Severity.INFO, text=shorten(description)),)
        else:
            issues = _not_counted(line, names, place)
        return BoqRow(
            row=line.row,
            kind=kind,
            number=line.number,
            code=line.code,
            description=description,
            unit=line.unit,
            quantity=None,
            unit_price=None,
            stated_amount=self.numbers.stated(line.amount),
            level=level,
            issues=issues,
        )

    def _check_lengths(self, line: Line) -> None:
        for field, text, limit in (
            (Field.NUMBER, line.number, MAX_NUMBER_CHARS),
            (Field.CODE, line.code, MAX_CODE_CHARS),
            (Field.UNIT, line.unit, MAX_UNIT_CHARS),
        ):
            if len(text) > limit:
                column = self.columns.get(field)
                raise refuse("cell.too_long", self.file, row=line.row, column=column, limit=str(limit))

    def _item(self, line: Line, outline: Outline, place: Place) -> BoqRow:
        issues: list[Issue] = []
        section = outline.add_item(parse_numbering(line.number))
        _check_number(line, section, place, issues)
        code = _check_text(line.code, Field.CODE, place, issues)
        if code and line.code_is_date:
            issues.append(place.issue("code.is_date", Severity.ERROR, Field.CODE, text=code))
        description = line.description
        if description in ERRORS:
            issues.append(place.issue("cell.error", Severity.ERROR, Field.DESCRIPTION, text=description))
        elif not (description or code):
            issues.append(place.issue("description.missing", Severity.WARNING, Field.DESCRIPTION))
        unit = _check_text(line.unit, Field.UNIT, place, issues)
        quantity = self.numbers.quantity(line.quantity, place, issues)
        unit_price = self.numbers.unit_price(line.unit_price, place, issues)
        stated = self.numbers.amount(line.amount, place, issues)
        if stated and not (code or unit or line.has_quantity or line.has_unit_price):
            text = shorten(cell_text(line.amount))
            issues.append(place.issue("row.not_counted", Severity.WARNING, Field.AMOUNT, text=text))
        if differs := amount_differs(quantity, unit_price, stated, place):
            issues.append(differs)
        return BoqRow(
            row=line.row,
            kind=RowKind.ITEM,
            number=line.number,
            code=code,
            description=description,
            unit=unit,
            quantity=quantity,
            unit_price=unit_price,
            stated_amount=stated,
            level=outline.level,
            issues=tuple(issues),
        )


def _not_counted(line: Line, names: frozenset[str], place: Place) -> tuple[Issue, ...]:
    """Say of a note that carries a number that it is not part of the total. A row that only repeats the name of a
    section (a recapitulation), or has no name, is worth knowing; any other may be a cost that lacks its quantity."""
    held = [
        (field, text)
        for field, cell in (
            (Field.QUANTITY, line.quantity),
            (Field.UNIT_PRICE, line.unit_price),
            (Field.AMOUNT, line.amount),
        )
        if (text := cell_text(cell))
    ]
    if not held:
        return ()
    field, text = held[-1]
    known = not line.description or line.description.casefold() in names
    severity = Severity.INFO if known else Severity.WARNING
    return (place.issue("row.not_counted", severity, field, text=shorten(text)),)


def _check_number(line: Line, section: OpenSection, place: Place, issues: list[Issue]) -> None:
    if not line.number:
        return
    earlier = section.items.setdefault(line.number.rstrip(".) ").casefold(), line.row)
    if earlier != line.row:
        data = {"number": shorten(line.number), "earlier": str(earlier)}
        issues.append(place.issue("item_number.duplicate", Severity.WARNING, Field.NUMBER, **data))


def _check_text(text: str, field: Field, place: Place, issues: list[Issue]) -> str:
    """An error of the spreadsheet is no code and no unit."""
    if text not in ERRORS:
        return text
    issues.append(place.issue("cell.error", Severity.ERROR, field, text=text))
    return ""
