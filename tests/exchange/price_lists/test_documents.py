"""Documents say of each price what the page says: how much, per what, converted how, where from and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from ahsp.engine.numbers import Notation, format_number
from ahsp.estimates.prices.bodies import COLUMNS, prices_grid
from ahsp.exchange.documents.rab import RabDocument, to_json, write_docx, write_pdf, write_xlsx
from ahsp.exchange.exports import rab_document
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project
from tests.estimates.prices.commanding import CEMENT, WORKER, cell, command, factor
from tests.people import Cast

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def priced(filled: Project, cast: Cast) -> Project:
    """Cement per bag and workers of the project's own, the book of a region and day, sand without a price."""
    PriceBook.objects.filter(pk=filled.price_book_id).update(region="Kota Contoh", valid_on=date(2026, 1, 5))
    told = {"source": "Toko A <b>", "document": "Nota 7", "dated": "3/2/2026"}
    cells = [cell(CEMENT, price="72.500", purchase_unit="zak", **told), cell(WORKER, price="130000,5")]
    command(filled, cast.budi, "prices.set", cells=cells, conversions=[factor("zak", "kg", "50")])
    return Project.objects.select_related("price_book", "edition", "organization").get(pk=filled.pk)


def page(project: Project) -> dict[str, dict[str, Any]]:
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in prices_grid(project)["rows"])
    return {f"{row['name']}/{row['unit']}": row for row in rows}


def written(write: Callable[[RabDocument, BinaryIO], None], document: RabDocument) -> BytesIO:
    target = BytesIO()
    write(document, target)
    target.seek(0)
    return target


def test_json_says_what_the_page_says(priced: Project) -> None:
    shown = page(priced)
    for row in to_json(rab_document(priced, "id"))["prices"]:
        beside = shown[f"{row['name']}/{row['unit']}"]
        for name in ("price", "recorded"):
            assert (row[name] is None) == (beside[name] is None)
            assert row[name] is None or Decimal(row[name]) == Decimal(beside[name])
        assert row["recorded_unit"] in {None, beside["recorded_unit"]}
        assert row["own"] == (beside["state"] == "own")
    cement = next(one for one in to_json(rab_document(priced, "id"))["prices"] if one["name"] == "Semen")
    assert (cement["source"], cement["document"], cement["dated"]) == ("Toko A <b>", "Nota 7", "2026-02-03")
    assert cement["age_days"] == (rab_document(priced, "id").date - date(2026, 2, 3)).days


def test_the_workbook_has_the_same_with_source_and_date(priced: Project) -> None:
    book = openpyxl.load_workbook(written(write_xlsx, rab_document(priced, "id")), data_only=True)
    rows = {row[1]: row for row in book["Harga"].iter_rows(values_only=True) if row[2]}
    cement, worker, foreman, sand = (rows[name] for name in ("Semen", "Pekerja", "Mandor", "Pasir"))
    assert cement[3:7] == (72500, "zak", 0.02, 1450)
    assert cement[7:10] == ("dikonversi dari zak", "harga proyek · Toko A <b> · Nota 7", "03/02/2026")
    assert (worker[6], worker[8].split(" · ")[0]) == (130000.5, "harga proyek")
    assert foreman[8:10] == ("Harga uji · Kota Contoh", "05/01/2026")
    assert (sand[3], sand[8]) == (None, None)


@pytest.mark.parametrize("write", [write_pdf, write_docx])
def test_pages_have_the_same_with_source_and_date(
    priced: Project, write: Callable[[RabDocument, BinaryIO], None]
) -> None:
    made = written(write, rab_document(priced, "id"))
    if write is write_pdf:
        text = " ".join(one.extract_text() for one in PdfReader(made).pages)
    else:
        body = etree.fromstring(ZipFile(made).read("word/document.xml"))
        text = " ".join(one.text or "" for one in body.iter(f"{W}t"))
    text = " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())
    assert "Harga satuan sumber daya" in text
    for row in page(priced).values():
        if row["price"]:
            assert format_number(Decimal(row["price"]), Notation.INDONESIAN) in text
    for said in ("72.500 / zak", "Toko A <b>", "Nota 7", "03/02/2026", "Harga uji · Kota Contoh", "harga belum ada"):
        assert said in text
