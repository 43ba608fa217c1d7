"""The summary: top sections, subtotal, VAT with its base, total, rounded total, in words."""

from __future__ import annotations

from decimal import Decimal

from ahsp.core.words import in_words
from ahsp.engine.rounding import RoundingMode
from ahsp.engine.vat import Vat
from ahsp.exchange.documents.content import RecapRow, loose_items_name, lower_bound_sentence, recap_rows
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import percent, rounding_sentence, translator
from ahsp.exchange.documents.workbook.bill_sheet import BillRows, loose_sum
from ahsp.exchange.documents.workbook.formulas import rounding_formula
from ahsp.exchange.documents.workbook.frame import Column, column_heads, finish, heading, set_up
from ahsp.exchange.documents.workbook.names import BILL_AMOUNT, BILL_STATUS, SheetNames, quoted
from ahsp.exchange.documents.workbook.notes_sheet import SettingCells
from ahsp.exchange.documents.workbook.rows import Formula, RowSheet
from ahsp.exchange.documents.workbook.styles import ACCENT, MONEY, MUTED, WARN, Styles


def write_recap(
    sheet: RowSheet,
    styles: Styles,
    document: RabDocument,
    bill: BillRows,
    names: SheetNames,
    settings: SettingCells,
) -> None:
    _ = translator(document.language)
    columns = (
        Column(_("No."), 16),
        Column(_("Description of work"), 54),
        Column(_("Amount (Rp)"), 24, figures=True),
        Column(_("Status"), 14, indent=1),
    )
    set_up(sheet, styles, document, columns, landscape=False)
    heading(sheet, styles, document, _("Summary of the estimate"), full=True)
    column_heads(sheet, styles, columns)
    writer = _RecapWriter(sheet, styles, document, bill, names, settings)
    writer.write()
    finish(sheet, columns)


class _RecapWriter:
    def __init__(
        self,
        sheet: RowSheet,
        styles: Styles,
        document: RabDocument,
        bill: BillRows,
        names: SheetNames,
        settings: SettingCells,
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._document = document
        self._estimate = document.estimate
        self._bill = bill
        self._names = names
        self._settings = settings
        self.gettext = translator(document.language)
        self._first = sheet.row

    def write(self) -> None:
        loose = iter(self._bill.loose)
        for recap in recap_rows(self._estimate):
            self._part(recap, next(loose) if recap.section is None else [])
        subtotal = self._subtotal()
        total = self._vat_and_total(subtotal)
        self._rounded_and_words(total)
        self._remarks()

    def _part(self, recap: RecapRow, run: list[int]) -> None:
        styles, bill = self._styles, self._names.bill
        if recap.section is None:
            number, name = "", loose_items_name(self._estimate, self._document.language)
            text, first, last = loose_sum(bill, [run]), run[0], run[1]
        else:
            section = recap.section.section
            number, name = section.number, section.name
            row = self._bill.sections[section.key]
            text, first, last = f"{bill}!{BILL_AMOUNT}{row}", row, row
        status: Formula | None = None
        if recap.incomplete:
            cells = f"{bill}!{BILL_STATUS}{first}:{BILL_STATUS}{last}"
            status = self._mark(f"SUMPRODUCT(--(LEN({cells})>0))>0")
        self._sheet.add(
            [
                (number, styles.get(font_color=MUTED, below="hair")),
                (name, styles.text(below="hair")),
                (Formula(text, recap.total), styles.figure(MONEY, below="hair")),
                (status, styles.get(indent=1, font_color=WARN, below="hair")),
            ]
        )

    def _mark(self, condition: str) -> Formula:
        partial = self.gettext("≥ partial")
        return Formula(f'IF({condition},{quoted(partial)},"")', partial)

    def _subtotal(self) -> int:
        last = self._sheet.row - 1
        text = f"ROUND(SUM(C{self._first}:C{last}),2)" if last >= self._first else "0"
        return self._total(self.gettext("Subtotal"), text, self._estimate.subtotal, above="line")

    def _total(self, name: str, text: str, value: Decimal, *, strong: bool = True, above: str = "") -> int:
        """One line below the parts; the state of all of them is that of the bill's subtotal."""
        styles = self._styles
        status = None
        if not self._estimate.complete:
            status = self._mark(f'{self._names.bill}!{BILL_STATUS}{self._bill.subtotal}<>""')
        return self._sheet.add(
            [
                (None, styles.get(above=above, below="hair")),
                (name, styles.text(bold=strong, above=above, below="hair")),
                (Formula(text, value), styles.figure(MONEY, bold=strong, above=above, below="hair")),
                (status, styles.get(indent=1, font_color=WARN, above=above, below="hair")),
            ]
        )

    def _vat_and_total(self, subtotal: int) -> int:
        vat = self._estimate.vat
        if vat is None:
            return subtotal
        row = self._vat(vat, subtotal)
        return self._total(self.gettext("Total"), f"ROUND(C{subtotal}+C{row},2)", self._estimate.total)

    def _vat(self, vat: Vat, subtotal: int) -> int:
        _ = self.gettext
        share = vat.rule.base_fraction
        fraction = "" if share == 1 else f"*{share.numerator}/{share.denominator}"
        rate = percent(vat.rule.rate, self._document.language)
        name = _("VAT {rate} of the subtotal").format(rate=rate)
        if fraction:
            base = _("Tax base (DPP), {share} of the subtotal").format(share=share)
            self._total(base, f"ROUND(C{subtotal}{fraction},2)", vat.base, strong=False)
            name = _("VAT {rate} of the tax base").format(rate=rate)
        text = f"ROUND(C{subtotal}*{self._settings.vat}{fraction},2)"
        return self._total(name, text, vat.amount, strong=False)

    def _rounded_and_words(self, total: int) -> None:
        _ = self.gettext
        document, estimate = self._document, self._estimate
        policy = estimate.settings.total_rounding
        final = total
        if policy.mode is not RoundingMode.NONE:
            name = _("Rounded ({policy})").format(policy=rounding_sentence(policy, document.language))
            text = rounding_formula(f"C{total}", estimate.total, policy)
            final = self._total(name, text, estimate.rounded_total, above="line")
        label = _("In words") if estimate.complete else _("In words (at least)")
        words = in_words(estimate.rounded_total, document.language)
        self._sheet.skip()
        self._sheet.add([(label, self._styles.get(font_color=MUTED)), (words, self._styles.text(italic=True))])
        stale = _("The total has been changed since; these words no longer hold.")
        check = f'IF(ABS(C{final}-{estimate.rounded_total:f})<0.005,"",{quoted(stale)})'
        self._sheet.add([None, (Formula(check, ""), self._styles.text(font_color=WARN))])
        self._sheet.conditional_format(
            f"C{self._first}:C{final}",
            {"type": "formula", "criteria": f'=$D{self._first}<>""', "format": self._styles.lower_bound()},
        )

    def _remarks(self) -> None:
        sentence = lower_bound_sentence(self._document)
        note = self.gettext("Settings and findings are on the sheet {sheet}.").format(sheet=self._names.notes)
        style = self._styles.text(font_color=ACCENT)
        if sentence:
            self._sheet.add([None, (sentence, self._styles.text(font_color=WARN))])
        self._sheet.add([None, (note, style)])
