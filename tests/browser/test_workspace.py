"""The frame of the workspace: nothing typed is lost, two values of one cell stand side by side, charts have tables."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from ahsp.projects.services import change_settings
from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.browser.offices import priced_project
from tests.browser.outage import Outage
from tests.browser.test_pages import faults_of
from tests.browser.workspace import connection, expect_saved, paste
from tests.people import Cast
from tests.stack.machine import wait_for


@pytest.fixture
def project(cast: Cast) -> Project:
    return priced_project(cast)


def overhead_of(project: Project) -> Decimal:
    return Project.objects.values_list("overhead", flat=True).get(pk=project.pk)


def quantities(items: list[WorkItem]) -> list[Decimal | None]:
    found = dict(WorkItem.objects.filter(pk__in=[item.pk for item in items]).values_list("pk", "quantity"))
    return [found[item.pk] for item in items]


def forget_failed_requests(visitor: Visitor) -> None:
    """The browser itself logs each request that does not get through; anything else stays a complaint."""
    visitor.complaints[:] = [said for said in visitor.complaints if "ERR_FAILED" not in said and "409" not in said]


def type_overhead(page: Page, value: str) -> None:
    field = page.get_by_label("Biaya umum dan keuntungan proyek")
    field.fill(value)
    field.press("Tab")


def test_what_is_typed_survives_a_lost_connection_and_a_reload(visit: Any, cast: Cast, project: Project) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{project.code}/work/rab/?view=overhead")
    before = page.locator("[data-total]").inner_text()
    outage = Outage(page, "**/commands/")
    type_overhead(page, "12")
    expect(connection(page)).to_contain_text("1 menunggu")
    page.reload()
    expect(connection(page)).to_contain_text("1 menunggu")
    expect(page.get_by_label("Biaya umum dan keuntungan proyek")).to_have_value("12")
    assert overhead_of(project) == 10
    outage.end()
    expect_saved(page)
    assert overhead_of(project) == 12
    expect(page.locator("[data-total]")).not_to_have_text(before)
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-total]")).to_have_text(before)
    expect_saved(page)
    assert overhead_of(project) == 10
    page.keyboard.press("Control+y")
    expect(page.locator("[data-total]")).not_to_have_text(before)
    expect_saved(page)
    assert overhead_of(project) == 12
    forget_failed_requests(visitor)


@pytest.mark.parametrize(("choice", "left"), [("Semua milik saya", 12), ("Semua milik mereka", 13)])
def test_two_people_in_one_cell(visit: Any, cast: Cast, project: Project, choice: str, left: int) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{project.code}/work/rab/?view=overhead")
    outage = Outage(page, "**/commands/")
    type_overhead(page, "12")
    expect(connection(page)).to_contain_text("1 menunggu")
    project.refresh_from_db()
    change_settings(project=project, person=cast.budi, expected=project.revision, values={"overhead": Decimal(13)})
    outage.end()
    page.get_by_role("button", name="Putuskan").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Biaya umum dan keuntungan")
    expect(dialog.get_by_role("row").last).to_contain_text("12")
    expect(dialog.get_by_role("row").last).to_contain_text("13")
    expect(dialog).to_contain_text("Budi")
    assert faults_of(page, axe=False) == []
    dialog.get_by_label(choice.replace("Semua m", "Pakai m")).check()
    dialog.get_by_role("button", name="Putuskan").click()
    expect_saved(page)
    expect(page.get_by_label("Biaya umum dan keuntungan proyek")).to_have_value(str(left))
    assert overhead_of(project) == left
    forget_failed_requests(visitor)


def test_a_number_that_cannot_be_read_stays_with_its_error(visit: Any, cast: Cast, project: Project) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{project.code}/work/rab/?view=overhead")
    type_overhead(page, "1O")
    field = page.get_by_label("Biaya umum dan keuntungan proyek")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("1O")
    expect(page.locator(".work-setting .errors")).not_to_be_empty()
    type_overhead(page, "11")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect_saved(page)
    assert overhead_of(project) == 11
    visitor.complaints[:] = [said for said in visitor.complaints if "422" not in said]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_step_has_one_name(visit: Any, cast: Cast, project: Project, language: str) -> None:
    visitor = visit(cast.ani)
    visitor.context.add_cookies([{"name": "ahsp_language", "value": language, "url": visitor.address}])
    page = visitor.go(f"/p/{project.code}/work/boq/")
    links = page.locator("[data-step]")
    expect(links).to_have_count(9)
    for link in links.all():
        name = link.locator(".grow").inner_text()
        link.click()
        expect(page.locator(f"[data-shows={link.get_attribute('data-step')}] h1")).to_have_text(name)
        expect(page).to_have_title(re.compile(f"^{re.escape(name)} · "))


@pytest.mark.parametrize("step", ["boq", "volume", "analyses", "prices"])
def test_names_can_be_read_beside_the_inspector(visit: Any, cast: Cast, project: Project, step: str) -> None:
    """Each grid gives its texts room for some words; what has none left scrolls beside them."""
    page = visit(cast.ani).go(f"/p/{project.code}/work/{step}/")
    toggle = page.locator("[data-inspector-toggle]")
    texts = page.locator(".work-step .grid-row:visible .grid-cell.is-text")
    expect(texts.first).to_be_visible()
    if toggle.get_attribute("aria-pressed") == "false":
        toggle.click()
    expect(page.locator(".inspector")).to_be_visible()
    narrow = texts.evaluate_all("cells => cells.filter((cell) => cell.offsetWidth < 100).map((cell) => cell.className)")
    assert narrow == []


def test_the_inspector_stands_where_its_rows_are_and_as_it_was_left(visit: Any, cast: Cast, project: Project) -> None:
    page = visit(cast.ani).go(f"/p/{project.code}/work/boq/")
    inspector, toggle = page.locator(".inspector"), page.locator("[data-inspector-toggle]")

    def step(name: str) -> None:
        page.locator(f"[data-step={name}]").click()
        expect(page.locator(f"[data-shows={name}]")).to_be_visible()

    expect(inspector).to_be_visible()
    step("analyses")
    expect(inspector).to_be_hidden()
    page.get_by_role("button", name=re.compile(r"Dipakai \d+ pekerjaan")).click()
    expect(inspector.get_by_role("tab", name="Dipakai di mana")).to_be_visible()
    step("volume")
    expect(inspector).to_be_hidden()
    toggle.click()
    expect(inspector).to_be_visible()
    step("boq")
    toggle.click()
    expect(inspector).to_be_hidden()
    page.reload()
    expect(page.locator("[data-shows=boq]")).to_be_visible()
    expect(inspector).to_be_hidden()
    step("analyses")
    expect(inspector).to_be_visible()
    page.keyboard.press("Alt+0")
    expect(inspector).to_be_hidden()


def test_of_many_cells_the_wrong_one_waits_alone(visit: Any, cast: Cast, project: Project) -> None:
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{project.code}/work/boq/")
    items = list(WorkItem.objects.filter(project=project).order_by("pk")[:3])
    page.locator(".boq-grid .grid-row").filter(has_text=items[0].description).locator(".is-number").first.click()
    paste(page, "12,5\ndua\n7")
    state = connection(page)
    expect(state).to_contain_text("Satu sel belum tersimpan")
    wait_for(lambda: quantities(items) == [Decimal("12.5"), items[1].quantity, Decimal(7)], "the two that can be read")
    state.get_by_role("button", name="Lihat").click()
    dialog = page.get_by_role("dialog")
    told = dialog.get_by_role("row").last
    expect(told).to_contain_text(items[1].description)
    expect(told).to_contain_text("dua")
    assert faults_of(page, axe=False) == []
    dialog.get_by_role("button", name="Lepaskan semua").click()
    expect_saved(page)
    expect(page.locator(".boq-grid [data-state=error]")).to_have_count(0)
    visitor.complaints[:] = [said for said in visitor.complaints if "422" not in said]


def test_the_estimate_and_its_charts(visit: Any, cast: Cast, project: Project) -> None:
    page = visit(cast.ani).go(f"/p/{project.code}/work/rab/")
    budget = page.get_by_label("Pagu")
    budget.fill("7000000000")
    budget.press("Enter")
    expect(page.locator(".work-budget-state")).to_contain_text("Sisa pagu")
    expect(budget).to_have_value("7.000.000.000")
    page.get_by_role("button", name="Buka bagian").first.click()
    expect(page.get_by_role("row").filter(has_text="bouwplank")).to_be_visible()
    figure = page.locator("figure")
    expect(figure.locator("canvas")).to_be_visible()
    figure.get_by_role("button", name="Tabel").click()
    expect(figure.get_by_role("row").nth(1)).to_contain_text("PEKERJAAN STRUKTUR BETON")
    with page.expect_download() as download:
        figure.get_by_role("link", name="CSV").click()
    assert "PEKERJAAN STRUKTUR BETON" in download.value.path().read_text()
    page.get_by_role("link", name="Pareto").click()
    expect(page.locator("figure canvas")).to_be_visible()
    page.locator(".work-rank-table tbody tr").first.click()
    expect(page.get_by_role("complementary")).to_contain_text("Direksi keet, los kerja, dan gudang bahan")
    page.get_by_role("link", name="Biaya umum & keuntungan").click()
    page.get_by_role("gridcell", name="Pemasangan bouwplank").click()
    page.get_by_label("Untuk 1 pekerjaan terpilih").fill("12,5 %")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.locator(".work-overhead-summary tbody tr").nth(1)).to_contain_text("12,5")
    expect(page.get_by_role("row").filter(has_text="Pemasangan bouwplank")).to_contain_text("baris ini")
    page.get_by_role("link", name="Pajak & pembulatan").click()
    page.get_by_role("radio", name="Ke bawah, Rp 100").first.check()
    expect(page.get_by_role("row").filter(has_text="Ke bawah, Rp 100").first).to_have_class(re.compile("is-chosen"))
    expect_saved(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("bouwplank")
    lines = page.get_by_role("group", name="Baris proyek ini")
    expect(lines.get_by_role("option")).to_have_count(1)
    lines.get_by_role("option").click()
    expect(page).to_have_url(re.compile(r"/work/boq/\?row=i\d+$"))
    expect(page.locator("[aria-selected=true]").filter(has_text="Pemasangan bouwplank").first).to_be_visible()


def test_the_pages_of_the_estimate_are_sound(visit: Any, cast: Cast, project: Project) -> None:
    found = {}
    for theme, window in (("light", None), ("dark", PHONE)):
        visitor = visit(cast.ani, theme, **({"viewport": window} if window else {}))
        for step in ("rab/", "rab/?view=pareto", "rab/?view=overhead", "rab/?view=policies", "needs/?unit=purchase"):
            page = visitor.go(f"/p/{project.code}/work/{step}")
            page.locator(".work-step table, .work-step .grid-table").first.wait_for()
            if faults := faults_of(page):
                found[f"{theme} {step}"] = faults
    assert not found


def test_on_a_phone_the_inspector_is_a_page_of_its_own(visit: Any, cast: Cast, project: Project) -> None:
    page = visit(cast.ani, viewport=PHONE).go(f"/p/{project.code}/work/rab/?view=pareto")
    page.locator(".work-rank-table tbody tr").first.click()
    page.get_by_role("button", name="Rincian").click()
    expect(page.get_by_role("complementary")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("complementary")).to_be_hidden()
    expect(page.locator(".work-rank-table")).to_be_visible()
    page.set_viewport_size(DESKTOP)
    expect(page.get_by_role("complementary").get_by_role("tab").first).to_be_visible()
