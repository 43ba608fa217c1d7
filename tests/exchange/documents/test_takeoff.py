"""The back-up volume: other programs, recalculating the workbook, get the quantities of the estimate."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ahsp.engine.boq import Estimate, EstimateSettings, Section, WorkItem
from ahsp.engine.estimate import price_estimate
from ahsp.engine.prices import PriceTable
from ahsp.engine.quantities import QuantityGraph, Source
from ahsp.engine.takeoff import TakeoffLine
from ahsp.exchange.documents.rab import Language, RabDocument
from ahsp.exchange.documents.takeoff.document import (
    Measurement,
    ShownParameter,
    TakeoffDocument,
    write_takeoff_pdf,
    write_takeoff_xlsx,
)
from tests.exchange.documents.recalculation import (
    by_libreoffice,
    by_second_engine,
    differences,
    formula_cells,
    set_cells,
)

PARAMETERS = {
    "tinggi": "tebal * 20",
    "tebal": "0,15",
    "jumlah_kolom": "floor(10/3*3) + ceil(0,1*3*10)",
    "salah": "1/0",
    "luas": "v1 / 2",
}
SOURCES: dict[str, Source] = {
    "v1": (
        TakeoffLine("As A–C", "4", "3,5", "", "tinggi"),
        TakeoffLine("Balok, dua sisi", "2", "0,8+0,4", "2,1"),
        TakeoffLine("Dikurangi pintu", deduction="2*0,8*2,1"),
        TakeoffLine("Catatan saja"),
    ),
    "v2": (
        TakeoffLine("Pelat", "3", "2", "1,5", "", "0,5", "= n * (p + l) * tebal"),
        TakeoffLine("Dari pekerjaan lain", formula="v1 * tebal - max(1; 2; v4)"),
    ),
    "v3": "if(v1 > 40; -2^2 + 2^3^2; sqrt(9)) + round(1234,565; 2) + sum(1; 2) + abs(-3) * min(2; 3)",
    "v4": Decimal("1.25"),
    "v5": None,
    "v6": (TakeoffLine("Salah tulis", "2,5 m"), TakeoffLine("Benar", "2")),
    "v7": "v5 * 2",
    "v8": "-(2) ^ 2 - (3 - 4) / (1 / 3) * jumlah_kolom",
}


def takeoff(sources: dict[str, Source] = SOURCES, language: Language = "id") -> TakeoffDocument:
    found = QuantityGraph(PARAMETERS, sources).evaluate()
    items = tuple(
        WorkItem(name, f"I.{at}", f"Pekerjaan {name} <b>", "m3", found.values.get(name), unit_price=Decimal(1000))
        for at, name in enumerate(sources, 1)
    )
    tree = (Section("s1", "I", "STRUKTUR", items[:-2]), *items[-2:])
    estimate = price_estimate(Estimate(tree, {}, PriceTable({}), EstimateSettings(Decimal("0.1"), None)))
    rab = RabDocument(
        title="Gedung Uji",
        organization="Dinas",
        edition="Edisi",
        price_source="Harga",
        prices_are_example=False,
        estimate=estimate,
        language=language,
        revision="7",
    )
    parameters = tuple(
        ShownParameter(name, text, "m", "", found.values.get(name), found.issues.get(name, ()))
        for name, text in PARAMETERS.items()
    )
    measurements = {
        name: Measurement(
            name,
            source if isinstance(source, str) else "",
            found.sheets[name].lines if name in found.sheets else (),
            found.issues.get(name, ()),
        )
        for name, source in sources.items()
    }
    return TakeoffDocument(rab, parameters, measurements)


def written(document: TakeoffDocument, folder: Path) -> Path:
    path = folder / "volume.xlsx"
    with path.open("wb") as file:
        write_takeoff_xlsx(document, file, lambda _percent: None)
    return path


def quantities(path: Path) -> dict[str, object]:
    """The quantity cells by what the item is called."""
    rows = load_workbook(path, data_only=True)["Volume"].iter_rows(min_row=5, values_only=True)
    return {str(row[10]): row[8] for row in rows if row[10] and str(row[10]).startswith("v")}


def test_every_formula_gives_our_quantity(tmp_path: Path) -> None:
    path = written(takeoff(), tmp_path)
    assert len(formula_cells(path)) > 15
    assert "\n".join(differences(path, by_second_engine(path))) == ""
    ours = {one.item.key: one.item.quantity for one in takeoff().rab.estimate.items()}
    for name, quantity in quantities(path).items():
        assert quantity == (None if ours[name] is None else pytest.approx(float(ours[name] or 0)))


def test_libreoffice_gives_our_quantity_too(tmp_path: Path, soffice: str) -> None:
    path = written(takeoff(), tmp_path)
    assert "\n".join(differences(path, by_libreoffice(soffice, path, tmp_path))) == ""


def test_a_number_filled_in_is_calculated_up_to_who_rests_on_it(tmp_path: Path) -> None:
    path = written(takeoff(), tmp_path)
    rows = {row[1].value: row[0].row for row in load_workbook(path)["Volume"].iter_rows() if row[1].value}
    after = by_second_engine(set_cells(path, {("Volume", f"C{rows['Catatan saja']}"): 10.0}))
    changed = {**SOURCES, "v1": (*SOURCES["v1"][:3], TakeoffLine("", "10"))}  # type: ignore[index]
    expected = {one.item.key: one.item.quantity for one in takeoff(changed).rab.estimate.items()}
    for name in ("v1", "v2", "v3"):
        row = rows[f"Pekerjaan {name} <b>"]
        assert after["Volume", f"I{row}"] == pytest.approx(float(expected[name] or 0))


def test_what_cannot_be_calculated_is_told_and_no_number(tmp_path: Path) -> None:
    book = load_workbook(written(takeoff(), tmp_path), data_only=True)
    rows = {str(row[10]): row for row in book["Volume"].iter_rows(min_row=5, values_only=True) if row[10]}
    assert (rows["v6"][8], rows["v6"][11]) == (None, "Baris perhitungan volume yang tidak dapat dihitung: 1")
    assert (rows["v7"][8], rows["v7"][11]) == (None, "v5 (karakter ke-1) belum punya volume")
    faulty = next(row for row in book["Volume"].iter_rows(values_only=True) if row[1] == "Salah tulis")
    assert (faulty[2], faulty[8], faulty[11]) == ("2,5 m", None, "m tidak dapat berada pada karakter ke-5")


def test_a_formula_that_no_spreadsheet_reads_leaves_its_value(tmp_path: Path) -> None:
    sources: dict[str, Source] = {"v1": Decimal(2), "v2": "sum(" + ";".join(["v1"] * 300) + ")"}
    assert quantities(written(takeoff(sources), tmp_path)) == {"v1": 2, "v2": 600}


def test_texts_are_no_formulas(tmp_path: Path) -> None:
    sources: dict[str, Source] = {"v1": (TakeoffLine("=cmd|' /C calc'!A0", "1"), TakeoffLine("@SUM(1)", "=x"))}
    book = load_workbook(written(takeoff(sources), tmp_path))
    texts = [cell for row in book["Volume"].iter_rows() for cell in row if cell.value in {"=cmd|' /C calc'!A0", "=x"}]
    assert [cell.data_type for cell in texts] == ["s", "s"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_shows_every_line(language: Language) -> None:
    target = BytesIO()
    document = takeoff(language=language)
    write_takeoff_pdf(document, target, lambda _percent: None)
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(target).pages)
    numbers, name = (["43,68", "−3,36"], "Back-up volume") if language == "id" else (["43.68", "−3.36"], "Back-up of")
    for shown in (*numbers, name, "As A–C", "tebal * 20", "v2", "0,8+0,4", "STRUKTUR", "Pekerjaan v1 <b>"):
        assert shown in text
