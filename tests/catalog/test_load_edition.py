"""Loading edition packages and price books into the database."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ahsp.catalog.models import Analysis, AnalysisLine, Edition, Resource
from ahsp.catalog.packages import edition_path, price_book_path, read_edition
from ahsp.catalog.queries import load_analyses
from ahsp.catalog.services import load_edition
from ahsp.core.errors import Conflict, FileRefused
from ahsp.prices.models import Price, PriceBook
from ahsp.prices.services import load_price_book

pytestmark = pytest.mark.django_db
SHIPPED = "ck-se47-2026"


def copy_of(slug: str, to: Path, new_slug: str | None = None) -> Path:
    """A package of our own to damage or rename."""
    folder = to / (new_slug or slug)
    shutil.copytree(edition_path(slug), folder)
    if new_slug:
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"slug": new_slug}))
    return folder


def test_the_shipped_edition_loads_whole() -> None:
    assert load_edition(path=edition_path(SHIPPED)) is True
    assert Analysis.objects.filter(edition__slug=SHIPPED).count() == 2062
    assert AnalysisLine.objects.count() == 11410


def test_loading_again_changes_nothing() -> None:
    load_edition(path=edition_path(SHIPPED))
    before = list(Analysis.objects.order_by("id").values_list("id", "code"))
    assert load_edition(path=edition_path(SHIPPED)) is False
    assert list(Analysis.objects.order_by("id").values_list("id", "code")) == before


def test_every_analysis_comes_back_from_the_database_as_the_package_has_it() -> None:
    load_edition(path=edition_path(SHIPPED))
    package = read_edition(edition_path(SHIPPED))
    loaded = load_analyses(Analysis.objects.values_list("id", flat=True))
    assert {analysis.code: analysis for analysis in loaded.values()} == dict(package.engine_analyses)


def test_editions_stand_side_by_side(tmp_path: Path) -> None:
    load_edition(path=edition_path(SHIPPED))
    assert load_edition(path=copy_of(SHIPPED, tmp_path, "ck-lain-2027")) is True
    assert Edition.objects.count() == 2
    assert Analysis.objects.filter(code="1.1.1.1").count() == 2
    assert Resource.objects.filter(name="Pekerja", unit="OH").count() == 2


def test_a_damaged_package_leaves_nothing(tmp_path: Path) -> None:
    folder = copy_of(SHIPPED, tmp_path)
    with (folder / "analysis_lines.csv").open("a") as file:
        file.write("9.9.9.9,1,resource,labor,Pekerja,OH,0.1,,,,\n")
    with pytest.raises(FileRefused) as refused:
        load_edition(path=folder)
    assert refused.value.data["file"] == "analysis_lines.csv"
    assert not Edition.objects.exists()


def test_another_content_under_a_loaded_slug_is_refused(tmp_path: Path) -> None:
    load_edition(path=edition_path(SHIPPED))
    folder = copy_of(SHIPPED, tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"title": "Lain"}))
    with pytest.raises(Conflict):
        load_edition(path=folder)
    assert Edition.objects.get().title != "Lain"


def test_the_example_prices_are_labelled_as_such() -> None:
    path = price_book_path("ck-se47-2026-example")
    assert load_price_book(path=path) is True
    assert load_price_book(path=path) is False
    book = PriceBook.objects.get()
    assert book.is_example
    assert Price.objects.filter(book=book).count() == 1612
