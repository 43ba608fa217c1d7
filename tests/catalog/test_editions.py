"""Edition packages: what a sound one gives, and the reason for which a damaged one is refused whole."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ahsp.catalog.packages import (
    edition_path,
    list_editions,
    price_book_path,
    read_edition,
    read_price_book,
    read_records,
)
from ahsp.core.errors import FileRefused, NotFound
from ahsp.core.issue_texts import TEXTS, issue_text
from ahsp.engine.analysis import (
    Analysis,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.resources import Resource, ResourceKind
from tests.catalog.edition_builder import (
    ANALYSES,
    LINES,
    PRICES,
    changed,
    csv_bytes,
    write_book,
    write_edition,
    write_folder,
)

SHIPPED = "ck-se47-2026"


def refusal(folder: Path) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_edition(folder)
    for language in ("id", "en"):
        assert "…" not in issue_text(caught.value.code, caught.value.data, language), "a blank is not filled"
    assert caught.value.code in TEXTS
    return caught.value


def test_the_shipped_edition_has_every_analysis_and_line() -> None:
    edition = read_edition(edition_path(SHIPPED))
    assert edition.manifest.number == "47/SE/Dk/2026"
    assert len(edition.records) == 2062
    assert sum(len(analysis.lines) for analysis in edition.engine_analyses.values()) == 11410
    assert [record.position for record in edition.records] == list(range(1, 2063))
    assert len({record.division for record in edition.records}) == 10


def test_a_shipped_analysis_reads_as_the_regulation_prints_it() -> None:
    analysis = read_edition(edition_path(SHIPPED)).analysis("3.6.1.8")
    coefficients = {
        (line.resource.name, line.resource.unit): line.coefficient
        for line in analysis.lines
        if isinstance(line, ResourceLine)
    }
    assert coefficients["Pekerja", "OH"] == Decimal("0.2")
    assert coefficients["Mandor", "OH"] == Decimal("0.0033")


def test_codes_stand_in_the_order_of_their_numbers() -> None:
    codes = [record.code for record in read_records(edition_path(SHIPPED))]
    assert codes.index("3.9.9.13") < codes.index("3.10.1.1")
    assert codes == sorted(codes, key=lambda code: [int(part) for part in code.split(".")])


def test_records_alone_are_those_of_the_whole_edition() -> None:
    assert read_records(edition_path(SHIPPED)) == read_edition(edition_path(SHIPPED)).records


def test_editions_that_ship_are_listed_by_their_manifests() -> None:
    assert SHIPPED in [manifest.slug for manifest in list_editions()]


def test_an_unknown_edition_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFound) as caught:
        edition_path("../../etc")
    assert SHIPPED in caught.value.data["known"]


def test_another_annex_with_all_kinds_of_lines_is_read_without_a_change_of_code(tmp_path: Path) -> None:
    edition = read_edition(write_edition(tmp_path))
    pipe = Resource(ResourceKind.MATERIAL, "Pipa", "m'")
    assert edition.analysis("A.1.01.b1.2") == Analysis(
        "A.1.01.b1.2",
        "Galian tanah biasa",
        "m3",
        (
            ResourceLine(1, Resource(ResourceKind.LABOR, "Pekerja", "OH"), Decimal("0.75")),
            ResourceLine(2, pipe, None),
            PercentageLine(3, ResourceKind.MATERIAL, "Aksesoris", Decimal(35), (2,)),
            LumpSumLine(4, ResourceKind.EQUIPMENT, "Alat bantu", Decimal(1), Decimal(1500)),
            InformationLine(5, "Unit Pekerjaan *)"),
        ),
    )
    assert edition.analysis("3.1.(1a)").lines == (NestedLine(1, "A.1.01.b1.2", Decimal("0.15")),)
    assert edition.analyses["A.1.01.b1.2"].agreement is None


def test_an_analysis_is_built_once() -> None:
    edition = read_edition(edition_path(SHIPPED))
    assert edition.analysis("3.6.1.8") is edition.analysis("3.6.1.8")


def test_an_analysis_may_have_no_lines_yet(tmp_path: Path) -> None:
    edition = read_edition(write_edition(tmp_path, lines=LINES[:-1]))
    assert edition.analysis("3.1.(1a)").lines == ()


LONG = "x" * 1001
BROKEN_ANALYSES = [
    (3, 0, "A.1.01.b1.2", "package.duplicate_code", 3),
    (3, 0, "", "package.empty", 3),
    (3, 0, "x" * 65, "package.too_long", 3),
    (2, 1, "", "package.empty", 2),
    (2, 3, LONG, "package.too_long", 2),
    (3, 3, " Jalan", "package.text", 3),
    (3, 3, "Jalan\x00", "package.text", 3),
    (3, 4, "", "package.empty", 3),
    (2, 5, "two", "package.number", 2),
    (3, 6, "7", "package.position", 3),
]
BROKEN_LINES = [
    (2, 0, "9.9.9", "package.unknown_analysis", 2),
    (4, 0, "3.1.(1a)", "package.scattered", 5),
    (3, 1, "0", "package.position", 3),
    (3, 1, "1", "package.position_order", 3),
    (2, 2, "upah", "package.line_kind", 2),
    (2, 3, "upah", "package.group", 2),
    (2, 4, "", "package.empty", 2),
    (2, 5, "", "package.empty", 2),
    (2, 6, "0,75", "package.number", 2),
    (2, 6, "-1", "package.number", 2),
    (2, 6, "1e5", "package.number", 2),
    (2, 7, "35", "package.unused_field", 2),
    (4, 8, "9", "package.percentage_of", 4),
    (4, 8, "3", "package.percentage_of", 4),
    (7, 9, "1.1.1", "package.unknown_analysis", 7),
    (5, 10, "seribu", "package.number", 5),
]


@pytest.mark.parametrize(("row", "column", "value", "code", "told"), BROKEN_ANALYSES)
def test_a_broken_analysis_is_refused_with_its_row(
    tmp_path: Path, row: int, column: int, value: str, code: str, told: int
) -> None:
    error = refusal(write_edition(tmp_path, analyses=changed(ANALYSES, row, column, value)))
    assert (error.code, error.data["file"], error.data["row"]) == (code, "analyses.csv", str(told))


@pytest.mark.parametrize(("row", "column", "value", "code", "told"), BROKEN_LINES)
def test_a_broken_line_is_refused_with_its_row(
    tmp_path: Path, row: int, column: int, value: str, code: str, told: int
) -> None:
    error = refusal(write_edition(tmp_path, lines=changed(LINES, row, column, value)))
    assert (error.code, error.data["file"], error.data["row"]) == (code, "analysis_lines.csv", str(told))


def test_a_changed_figure_that_still_reads_well_is_caught_by_the_checksum(tmp_path: Path) -> None:
    write_edition(tmp_path)
    (tmp_path / "analysis_lines.csv").write_bytes(csv_bytes(changed(LINES, 2, 6, "0.57")))
    error = refusal(tmp_path)
    assert (error.code, error.data["file"]) == ("package.checksum", "analysis_lines.csv")


def test_a_lost_row_is_told_by_number(tmp_path: Path) -> None:
    write_edition(tmp_path)
    (tmp_path / "analysis_lines.csv").write_bytes(csv_bytes(LINES[:-1]))
    error = refusal(tmp_path)
    assert (error.code, error.data["found"], error.data["expected"]) == ("package.rows", "5", "6")


@pytest.mark.parametrize(
    ("analyses", "code", "row"),
    [
        (b"code,division\n", "package.columns", "1"),
        (b"", "package.columns", "1"),
        (csv_bytes(ANALYSES) + b"1,2,3\n", "package.width", "4"),
        (csv_bytes(ANALYSES) + b'"open\n', "package.csv", "4"),
        (csv_bytes(ANALYSES) + b"\xff\xfe", "package.encoding", "4"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, analyses: bytes, code: str, row: str) -> None:
    write_folder(
        tmp_path,
        json.loads((write_edition(tmp_path) / "manifest.json").read_text()),
        {"analyses.csv": analyses, "analysis_lines.csv": csv_bytes(LINES)},
    )
    error = refusal(tmp_path)
    assert (error.code, error.data["file"], error.data["row"]) == (code, "analyses.csv", row)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (write_edition(tmp_path) / "analysis_lines.csv").unlink()
    error = refusal(tmp_path)
    assert (error.code, error.data["file"]) == ("package.missing_file", "analysis_lines.csv")


def test_a_folder_without_a_manifest_is_no_package(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "package.missing_file"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "../x"),
        ("slug", ""),
        ("date", "2027-13-01"),
        ("date", 2027),
        ("title", None),
        ("annex", "I" * 101),
        ("provenance", "text"),
        ("known_limits", {"id": "text"}),
        ("files", []),
    ],
)
def test_a_wrong_field_of_the_manifest_is_named(tmp_path: Path, field: str, value: object) -> None:
    write_edition(tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    error = refusal(tmp_path)
    assert error.code == "package.manifest_field"
    assert error.data["field"].startswith(field)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "package.manifest_syntax"),
        ("[" * 100_000, "package.manifest_syntax"),
        ("[]", "package.format"),
        ('{"format": "ahsp-edition", "format_version": 2}', "package.format_version"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assert refusal(tmp_path).code == code


def test_the_shipped_prices_are_examples_of_no_region() -> None:
    book = read_price_book(price_book_path("ck-se47-2026-example"))
    assert book.manifest.is_example
    assert book.manifest.region is None
    assert len(book.prices) == 1612
    assert book.table().hours_per_day == 8, "the workbook prices an hour at an eighth of a day"
    assert book.prices[Resource(ResourceKind.LABOR, "Pekerja", "OH")] == 120000


def test_every_shipped_price_is_of_a_resource_of_its_edition() -> None:
    edition = read_edition(edition_path(SHIPPED))
    used = {
        Resource(ResourceKind(row.group), row.name, row.unit) for row in edition.line_rows() if row.line == "resource"
    }
    assert read_price_book(price_book_path("ck-se47-2026-example")).prices.keys() <= used


def test_a_price_book_of_ones_own_is_read_exactly(tmp_path: Path) -> None:
    book = read_price_book(write_book(tmp_path))
    assert book.prices[Resource(ResourceKind.MATERIAL, "Pipa", "m'")] == Decimal("55000.50")


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (2, 0, "upah", "package.group"),
        (2, 1, "", "package.empty"),
        (2, 2, "", "package.empty"),
        (3, 3, "-5", "package.number"),
        (3, 3, "", "package.number"),
    ],
)
def test_a_broken_price_is_refused_with_its_row(tmp_path: Path, row: int, column: int, value: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_price_book(write_book(tmp_path, changed(PRICES, row, column, value)))
    assert (caught.value.code, caught.value.data["row"]) == (code, str(row))


def test_a_price_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        read_price_book(write_book(tmp_path, [*PRICES, PRICES[1]]))
    assert (caught.value.code, caught.value.data["row"]) == ("package.duplicate_price", "4")


@pytest.mark.parametrize("hours", ["0", "24", 7, None])
def test_hours_per_day_are_seven_or_eight(tmp_path: Path, hours: object) -> None:
    with pytest.raises(FileRefused) as caught:
        read_price_book(write_book(tmp_path, hours_per_day=hours))
    assert caught.value.data["field"] == "hours_per_day"
