"""The sheet of prices: what was recorded, how it was converted, what the analyses use."""

from __future__ import annotations

from decimal import Decimal, localcontext

from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import CALCULATION, round_places
from ahsp.exchange.documents.price_rows import origin_sentence, origins_of, recorded_price, short_date
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.frame import Column, column_heads, empty_cells, finish, heading, set_up
from ahsp.exchange.documents.workbook.names import kind_name, quoted
from ahsp.exchange.documents.workbook.plan import KINDS, Plan
from ahsp.exchange.documents.workbook.rows import Cell, Formula, RowSheet
from ahsp.exchange.documents.workbook.styles import ACCENT, FACTOR, MONEY, MUTED, WARN, WARN_SOFT, Styles

_TOLERANCE = Decimal("1E-30")


def write_prices(sheet: RowSheet, styles: Styles, document: RabDocument, plan: Plan) -> None:
    """Fills `plan.prices` with the row of each resource."""
    _ = translator(document.language)
    columns = (
        Column(_("No."), 6),
        Column(_("Resource"), 44),
        Column(_("Unit"), 10),
        Column(_("Recorded price (Rp)"), 18, figures=True),
        Column(_("Recorded per"), 12),
        Column(_("Factor"), 11, figures=True),
        Column(_("Price used (Rp)"), 18, figures=True),
        Column(_("Note"), 20),
        Column(_("Source"), 34),
        Column(_("Date"), 12),
    )
    set_up(sheet, styles, document, columns, landscape=True)
    heading(sheet, styles, document, _("Prices of resources"))
    column_heads(sheet, styles, columns)
    writer = _PriceRows(sheet, styles, document)
    for kind in KINDS:
        resources = [one for one in plan.found if one.kind is kind]
        if resources:
            writer.group(kind)
        for number, resource in enumerate(resources, 1):
            plan.prices[resource] = writer.price(number, resource, plan.found[resource])
    finish(sheet, columns)


class _PriceRows:
    def __init__(self, sheet: RowSheet, styles: Styles, document: RabDocument) -> None:
        self._sheet = sheet
        self.gettext = translator(document.language)
        self._language = document.language
        self._origins = origins_of(document)
        self._recorded: dict[tuple[Resource, Decimal], int] = {}
        self._group = styles.get(bold=True, below="line", above="line")
        self._number = styles.get(font_color=MUTED, align="left", num_format="0", below="hair")
        self._text = styles.text(below="hair")
        self._input = styles.figure(MONEY, font_color=ACCENT, below="hair")
        self._gap = styles.figure(MONEY, font_color=ACCENT, bg_color=WARN_SOFT, below="hair")
        self._money = styles.figure(MONEY, below="hair")
        self._factor = styles.figure(FACTOR, below="hair")
        self._note = styles.text(font_color=MUTED, below="hair")
        self._warning = styles.text(font_color=WARN, below="hair")

    def group(self, kind: ResourceKind) -> None:
        name = kind_name(kind, self.gettext)
        self._sheet.add([(None, self._group), (name, self._group), *empty_cells(self._group, 8)])

    def price(self, number: int, resource: Resource, found: FoundPrice | None) -> int:
        row = self._sheet.row
        start: list[Cell | None] = [
            (Decimal(number), self._number),
            (resource.name, self._text),
            (resource.unit, self._text),
        ]
        rest = self._missing(row, resource) if found is None else self._known(row, resource, found)
        origin = self._origins.of(found)
        told = origin_sentence(origin, self._language)
        day = short_date(origin.dated if origin else None)
        return self._sheet.add([*start, *rest, (told, self._note), (day, self._note)])

    def _missing(self, row: int, resource: Resource) -> list[Cell]:
        """An empty cell that calculates as soon as a person fills it in."""
        word = self.gettext("no price yet")
        return [
            (None, self._gap),
            (resource.unit, self._text),
            (Decimal(1), self._factor),
            (Formula(f'IF(D{row}="","",D{row}*F{row})', ""), self._money),
            (Formula(f'IF(D{row}="",{quoted(word)},"")', word), self._warning),
        ]

    def _known(self, row: int, resource: Resource, found: FoundPrice) -> list[Cell]:
        source = found.source
        recorded = recorded_price(found)
        # Two resources of one name may each have a price per the same unit.
        first = self._recorded.setdefault((source, recorded), row)
        price: Cell = (recorded, self._input)
        if first != row:
            # One recorded price serves several units; only its first cell is to be changed.
            price = (Formula(f"D{first}", recorded), self._money)
        note = ""
        if source.unit != resource.unit:
            note = self.gettext("converted from {unit}").format(unit=source.unit)
        return [
            price,
            (source.unit, self._text),
            (_factor(found.factor), self._factor),
            (Formula(f"D{row}*F{row}", found.price), self._money),
            (note, self._note),
        ]


def _factor(factor: Decimal) -> Decimal | Formula:
    """1/7 as a fraction, because its decimals never end."""
    with localcontext(CALCULATION):
        inverse = 1 / factor
        whole = round_places(inverse, 0)
        if factor < 1 and abs(inverse - whole) < _TOLERANCE:
            return Formula(f"1/{whole}", factor)
    return factor
