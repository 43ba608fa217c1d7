"""Whatever a person typed stays text: no formula, no link, no markup, no broken file."""

from __future__ import annotations

import html
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ahsp.engine.estimate import Section
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.workbook.rows import MAX_TEXT
from tests.exchange.documents.recalculation import formula_cells, write
from tests.exchange.documents.samples import document, item

NASTY = [
    "=1+1",
    '=HYPERLINK("http://example.com","x")',
    "+62 812",
    "-5 m dari as",
    "@SUM(A1)",
    "{=1+1}",
    "\t=1+1",
    "http://example.com/a b",
    "<r><t>bold</t></r>",
    "<b>& 'quoted' \"twice\"</b>",
    "_x0041_",
    "مشروع البناء",
    "🏗️ naik 🚧",
    "  spasi di tepi  ",
    "baris\nkedua",
    "0012",
]


def nasty_document() -> RabDocument:
    """Every text field of the tree holds every nasty text once."""
    children = []
    for number, text in enumerate(NASTY):
        line = replace(item(str(number), text, text[:20], "1", price="100"), number=text, analysis=text)
        children.append(Section(f"s{number}", text, text, (line,)))
    return document(
        tuple(children), title=NASTY[0], organization=NASTY[1], location=NASTY[4], edition=NASTY[2],
        price_source=NASTY[8], issue_lines=tuple(NASTY),
    )  # fmt: skip


def test_nothing_typed_becomes_a_formula(tmp_path: Path) -> None:
    path = write(nasty_document(), tmp_path)
    ours = {sheet for sheet, _ in formula_cells(path)}
    assert ours == {"Rekapitulasi", "RAB"}
    assert not any("HYPERLINK" in cell.formula or "1+1" in cell.formula for cell in formula_cells(path).values())
    assert all(not sheet._hyperlinks for sheet in load_workbook(path))


@pytest.mark.parametrize("text", NASTY)
def test_text_reads_back_as_typed(text: str, tmp_path: Path) -> None:
    path = write(document((item("1", text, "m3", "1", price="100"),), language="en"), tmp_path)
    values = [cell for row in CalamineWorkbook.from_path(path).get_sheet_by_name("Bill").to_python() for cell in row]
    # Rich text as a string is told from the real one by a space behind it.
    assert text in values or f"{text} " in values


def test_characters_no_file_can_hold_are_replaced(tmp_path: Path) -> None:
    path = write(document((item("1", "a\x00b\ud800c\uffffd", "m3", "1", price="100"),), language="en"), tmp_path)
    texts = {cell.value for row in load_workbook(path)["Bill"].iter_rows() for cell in row}
    assert "a�b�c�d" in texts


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = write(document((item("1", "x" * 100_000, "m3", "1", price="100"),), language="en"), tmp_path)
    texts = [str(cell.value) for row in load_workbook(path)["Bill"].iter_rows() for cell in row]
    longest = max(texts, key=len)
    assert len(longest) <= MAX_TEXT
    assert longest.endswith("…")


def test_codes_in_the_footer_are_harmless(tmp_path: Path) -> None:
    path = write(document(title='&P &"Arial"&20 proyek & baru'), tmp_path)
    with zipfile.ZipFile(path) as book:
        footer = book.read("xl/worksheets/sheet2.xml").decode().split("<oddFooter>")[1].split("</oddFooter>")[0]
    assert html.unescape(footer).startswith('&L&8 &&P &&"Arial"&&20 proyek && baru&C')
