"""The PDF, read back as text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from ahsp.core.words import in_words
from ahsp.engine.estimate import Section
from ahsp.engine.numbers import Notation, format_number
from ahsp.exchange.documents.rab import RabDocument, write_pdf
from tests.exchange.documents.samples import complete_children, document, item


def pages(rab: RabDocument) -> list[str]:
    target = BytesIO()
    write_pdf(rab, target)
    return [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]


def text_of(rab: RabDocument) -> str:
    return " ".join(pages(rab))


def test_totals_and_words_are_those_of_the_estimate() -> None:
    rab = document(complete_children())
    text, estimate = text_of(rab), rab.estimate
    assert estimate.vat is not None
    for value in (estimate.subtotal, estimate.vat.base, estimate.vat.amount, estimate.total, estimate.rounded_total):
        assert format_number(value, Notation.INDONESIAN, decimals=2) in text
    assert in_words(estimate.rounded_total, "id") in text
    assert "Terbilang" in text
    assert "≥" not in text


def test_every_item_section_and_subtotal_is_there() -> None:
    rab = document(complete_children())
    text = text_of(rab)
    for priced in rab.estimate.items():
        assert priced.item.description in text
        assert priced.amount is not None
        assert format_number(priced.amount, Notation.INDONESIAN, decimals=2) in text
    assert "Jumlah II.2.1 Dalam sekali" in text


def test_a_lower_bound_is_marked_and_what_lacks_is_listed() -> None:
    text = text_of(document())
    assert "≥" in text
    assert "9 dari 20 pekerjaan belum berharga lengkap" in text
    assert "Terbilang (sekurang-kurangnya)" in text
    for word in ("harga belum ada", "volume belum ada", "Kerikil", "Barang langka", "77.7"):
        assert word in text


def test_every_page_has_its_number_and_calls_example_prices_so() -> None:
    many = tuple(item(str(number), f"Galian {number}", "m3", "1", "DIG") for number in range(120))
    found = pages(document(many))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        assert f"Halaman {number} dari {len(found)}" in page
        assert "Harga contoh — bukan harga satuan dasar (HSD)" in page
    assert all("Uraian pekerjaan" in page for page in found[:-1])


def test_prices_of_ones_own_are_not_called_examples() -> None:
    assert "HSD" not in text_of(document(prices_are_example=False, price_source="HSPK 2026"))


def test_english_is_complete() -> None:
    text = text_of(document(language="en"))
    for words in ("Bill of quantities and prices", "Prepared by", "Page 1 of", "no quantity yet", "12 % of a base"):
        assert words in text
    assert "Uraian pekerjaan" not in text


def test_signatures_invent_no_names() -> None:
    text = text_of(document(complete_children()))
    for words in ("Disusun oleh", "Diperiksa oleh", "Disetujui oleh", "Nama, jabatan, tanggal"):
        assert words in text


@pytest.mark.parametrize(
    "nasty",
    [
        '#import "x": *',
        "#panic()",
        "*tebal* _miring_ $x^2$ `raw`",
        "= Judul // komentar",
        "[#d.title] #{ 1 + 1 }",
        "<label> @rujukan",
        "kutip \"dua\" dan 'satu' \\ garis miring",
    ],
)
def test_markup_in_a_description_is_only_text(nasty: str) -> None:
    children = (Section("s", nasty, nasty, (item("1", nasty, "m3", "1", price="100"),)),)
    text = text_of(document(children, title=nasty, organization=nasty, location=nasty, issue_lines=(nasty,)))
    assert text.replace(" ", "").count(nasty.replace(" ", "")) >= 5


def test_letters_of_other_scripts_and_endless_words_do_not_stop_it(tmp_path: Path) -> None:
    children = (
        item("1", "مشروع البناء 🏗️ 建筑", "m3", "1", price="100"),
        item("2", "x" * 5_000, "m3", "1", price="100"),
        item("3", "a\x00b\ud800c", "m3", "99999999999.123456", price="99999999"),
        item("4" * 60, "Nomor panjang", "satuan yang panjang sekali", "1", "DIG" * 40),
    )
    target = tmp_path / "rab.pdf"
    write_pdf(document(children), target)
    assert len(PdfReader(target).pages) > 2


def test_a_tree_as_deep_as_can_be_is_written() -> None:
    child: Section = Section("s0", "1", "Dasar", (item("1", "Galian", "m3", "1", "DIG"),))
    for depth in range(1, 400):
        child = Section(f"s{depth}", str(depth), f"Bagian {depth}", (child,))
    assert "Jumlah 399 Bagian 399" in text_of(document((child,)))
