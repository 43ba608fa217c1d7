"""The estimate as JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from ahsp.core.words import in_words
from ahsp.exchange.documents.rab import to_json
from tests.exchange.documents.samples import complete_children, document, item


def test_the_shape_is_the_promised_one() -> None:
    shape = to_json(document(edition_code="ck-se47-2026"))
    assert list(shape) == [
        "edition", "lines", "subtotal", "vat", "total", "rounded_total", "in_words", "complete", "issues",
    ]  # fmt: skip
    assert shape["edition"] == "ck-se47-2026"
    assert list(shape["lines"][0]) == [
        "no", "code", "description", "unit", "quantity", "unit_price", "amount", "status", "issues",
    ]  # fmt: skip
    assert shape["complete"] is False
    json.dumps(shape)


def test_lines_are_the_work_items_in_order() -> None:
    rab = document(complete_children())
    lines = to_json(rab)["lines"]
    assert [line["description"] for line in lines] == [one.item.description for one in rab.estimate.items()]
    assert lines[0] == {
        "no": "0", "code": "DIG", "description": "Pekerjaan lepas", "unit": "m3", "quantity": "1.5",
        "unit_price": "107360.00", "amount": "161040.00", "status": "PRICED", "issues": [],
    }  # fmt: skip


def test_decimals_are_plain_strings() -> None:
    rab = document((item("1", "Galian", "m3", "1E+3", price="1E+6"), item("2", "Kecil", "m3", "1E-7", price="1")))
    first, second = to_json(rab)["lines"]
    assert (first["quantity"], first["unit_price"], first["amount"]) == ("1000", "1000000", "1000000000.00")
    assert second["quantity"] == "0.0000001"


def test_what_is_not_known_is_null_and_explained() -> None:
    lines = {line["no"]: line for line in to_json(document(language="en"))["lines"]}
    assert lines["21"]["unit_price"] is None
    assert lines["21"]["amount"] is None
    assert lines["21"]["status"] == "UNPRICED"
    assert lines["22"]["quantity"] is None
    assert lines["22"]["status"] == "PARTIAL"
    partial = lines["20"]
    assert (partial["status"], partial["issues"][0]["code"]) == ("PARTIAL", "analysis.partial")
    assert partial["issues"][0]["severity"] == "error"
    assert partial["issues"][0]["text"] == "4 of 5 lines priced, missing: Kerikil (kg)"


def test_vat_is_told_with_its_base() -> None:
    now = to_json(document(complete_children()))
    assert (now["vat"]["rate"], now["vat"]["base_fraction"]) == ("0.12", "11/12")
    before = to_json(document(complete_children(), day=date(2024, 5, 1)))
    assert (before["vat"]["rate"], before["vat"]["base_fraction"]) == ("0.11", "1")
    assert now["vat"]["amount"] == before["vat"]["amount"]
    without = to_json(document(complete_children(), day=None))
    assert without["vat"] is None
    assert without["total"] == without["subtotal"]


def test_words_are_those_of_the_rounded_total() -> None:
    shape = to_json(document(complete_children(), total="floor:1000000"))
    assert Decimal(shape["rounded_total"]) % 1_000_000 == 0
    assert shape["in_words"] == in_words(Decimal(shape["rounded_total"]), "id")
