"""The sheet of notes: what the numbers depend on, and everything that is to be said about them."""

from __future__ import annotations

from dataclasses import dataclass

from ahsp.exchange.documents.content import (
    estimate_remarks,
    example_warning,
    lower_bound_sentence,
    own_analysis_word,
    remarks,
    settings_lines,
)
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.frame import Column, column_heads, finish, heading, set_up
from ahsp.exchange.documents.workbook.names import SheetNames
from ahsp.exchange.documents.workbook.rows import RowSheet
from ahsp.exchange.documents.workbook.styles import ACCENT, MUTED, RATE, WARN, Styles


@dataclass(frozen=True, slots=True)
class SettingCells:
    """Where formulas find the rates. `vat` is empty without VAT."""

    overhead: str
    vat: str


def write_notes(sheet: RowSheet, styles: Styles, document: RabDocument, names: SheetNames) -> SettingCells:
    _ = translator(document.language)
    columns = (Column(_("No."), 28), Column(_("Description"), 44), Column(_("Remark"), 66))
    set_up(sheet, styles, document, columns, landscape=True)
    heading(sheet, styles, document, _("Notes"))
    cells = _write_rates(sheet, styles, document, names)
    _write_settings(sheet, styles, document)
    _write_own_analyses(sheet, styles, document)
    _write_general(sheet, styles, document)
    column_heads(sheet, styles, columns)
    sheet.freeze_panes(0, 0)
    number = styles.get(font_color=MUTED, below="hair")
    text = styles.text(below="hair")
    for remark in remarks(document):
        sheet.add([(remark.number, number), (remark.description, text), ("\n".join(remark.sentences), text)])
    finish(sheet, columns)
    return cells


def _title(sheet: RowSheet, styles: Styles, text: str) -> None:
    style = styles.get(bold=True, font_size=12, below="line")
    sheet.add([(text, style), (None, style), (None, style)], height=18)


def _write_rates(sheet: RowSheet, styles: Styles, document: RabDocument, names: SheetNames) -> SettingCells:
    _ = translator(document.language)
    settings = document.estimate.settings
    rate = styles.get(num_format=RATE, font_color=ACCENT, align="left")
    label = styles.get(font_color=MUTED)
    _title(sheet, styles, _("Rates used by the formulas"))
    row = sheet.add([(_("Overhead and profit"), label), (settings.overhead, rate)])
    overhead = f"{names.notes}!$B${row}"
    vat = ""
    if settings.vat is not None:
        row = sheet.add([(_("VAT rate"), label), (settings.vat.rate, rate)])
        vat = f"{names.notes}!$B${row}"
    sheet.add(
        [
            (None, label),
            (
                _("Blue figures may be changed; everything else is calculated from them."),
                styles.get(italic=True),
            ),
        ]
    )
    sheet.skip()
    return SettingCells(overhead, vat)


def _write_settings(sheet: RowSheet, styles: Styles, document: RabDocument) -> None:
    _ = translator(document.language)
    _title(sheet, styles, _("Settings"))
    label, text = styles.get(font_color=MUTED), styles.get()
    for name, value in settings_lines(document):
        sheet.add([(name, label), (value, text)])
    sheet.skip()


def _write_own_analyses(sheet: RowSheet, styles: Styles, document: RabDocument) -> None:
    if not document.own_analyses:
        return
    _ = translator(document.language)
    _title(sheet, styles, _("Analyses that are none of the edition's"))
    code, text = styles.get(font_color=MUTED), styles.text()
    for own in document.own_analyses:
        sheet.add([(own.code, code), (own.name, text), (own_analysis_word(own, document.language), text)])
    sheet.skip()


def _write_general(sheet: RowSheet, styles: Styles, document: RabDocument) -> None:
    _ = translator(document.language)
    _title(sheet, styles, _("Findings"))
    warning = styles.get(font_color=WARN, bold=True)
    for sentence in (example_warning(document), lower_bound_sentence(document)):
        if sentence:
            sheet.add([(sentence, warning)])
    for sentence in estimate_remarks(document):
        sheet.add([(sentence, styles.get())])
    sheet.skip()
