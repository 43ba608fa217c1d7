"""The DOCX, read back as text and opened by a word processor."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader

from ahsp.core.words import in_words
from ahsp.engine.numbers import Notation, format_number
from ahsp.exchange.documents.rab import RabDocument, write_docx
from tests.exchange.documents.samples import complete_children, document, item

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(rab: RabDocument) -> BytesIO:
    target = BytesIO()
    write_docx(rab, target)
    return target


def text_of(rab: RabDocument) -> str:
    body = etree.fromstring(ZipFile(made(rab)).read("word/document.xml"))
    paragraphs = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in body.iter(f"{W}p"))
    return "\n".join(paragraphs).replace("\N{NO-BREAK SPACE}", " ")


def test_totals_words_items_and_sums_are_those_of_the_estimate() -> None:
    rab = document(complete_children())
    text, estimate = text_of(rab), rab.estimate
    assert estimate.vat is not None
    values = [estimate.subtotal, estimate.vat.base, estimate.vat.amount, estimate.total, estimate.rounded_total]
    for priced in estimate.items():
        assert priced.item.description in text
        assert priced.amount is not None
        values.append(priced.amount)
    for value in values:
        assert format_number(value, Notation.INDONESIAN, decimals=2) in text
    assert in_words(estimate.rounded_total, "id") in text
    assert "Jumlah II.2.1 Dalam sekali" in text
    assert "≥" not in text


def test_a_lower_bound_is_marked_and_what_lacks_is_listed() -> None:
    text = text_of(document())
    assert "9 dari 20 pekerjaan belum berharga lengkap" in text
    assert "Terbilang (sekurang-kurangnya)" in text
    for word in ("≥", "harga belum ada", "volume belum ada", "Kerikil", "Barang langka", "77.7"):
        assert word in text


@pytest.mark.parametrize("name", ["<w:p/> & \"x\" 'y'", "<!--place of a table-->", "a\x00b\x0bc\ud800d", "]]>"])
def test_text_of_people_is_text(name: str) -> None:
    rab = document((item("1", name, "m3", "1", "DIG"),))
    kept = "".join(sign for sign in name if sign.isprintable())
    assert kept in text_of(rab)
    assert len(Document(made(rab)).tables) == len(Document(made(document(complete_children()))).tables)


def test_the_head_of_the_bill_is_repeated_and_rows_stay_whole() -> None:
    many = tuple(item(str(number), f"Galian {number}", "m3", "1", "DIG") for number in range(120))
    bill = max(Document(made(document(many))).tables, key=lambda table: len(table._tbl.tr_lst))._tbl
    assert len(list(bill.iter(f"{W}tblHeader"))) == 1
    # The head, 120 items and their sum.
    assert len(list(bill.iter(f"{W}cantSplit"))) == 122
    assert all(sum(int(one.get(f"{W}w")) for one in row.iter(f"{W}tcW")) for row in bill.tr_lst)


def test_progress_is_told_and_can_stop_the_writing() -> None:
    heard: list[int] = []
    write_docx(document(), BytesIO(), heard.append)
    assert heard == sorted(heard)
    assert 0 < heard[0] <= heard[-1] < 100

    class Enough(Exception):
        pass

    def stop(_percent: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        write_docx(document(), BytesIO(), stop)


def test_a_word_processor_opens_it(soffice: str, tmp_path: Path) -> None:
    rab = document()
    (tmp_path / "rab.docx").write_bytes(made(rab).getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "rab.docx"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert (tmp_path / "rab.pdf").exists(), f"install libreoffice-writer: {done.stderr}"
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "rab.pdf").pages)
    assert format_number(rab.estimate.rounded_total, Notation.INDONESIAN, decimals=2) in text
    assert rab.title in text
