"""A person's own price list: what is understood, and what is refused with its row and column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ahsp.core.errors import FileRefused
from ahsp.core.issue_texts import issue_text
from ahsp.engine.numbers import Notation
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.exchange.reading.prices import read_price_file

WORKER = Resource(ResourceKind.LABOR, "Pekerja", "OH")
CEMENT = Resource(ResourceKind.MATERIAL, "Semen Portland", "kg")
MIXER = Resource(ResourceKind.EQUIPMENT, "Molen", "hari")
INDONESIAN = "Jenis;Uraian;Satuan;Harga Satuan (Rp)\nUpah;Pekerja;OH;120.000,00\nBahan;Semen Portland;kg;1.300,50\n"
INDONESIAN += "Alat;Molen;hari;250.000,00\n"
ENGLISH = 'kind,resource,unit,price\nlabour,Pekerja,OH,"120,000.00"\nmaterial,Semen Portland,kg,1300.5\n'
ENGLISH += "equipment,Molen,hari,250000\n"


def write(folder: Path, text: str, name: str = "harga.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str, notation: Notation = Notation.AUTO) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_price_file(write(folder, text), notation=notation)
    assert caught.value.data["file"] == "harga.csv"
    for language in ("id", "en"):
        assert "…" not in issue_text(caught.value.code, caught.value.data, language), "a blank is not filled"
    return caught.value


@pytest.mark.parametrize("text", [INDONESIAN, ENGLISH])
def test_a_list_reads_alike_in_both_languages(tmp_path: Path, text: str) -> None:
    book = read_price_file(write(tmp_path, text))
    assert book.prices == {WORKER: Decimal(120000), CEMENT: Decimal("1300.5"), MIXER: Decimal(250000)}
    assert not book.manifest.is_example
    assert book.table().hours_per_day == 7


def test_a_workbook_reads_like_the_text(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["DAFTAR HARGA SATUAN DASAR"])
    sheet.append(["No", "Jenis", "Nama", "Satuan", "Harga"])
    sheet.append([1, "upah", "Pekerja", "OH", 120000])
    sheet.append([2, "bahan", "Semen Portland", "kg", 1300.5])
    workbook.save(tmp_path / "harga.xlsx")
    book = read_price_file(tmp_path / "harga.xlsx", hours_per_day=Decimal(8))
    assert book.prices == {WORKER: Decimal(120000), CEMENT: Decimal("1300.5")}
    assert book.table().hours_per_day == 8


def test_groups_headed_by_a_row_give_the_kind(tmp_path: Path) -> None:
    text = "No,Uraian,Satuan,Harga\nA.,UPAH,,\n1,Pekerja,OH,120000\nB.,Bahan,,\n1,Semen Portland,kg,1300.5\n"
    assert read_price_file(write(tmp_path, text)).prices == {WORKER: Decimal(120000), CEMENT: Decimal("1300.5")}


def test_a_row_without_a_price_stays_missing(tmp_path: Path) -> None:
    text = "jenis,nama,satuan,harga\nupah,Pekerja,OH,\nbahan,Semen Portland,kg,1300\n"
    assert WORKER not in read_price_file(write(tmp_path, text)).prices


def test_the_same_price_twice_is_one_price(tmp_path: Path) -> None:
    text = "jenis,nama,satuan,harga\nupah,Pekerja,OH,120000\nupah,Pekerja,OH,120000\n"
    assert len(read_price_file(write(tmp_path, text)).prices) == 1


def test_other_capitals_and_spaces_are_the_same_resource_of_the_edition(tmp_path: Path) -> None:
    text = "jenis,nama,satuan,harga\nbahan,semen  portland,KG,1300\n"
    assert read_price_file(write(tmp_path, text), known=[CEMENT, MIXER]).prices[CEMENT] == 1300


def test_another_unit_is_another_resource(tmp_path: Path) -> None:
    text = "jenis,nama,satuan,harga\nbahan,Semen Portland,zak,65000\n"
    assert CEMENT not in read_price_file(write(tmp_path, text), known=[CEMENT]).prices


def test_spellings_with_different_prices_are_not_guessed_between(tmp_path: Path) -> None:
    text = "jenis,nama,satuan,harga\nbahan,semen portland,kg,1300\nbahan,SEMEN PORTLAND,kg,1400\n"
    assert CEMENT not in read_price_file(write(tmp_path, text), known=[CEMENT]).prices


HEAD = "jenis,nama,satuan,harga\nupah,Pekerja,OH,120000\n"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("upah,Pekerja,OH,130000", "prices.duplicate", "D"),
        ("upah,Mandor,,200000", "prices.blank", "C"),
        ("upah,,OH,200000", "prices.blank", "B"),
        ("jasa,Mandor,OH,200000", "prices.kind_unknown", "A"),
        (",Mandor,OH,200000", "prices.kind_missing", "A"),
        ("upah,Mandor,OH,dua ratus", "prices.unreadable", "D"),
        ("upah,Mandor,OH,#REF!", "prices.unreadable", "D"),
        ("upah,Mandor,OH,0", "prices.impossible", "D"),
        ("upah,Mandor,OH,-5", "prices.impossible", "D"),
        ("upah,Mandor,OH,1000000000000", "prices.impossible", "D"),
        ("upah,Mandor,OH,12.500", "number.ambiguous", "D"),
    ],
)
def test_a_wrong_row_refuses_the_list_by_row_and_column(tmp_path: Path, row: str, code: str, column: str) -> None:
    error = refusal(tmp_path, HEAD + row + "\n")
    assert (error.code, error.data["row"], error.data["column"]) == (code, "3", column)


def test_an_ambiguous_price_is_settled_by_the_notation(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "upah,Mandor,OH,12.500\n")
    foreman = Resource(ResourceKind.LABOR, "Mandor", "OH")
    assert read_price_file(path, notation=Notation.INDONESIAN).prices[foreman] == 12500
    assert read_price_file(path, notation=Notation.ENGLISH).prices[foreman] == Decimal("12.5")


def test_a_list_without_the_columns_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a,b,c\n1,2,3\n").code == "prices.header_missing"


def test_a_list_without_a_price_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, "jenis,nama,satuan,harga\nupah,Pekerja,OH,\n").code == "prices.none"


def test_a_formula_without_a_value_is_not_taken_for_a_missing_price(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["jenis", "nama", "satuan", "harga"])
    sheet.append(["upah", "Pekerja", "OH", "=100000*1.2"])
    sheet.append(["upah", "Mandor", "OH", 200000])
    workbook.save(tmp_path / "harga.xlsx")
    with pytest.raises(FileRefused) as caught:
        read_price_file(tmp_path / "harga.xlsx")
    assert (caught.value.code, caught.value.data["row"]) == ("formula.uncached", "2")
