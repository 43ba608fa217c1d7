"""The user guide says what the application says: its pages, its pictures, and every name in it that is **bold**.

The pictures of docs/user/images are taken anew with AHSP_PICTURES=1 ./ahsp test tests/browser/test_user_guide.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest

from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from ahsp.workspace.steps import TOGETHER, WORK
from tests.acting import act
from tests.browser.guide import FOLDER, LANGUAGES, ROOT, Walk, guide_page, picture_of
from tests.browser.offices import priced_project
from tests.browser.test_takeoff import paste
from tests.people import Cast

PICTURES = os.environ.get("AHSP_PICTURES") == "1"
CONTENTS = "README"
MOST_LINES = 60
MOST_BYTES = 3_000_000
BOLD = re.compile(r"\*\*(.+?)\*\*")
IMAGE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")
SOURCES = ROOT / "frontend" / "src" / "workspace" / "steps"
STEPS = [step.id for step in (*WORK, *TOGETHER) if (SOURCES / step.id).is_dir()]
LINES = (
    {"description": "Sisi utara dan selatan", "count": "2", "length": "28"},
    {"description": "Sisi timur dan barat", "count": "2", "length": "lebar_bangunan"},
    {"description": "Jalan masuk", "count": "1", "length": "4", "deduction": "1"},
)

PRICES = {"Kaso 5/7 cm": "9.850.000", "Kayu papan 3/20 cm": "2.760.000"}


def start(walk: Walk, cast: Cast) -> None:
    walk.go("/account/signup/")
    walk.sign_in(cast.ani)
    walk.go(f"/account/organizations/{cast.office.pk}/")
    walk.go("/projects/")
    walk.go("/projects/new/")
    walk.page.get_by_label(walk.say("Nama proyek", "Project name")).fill("Gedung Kantor Pelayanan")
    walk.picture("start")


def bill(walk: Walk, _cast: Cast) -> None:
    walk.step("boq/")
    for chosen in (("Semua kolom", "All columns"), ("Ringkas", "Short")):
        walk.press("Kolom", "Columns")
        walk.press(*chosen)
    walk.page.get_by_role("gridcell", name="Pemasangan bouwplank").click()
    walk.see(walk.page.locator(".inspector .sheet-line").first)
    walk.picture("boq")
    walk.page.keyboard.press("Control+End")
    walk.page.keyboard.press("Home")
    paste(walk.page, "X\t\tPEKERJAAN TAMBAHAN\n1\t\tGalian parit\n2\t\tUrukan pasir")
    walk.see(walk.page.get_by_role("dialog").get_by_role("row").nth(2))
    walk.shut()
    walk.page.keyboard.press("Control+h")
    walk.see(walk.page.get_by_role("dialog"))
    walk.shut()


def quantities(walk: Walk, _cast: Cast) -> None:
    item = WorkItem.objects.get(project__code=walk.code, code="1.1.4.2")
    walk.step(f"volume/?item=i{item.pk}", ".volume-sheet .grid-row:not(.is-draft)")
    walk.page.locator(".volume-sheet [data-place='1'] [data-column='2']").click()
    walk.see(walk.page.locator(".volume-parameters .grid-row:not(.is-draft)").first)
    walk.page.locator("[data-inspector-toggle]").click()
    walk.picture("volume")
    walk.page.locator("[data-inspector-toggle]").click()
    walk.press("Unduh back-up volume", "Download the back-up of quantities")


def prices(walk: Walk, _cast: Cast) -> None:
    walk.step("prices/")
    walk.page.locator(".grid-row[data-place='0'] [data-column='1']").click()
    walk.see(walk.page.locator(".price-uses li").first)
    walk.picture("prices")
    walk.page.keyboard.press("Control+u")
    walk.see(walk.page.get_by_role("dialog"))
    walk.shut()
    walk.press("Pengandaian", "What if")
    walk.page.locator(".price-slider .input").first.fill("8")
    walk.see(walk.page.locator(".price-outcome table"))


def estimate(walk: Walk, _cast: Cast) -> None:
    walk.step("rab/", "figure canvas")
    walk.picture("rab")
    walk.step("rab/?view=pareto", ".work-rank-table")
    walk.step("rab/?view=policies", ".work-page table")
    walk.step("rab/?view=overhead")
    walk.page.get_by_role("gridcell", name="Pemasangan bouwplank").click()
    walk.see(walk.page.locator("form.work-bulk"))


def needs(walk: Walk, _cast: Cast) -> None:
    walk.step("needs/", "table")
    walk.picture("needs")


def documents(walk: Walk, _cast: Cast) -> None:
    walk.go(f"/p/{walk.code}/import/")
    walk.go(f"/p/{walk.code}/settings/")
    walk.step("rab/", "table")
    walk.go(f"/p/{walk.code}/", "tr.item")
    walk.press("Unduh", "Download")
    walk.picture("documents")


def keys(walk: Walk, _cast: Cast) -> None:
    walk.step("boq/")
    walk.page.locator("[data-show-keys]").click()
    walk.picture("keys")


WALKS: dict[str, Callable[[Walk, Cast], None]] = {
    "start": start,
    "boq": bill,
    "volume": quantities,
    "prices": prices,
    "rab": estimate,
    "needs": needs,
    "documents": documents,
    "keys": keys,
}


def _price(name: str, price: str) -> dict[str, Any]:
    values = {"price": price, "source": "Survei toko bangunan", "dated": "12/01/2026", "region": "Kabupaten Contoh"}
    return {"resource": {"kind": "material", "name": name, "unit": "m3"}, "version": None, "values": values}


def busy_project(cast: Cast) -> Project:
    """A bill of an office at work: a take-off sheet with a parameter, prices of its own, and a budget."""
    project = priced_project(cast)
    width = {"name": "lebar_bangunan", "formula": "20", "unit": "m"}
    act(project, cast.budi, "parameters.add", rows=[{"values": width}])
    item = WorkItem.objects.get(project=project, code="1.1.4.2")
    rows = [{"values": line} for line in LINES]
    act(project, cast.budi, "takeoff.set_lines", item=f"i{item.pk}", rows=rows)
    act(project, cast.ani, "project.settings", budget="7000000000")
    cells = [_price(name, price) for name, price in PRICES.items()]
    act(project, cast.budi, "prices.set", cells=cells)
    return project


def quoted(language: str, name: str) -> list[str]:
    """The names of the application that a page of the guide quotes."""
    return BOLD.findall(guide_page(language, name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_application_says_what_the_guide_quotes(visit: Any, cast: Cast, language: str) -> None:
    project = busy_project(cast)
    visitor = visit(locale={"id": "id-ID", "en": "en-US"}[language], reduced_motion="reduce")
    visitor.context.add_cookies([{"name": "ahsp_language", "value": language, "url": visitor.address}])
    walk = Walk(visitor, language, project.code, PICTURES)
    absent = {}
    for name, go in WALKS.items():
        walk.words.clear()
        go(walk, cast)
        absent[name] = [text for text in quoted(language, name) if text.casefold() not in walk.words]
    assert not {name: texts for name, texts in absent.items() if texts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_page_with_its_picture(language: str) -> None:
    pages = {file.stem for file in (FOLDER / language).glob("*.md")} - {CONTENTS}
    assert pages == set(WALKS)
    assert set(STEPS) <= pages
    for name in pages:
        text = guide_page(language, name).read_text(encoding="utf-8")
        assert len(text.splitlines()) <= MOST_LINES, name
        assert IMAGE.findall(text) == [f"../images/{language}/{name}.png"], name
        assert picture_of(language, name).is_file(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_leads_to_pages_that_are_there(language: str) -> None:
    contents = LINK.findall(guide_page(language, CONTENTS).read_text(encoding="utf-8"))
    assert {target.removesuffix(".md") for target in contents} >= set(WALKS)
    for file in (FOLDER / language).glob("*.md"):
        for target in LINK.findall(file.read_text(encoding="utf-8")):
            assert (file.parent / target).is_file(), f"{file.name}: {target}"


def test_both_languages_quote_as_much() -> None:
    counts = {language: {name: len(quoted(language, name)) for name in WALKS} for language in LANGUAGES}
    assert counts["id"] == counts["en"]


def test_the_pictures_are_light() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*.png")) < MOST_BYTES
