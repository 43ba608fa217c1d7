"""A price list in a file becomes rows that can be pasted; nothing of it is kept."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ahsp.estimates.models import ProjectPrice
from ahsp.projects.models import Project
from tests.api.program import read, refused
from tests.estimates.prices.commanding import CEMENT, SAND, command, price
from tests.people import Cast, sign_in


def workbook(rows: list[list[Any]], **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def send(client: Client, project: Project, content: bytes, name: str = "harga.xlsx", **more: str) -> Any:
    upload = SimpleUploadedFile(name, content)
    return client.post(f"/api/v2/projects/{project.code}/price-list/", {"file": upload, **more})


ROWS: list[list[Any]] = [
    ["DAFTAR HARGA 2026"],
    ["Uraian", "Satuan", "Harga", "Tanggal"],
    ["B. Bahan"],
    ["Semen", "kg", 1450.125, date(2026, 2, 1)],
    ["Pasir", "m3", 12.555, None],
    ["Keramik", "m2", 90000, None],
    ["Batu", "m3", None, None],
]


def test_rows_of_the_project_come_back_ready_to_paste(filled: Project, cast: Cast) -> None:
    body = read(send(sign_in(cast.budi), filled, workbook(ROWS), name="../../etc/harga.xlsx"))
    assert body["file"] == "harga.xlsx"
    assert body["columns"] == ["kind", "resource", "unit", "price", "dated"]
    # Numbers of a workbook are exact: with three decimals they would be read as thousands.
    assert body["rows"] == [
        ["material", "Semen", "kg", "1450,1250", "2026-02-01"],
        ["material", "Pasir", "m3", "12,5550", ""],
    ]
    assert (body["priced"], body["unpriced"], body["unknown"], body["unknown_names"]) == (3, 1, 1, ["Keramik"])
    assert not ProjectPrice.objects.exists()
    rows, columns = body["rows"], body["columns"]
    command(filled, cast.budi, "prices.paste", rows=rows, columns=columns, version=filled.revision)
    assert (price(filled, CEMENT), price(filled, SAND)) == (Decimal("1450.125"), Decimal("12.555"))


def test_csv_and_another_sheet(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    body = read(send(client, filled, b"Nama;Satuan;Harga\nSemen;kg;1.450,5\n", name="harga.csv"))
    assert body["rows"] == [["Semen", "kg", "1.450,5"]]
    content = workbook([["RAB"], ["Uraian", "Satuan", "Volume"], ["Galian", "m3", 1]], Bahan=ROWS)
    assert read(send(client, filled, content, sheet="Bahan"))["rows"][0][1] == "Semen"
    # The bill's own sheet fits a bill best, and prices nothing here: the next is looked at.
    found = read(send(client, filled, content))
    assert (found["sheet"], found["sheets"], found["rows"][0][1]) == ("Bahan", ["Sheet"], "Semen")


def test_a_formula_without_a_value_is_no_price(filled: Project, cast: Cast) -> None:
    content = workbook([["Nama", "Satuan", "Harga"], ["Semen", "kg", "=1000+450"], ["Pasir", "m3", 5]])
    body = read(send(sign_in(cast.budi), filled, content))
    assert body["rows"][0] == ["Semen", "kg", "=?"]
    told = command(
        filled, cast.budi, "prices.paste", dry_run=True, rows=body["rows"], columns=body["columns"], version=None
    )
    assert [row[1] for row in told["result"]["rows"]] == ["wrong", "writes"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "kosong.csv", "file.empty"),
        (b"Nama;Satuan\nSemen;kg\n", "tanpa.csv", "prices.header_missing"),
        (b"PK\x03\x04rusak", "rusak.xlsx", "workbook.damaged"),
        (b"%PDF-1.7 x", "harga.pdf", "file.not_a_table"),
    ],
)
def test_what_is_no_price_list_is_refused(filled: Project, cast: Cast, content: bytes, name: str, code: str) -> None:
    assert refused(send(sign_in(cast.budi), filled, content, name=name)) == (422, code)


def test_who_may_only_look_sends_no_list(filled: Project, cast: Cast) -> None:
    assert refused(send(sign_in(cast.citra), filled, workbook(ROWS)))[0] == 403
    assert refused(send(sign_in(cast.dedi), filled, workbook(ROWS)))[0] == 404
