"""The summary: top sections, subtotal, VAT with its base, total, rounded total, in words."""

from __future__ import annotations

from fractions import Fraction

from ahsp.core.words import in_words
from ahsp.exchange.documents.content import RecapRow, loose_items_name, lower_bound_sentence, recap_rows
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.totals import Total, TotalLine, total_lines
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
        last = self._sheet.row - 1
        rows: dict[Total, int] = {}
        for line in total_lines(self._document):
            rows[line.kind] = self._total(line, self._formula(line.kind, rows, last))
        self._words(max(rows.values()))
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
            status = self._mark(f"SUMPRODUCT(LEN({cells}))>0")
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

    def _formula(self, kind: Total, rows: dict[Total, int], last: int) -> str:
        """The formula of a line; `rows` has those above it, `last` is the row of the last part."""
        if kind is Total.SUBTOTAL:
            return f"ROUND(SUM(C{self._first}:C{last}),2)" if last >= self._first else "0"
        subtotal = f"C{rows[Total.SUBTOTAL]}"
        share = self._estimate.vat.rule.base_fraction if self._estimate.vat else Fraction(1)
        fraction = "" if share == 1 else f"*{share.numerator}/{share.denominator}"
        if kind is Total.VAT_BASE:
            return f"ROUND({subtotal}{fraction},2)"
        if kind is Total.VAT:
            return f"ROUND({subtotal}*{self._settings.vat}{fraction},2)"
        if kind is Total.TOTAL:
            return f"ROUND({subtotal}+C{rows[Total.VAT]},2)"
        total = rows.get(Total.TOTAL, rows[Total.SUBTOTAL])
        return rounding_formula(f"C{total}", self._estimate.total, self._estimate.settings.total_rounding)

    def _total(self, line: TotalLine, text: str) -> int:
        """One line below the parts; the state of all of them is that of the bill's subtotal."""
        styles = self._styles
        above = "line" if line.strong or line.kind is Total.SUBTOTAL else ""
        status = None
        if not self._estimate.complete:
            status = self._mark(f'{self._names.bill}!{BILL_STATUS}{self._bill.subtotal}<>""')
        return self._sheet.add(
            [
                (None, styles.get(above=above, below="hair")),
                (line.name, styles.text(bold=line.strong, above=above, below="hair")),
                (Formula(text, line.value), styles.figure(MONEY, bold=line.strong, above=above, below="hair")),
                (status, styles.get(indent=1, font_color=WARN, above=above, below="hair")),
            ]
        )

    def _words(self, final: int) -> None:
        _ = self.gettext
        document, estimate = self._document, self._estimate
        label = _("In words") if estimate.complete else _("In words (at least)")
        words = in_words(estimate.rounded_total, document.language)
        self._sheet.skip()
        self._sheet.add([(label, self._styles.text(font_color=MUTED)), (words, self._styles.text(italic=True))])
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
