"""Sentences for issue and error codes, in Indonesian and English, with or without Django."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from ahsp.core.account_texts import ACCOUNT_TEXTS
from ahsp.core.analysis_texts import ANALYSIS_TEXTS
from ahsp.core.api_texts import API_TEXTS
from ahsp.core.bill_texts import BILL_TEXTS
from ahsp.core.catalog_texts import CATALOG_TEXTS
from ahsp.core.doctor_texts import DOCTOR_TEXTS
from ahsp.core.doctor_work_texts import DOCTOR_WORK_TEXTS
from ahsp.core.health_texts import HEALTH_TEXTS
from ahsp.core.job_texts import JOB_TEXTS
from ahsp.core.live_texts import LIVE_TEXTS
from ahsp.core.operations_texts import OPERATIONS_TEXTS
from ahsp.core.price_texts import PRICE_TEXTS
from ahsp.core.project_texts import PROJECT_TEXTS
from ahsp.core.quantity_texts import QUANTITY_TEXTS
from ahsp.core.request_texts import REQUEST_TEXTS
from ahsp.engine.numbers import Notation, format_number

LOCALE_DIR = Path(__file__).parent / "locale"

TEXTS: dict[str, str] = {
    **ACCOUNT_TEXTS,
    **ANALYSIS_TEXTS,
    **API_TEXTS,
    **BILL_TEXTS,
    **CATALOG_TEXTS,
    **DOCTOR_TEXTS,
    **DOCTOR_WORK_TEXTS,
    **HEALTH_TEXTS,
    **JOB_TEXTS,
    **LIVE_TEXTS,
    **OPERATIONS_TEXTS,
    **PRICE_TEXTS,
    **PROJECT_TEXTS,
    **QUANTITY_TEXTS,
    **REQUEST_TEXTS,
    "amount.differs": (
        "{file}, row {row}, column {column}: the file states {stated:n}, but quantity × unit price is "
        "{product:n}, which is what counts; check both."
    ),
    "amount.unreadable": (
        "{file}, row {row}, column {column}: the amount “{text}” is no number and was not compared; write digits only."
    ),
    "analysis.code_tidied": "The code {written} was read as {analysis}",
    "analysis.cycle": "Analysis {analysis} contains {within} again, so neither can price the other",
    "analysis.empty": "The analysis has no line that costs anything",
    "analysis.other_edition": "The code {analysis} is not in this edition, but in {editions}",
    "analysis.partial": "{priced} of {counted} lines priced, missing: {missing}",
    "analysis.too_deep": "Analysis {analysis} is nested more than {depth} levels deep",
    "analysis.unknown": "There is no analysis with the code {analysis}",
    "analysis.unpriced": "None of the {counted} lines is priced, missing: {missing}",
    "boq.no_items": (
        "{file}: below the header in row {row} there is no line with a unit, a quantity or a price; check"
        " that this is the bill and the right sheet."
    ),
    "cell.error": (
        "{file}, row {row}, column {column}: the cell holds the error {text}; mend its formula in the "
        "spreadsheet and save the file again."
    ),
    "cell.too_long": (
        "{file}, row {row}, column {column}: the cell holds more than {limit:n} characters; shorten its text."
    ),
    "code.is_date": (
        "{file}, row {row}, column {column}: the spreadsheet turned the code into the date {text}; format"
        " the column as text and type the code again."
    ),
    "coefficient.missing": "The coefficient of {line} is missing",
    "description.missing": (
        "{file}, row {row}, column {column}: the line has neither a description nor a code; write one."
    ),
    "file.binary": "{file} is neither a workbook nor text; save the bill as XLSX or CSV.",
    "file.broken_quotes": (
        "{file}, row {row}: a quotation mark opens a cell and does not close it where the cell ends; "
        "write a quotation mark inside such a cell twice, or remove it."
    ),
    "file.empty": "{file} is empty; choose the file that holds the bill.",
    "file.encoding": "{file} is text in an encoding that is not known here; save it as CSV UTF-8.",
    "file.not_a_table": (
        "{file} is a web page or a document and not a table; open it in a spreadsheet program and save it"
        " as XLSX or CSV."
    ),
    "file.not_found": "{file} does not exist; check its name and folder.",
    "file.too_large": (
        "{file} is larger than {limit}; remove pictures and sheets the bill does not need, or split it."
    ),
    "file.too_many_columns": (
        "{file}, row {row}, column {column}: something stands beyond the first {limit} columns; keep only"
        " the columns of the bill."
    ),
    "file.too_many_rows": (
        "{file}, row {row}: something stands beyond the first {limit:n} rows; split the bill into several files."
    ),
    "file.unreadable": ("{file} cannot be read ({reason}); check that it is a file and that you may open it."),
    "formula.uncached": (
        "{file}, row {row}, column {column}: the formula has no stored value; open the file once in a "
        "spreadsheet program, save it and try again."
    ),
    "header.changes": (
        "{file}, row {row}, column {column}: another header begins here, with “{heading}” in another "
        "column than above; keep one layout, or split the file."
    ),
    "header.merged": (
        "{file}, row {row}, column {column}: the merged heading “{heading}” leaves open which column "
        "holds what; unmerge it and give each column a heading of its own."
    ),
    "header.missing": (
        "{file}: no header was found within the first {rows} rows. Words looked for: {words}. A column "
        "for the description and one for the quantity or the unit are needed."
    ),
    "header.twice": (
        "{file}, row {row}: columns {column} (“{heading}”) and {other} (“{rival}”) say the same; rename or "
        "remove the one that does not count."
    ),
    "item.unpriced": "The line has neither an analysis code nor a unit price",
    "item_number.duplicate": (
        "{file}, row {row}, column {column}: number {number} is already used in row {earlier} of the same"
        " section; both lines count, remove one if it is a repetition."
    ),
    "number.ambiguous": (
        "{file}, row {row}, column {column} ({heading}): “{text}” can mean {indonesian} (Indonesian) or "
        "{english} (English); choose the one the file uses (at the command line: --locale id or en)."
    ),
    "output.ending": "{file}: the output must end in .xlsx, .pdf or .docx",
    "output.format": "There is no document as {file}; choose one of: {known}.",
    "output.is_folder": "{file} is a folder; name a file in it",
    "output.is_input": "{file} is the bill itself; name another file for the output",
    "output.no_folder": "{file}: there is no folder {folder}; make it first or name another",
    "output.unwritable": "{file} cannot be written ({reason}); free space or name another place",
    "overhead.unusual": "Overhead and profit are {overhead:n} %, outside the usual {low:n} to {high:n} %",
    "percentage.basis_missing": "{line} is a percentage of lines that do not exist",
    "percentage.cycle": "{line} is a percentage that comes back to itself",
    "price.missing": "The price of {resource} ({unit}) is missing",
    "price.own_kept": "The line's own unit price {own:n} was kept; analysis {analysis} gives {computed:n}",
    "quantity.absurd": (
        "{file}, row {row}, column {column}: the quantity {text} has more digits than is plausible and is"
        " not counted; correct it."
    ),
    "quantity.missing": "The quantity is missing",
    "quantity.negative": (
        "{file}, row {row}, column {column}: the quantity {text} is negative and is not counted; correct "
        "it, or leave the line out."
    ),
    "quantity.unreadable": (
        "{file}, row {row}, column {column}: the quantity “{text}” is no number and is not counted; write digits only."
    ),
    "quantity.zero": ("{file}, row {row}, column {column}: the quantity is 0, so the line costs nothing; check it."),
    "row.not_counted": (
        "{file}, row {row}, column {column}: {text} is not counted, for the row has no unit and quantity;"
        " fill them in if it is work to be paid."
    ),
    "row.subtotal": (
        "{file}, row {row}: “{text}” was read as a sum and is not counted; give it a unit and a quantity if it is work."
    ),
    "sheet.chosen": ("{file}: sheet “{sheet}” was read, for its header matches best; other sheets not read: {others}."),
    "sheet.none": "{file} is a text file without sheets; leave the name of the sheet out.",
    "sheet.several": (
        "{file}: sheet “{sheet}” was read; other sheets look like bills too and were not: {others}. Name "
        "the sheet if you mean another one."
    ),
    "sheet.unknown": "{file} has no sheet “{sheet}”; choose one of: {sheets}.",
    "unit.contradicts": "The line is in {unit}, the analysis in {analysis_unit}",
    "unit_price.absurd": (
        "{file}, row {row}, column {column}: the unit price {text} has more digits than is plausible and "
        "is not used; correct it."
    ),
    "unit_price.negative": (
        "{file}, row {row}, column {column}: the unit price {text} is negative and is not used; correct it."
    ),
    "unit_price.unreadable": (
        "{file}, row {row}, column {column}: the unit price “{text}” is no number and is not used; write digits only."
    ),
    "unit_price.zero": (
        "{file}, row {row}, column {column}: the unit price 0 is taken as not filled in; write the price,"
        " or leave the cell empty."
    ),
    "workbook.damaged": (
        "{file} is a damaged workbook; open it in a spreadsheet program, save it as a new file and try again."
    ),
    "workbook.encrypted": ("{file} is protected by a password; open it, remove the password and save it again."),
    "workbook.no_sheet": "{file} has no worksheet; choose the workbook that holds the bill.",
    "workbook.not_a_workbook": "{file} is not a workbook; save the bill as XLSX or CSV.",
    "workbook.old_format": ("{file} is in the old XLS format; open it in a spreadsheet program and save it as XLSX."),
    "workbook.other_format": (
        "{file} is in the {format} format; open it in a spreadsheet program and save it as XLSX."
    ),
    "workbook.too_many_parts": (
        "{file} consists of more than {limit:n} parts; copy the sheet of the bill into a new workbook."
    ),
    "workbook.unpacks_too_large": (
        "{file} unpacks to far more than a bill of quantities holds; copy the sheet of the bill into a new workbook."
    ),
}


PLACE = "{file}, row {row}, column {column}:"
PLACE_OF_ROW = "{file}, row {row}:"


class _Value(str):
    """A piece of data in a sentence; `{name:n}` writes a number in the notation of the language."""

    notation: Notation

    def __new__(cls, text: str, notation: Notation) -> _Value:
        value = super().__new__(cls, text)
        value.notation = notation
        return value

    def __format__(self, spec: str) -> str:
        if spec != "n":
            return super().__format__(spec)
        try:
            return format_number(Decimal(self), self.notation)
        except ArithmeticError:
            return str(self)


class _Data(dict[str, _Value]):
    """A placeholder without data shows as an ellipsis rather than hiding the whole sentence."""

    def __missing__(self, key: str) -> _Value:
        return _Value("…", Notation.ENGLISH)


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE_DIR, languages=[language], fallback=True)


def issue_text(code: str, data: Mapping[str, str], language: str) -> str:
    """The sentence for `code` in `language` ("id" or "en"). An unknown code is shown as itself.

    Data that tells a place in a file ("file", "row", "column") comes first where the sentence does not tell it.
    """
    template = TEXTS.get(code, code)
    translate = _translations(language).gettext
    sentence = translate(template)
    if {"file", "row"} <= data.keys() and "{file" not in template:
        place = PLACE if "column" in data else PLACE_OF_ROW
        sentence = f"{translate(place)} {sentence}"
    notation = Notation.ENGLISH if language == "en" else Notation.INDONESIAN
    values = _Data({name: _Value(text, notation) for name, text in data.items()})
    return sentence.format_map(values)
