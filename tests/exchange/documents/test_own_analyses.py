"""Documents of a project with own and modified analyses: they say so, and stay equal to its pages."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from ahsp.exchange.documents.rab import RabDocument, to_json, write_docx, write_pdf, write_xlsx
from ahsp.exchange.exports import rab_document
from ahsp.projects.models import Project
from tests.estimates.analyses.acts import fill, item, lines, run
from tests.people import Cast


@pytest.fixture
def document(project: Project, cast: Cast) -> RabDocument:
    """2.1 is modified and nested in an own analysis; a further copy is used by nothing."""
    fill(project, cast.ani)
    run(project, cast.ani, "analyses.modify", reference="2.1")
    first = lines(project, "2.1-M1")[0]
    run(project, cast.ani, "lines.set", rows=[{"key": f"l{first.pk}", "coefficient": "0,5"}])
    nested = [{"line_kind": "nested", "nested_code": "2.1-M1", "coefficient": "1,5"}]
    made = run(project, cast.ani, "analyses.add", code="SENDIRI", name="Pagar <b>", unit="m2", lines=nested)
    run(project, cast.ani, "analyses.use", analysis=made["key"], items=[f"i{item(project, '6').pk}"])
    run(project, cast.ani, "analyses.modify", reference="1.1", items=[], code="TAK-DIPAKAI")
    return rab_document(project, "id")


def test_those_in_use_are_told_with_what_they_were_made_from(document: RabDocument) -> None:
    assert [tuple(own) for own in document.own_analyses] == [
        ("2.1-M1", "Pekerjaan 2.1", "2.1"), ("SENDIRI", "Pagar <b>", ""),
    ]  # fmt: skip
    shown = to_json(document)
    assert shown["own_analyses"] == {"2.1-M1": "2.1", "SENDIRI": None}
    assert [line["code"] for line in shown["lines"]] == ["1.1", "1.1", "2.1-M1", "2.2", "", "SENDIRI"]


def test_the_workbook_marks_them_and_has_the_same_unit_prices(document: RabDocument) -> None:
    target = BytesIO()
    write_xlsx(document, target)
    book = CalamineWorkbook.from_filelike(BytesIO(target.getvalue()))
    cells = {str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert "Pekerjaan 2.1 — diubah dari 2.1" in cells
    assert "Pagar <b> — analisa sendiri proyek ini" in cells
    assert "Analisa di luar edisi" in cells
    bill = book.get_sheet_by_name(book.sheet_names[1]).to_python()
    by_code = {row[1]: row for row in bill if row[1] in {"2.1-M1", "SENDIRI"}}
    for priced in document.estimate.items():
        if priced.item.analysis in by_code:
            row = by_code[priced.item.analysis]
            assert (Decimal(str(row[5])), Decimal(str(row[6]))) == (priced.rounded, priced.amount)


def test_pdf_and_docx_list_them(document: RabDocument) -> None:
    pdf, docx = BytesIO(), BytesIO()
    write_pdf(document, pdf)
    write_docx(document, docx)
    text = " ".join(page.extract_text() for page in PdfReader(pdf).pages)
    body = etree.fromstring(ZipFile(docx).read("word/document.xml"))
    for said in (text, " ".join(body.itertext())):
        said = re.sub(r"\s+", " ", said)
        for words in ("2.1-M1", "diubah dari 2.1", "SENDIRI", "Pagar <b>", "Analisa di luar edisi"):
            assert words in said
        assert "TAK-DIPAKAI" not in said
