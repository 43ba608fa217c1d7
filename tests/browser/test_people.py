"""Several people on one estimate: comments, history and restore, versions side by side, approval, a demoted editor."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ahsp.accounts.members import change_role
from ahsp.accounts.models import Role
from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.acting import carry_out
from tests.browser.conftest import PHONE
from tests.browser.offices import priced_project
from tests.browser.test_pages import faults_of
from tests.browser.test_workspace import type_overhead
from tests.browser.workspace import expect_saved
from tests.people import Cast

ROW = "Pemasangan bouwplank"
LONG_PERSON = "Ir. H. Bambang Widjojokusumo Pranotohadinegoro, S.T., M.T., IPU, ASEAN Eng."
MARKUP = "<img src=x onerror=alert(1)> volume?"


@pytest.fixture
def project(cast: Cast) -> Project:
    return priced_project(cast)


def open_row(page: Page, tab: str) -> Any:
    """The panel of a row of the bill."""
    page.get_by_role("gridcell").filter(has_text=ROW).first.click()
    panel = page.get_by_role("complementary")
    panel.get_by_role("tab", name=re.compile(tab)).click()
    return panel


def test_a_question_is_asked_answered_and_settled(visit: Any, cast: Cast, project: Project) -> None:
    page = visit(cast.eka).go(f"/p/{project.code}/work/boq/")
    panel = open_row(page, "Catatan")
    box = panel.get_by_role("textbox", name="Tulis catatan tentang baris ini")
    box.fill(MARKUP)
    box.press("Control+Enter")
    expect(panel.locator(".note-text")).to_have_text(MARKUP)
    expect(panel.get_by_role("tab", name="Catatan 1")).to_be_visible()
    budi = visit(cast.budi).go(f"/p/{project.code}/work/boq/")
    panel = open_row(budi, "Catatan 1")
    panel.get_by_role("button", name="Jawab").click()
    panel.get_by_role("textbox", name="Jawab Eka").fill("Dari gambar A-03.")
    panel.get_by_role("button", name="Kirim").last.click()
    expect(panel.locator(".note-text")).to_have_text([MARKUP, "Dari gambar A-03."])
    panel.get_by_role("button", name="Selesai").click()
    expect(panel.get_by_role("tab", name=re.compile(r"^\s*Catatan\s*$"))).to_be_visible()
    budi.get_by_role("link", name="Riwayat").click()
    budi.get_by_role("link", name=re.compile("Catatan terbuka")).click()
    expect(budi.get_by_role("heading", name="Tidak ada catatan terbuka")).to_be_visible()
    budi.get_by_role("link", name="Perubahan").click()
    expect(budi.locator(".log-entry").first).to_contain_text("menandai catatan")
    expect(budi.locator(".log-quote").first).to_have_text(MARKUP)
    panel = visit(cast.citra).go(f"/p/{project.code}/work/boq/")
    expect(open_row(panel, "Catatan").get_by_role("textbox")).to_have_count(0)


def test_what_stood_in_a_row_is_put_back_from_its_history(visit: Any, cast: Cast, project: Project) -> None:
    item = WorkItem.objects.get(project=project, description__startswith=ROW)
    before = item.quantity
    with project_change(project=project, person=cast.budi, act="items.set") as entry:
        entry.change_rows("i", {item.pk: {"quantity": Decimal("777.5"), "description": f"{ROW} <b>baru</b>"}})
    visitor = visit(cast.ani)
    page = visitor.go(f"/p/{project.code}/work/boq/")
    panel = open_row(page, "Riwayat")
    latest = panel.locator(".log-entry").first
    expect(latest).to_contain_text("Budi")
    expect(latest).to_contain_text(f"{ROW} <b>baru</b>")
    expect(latest).to_contain_text("777,5")
    latest.get_by_role("button", name="Kembalikan Volume").click()
    expect(panel.locator(".log-entry")).to_have_count(3)
    expect_saved(page)
    item.refresh_from_db()
    assert (item.quantity, item.description) == (before, f"{ROW} <b>baru</b>")
    panel.get_by_role("link", name="Buka di riwayat proyek").click()
    expect(page.locator(".log-entry")).to_have_count(3)
    page.get_by_label("Siapa").select_option("Budi")
    expect(page.locator(".log-entry")).to_have_count(1)
    page.locator(".log-entry").hover()
    # The quantity was put back already: undoing all of the change asks first.
    page.get_by_role("button", name="Batalkan perubahan ini").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("row").last).to_contain_text("777,5")
    dialog.get_by_role("button", name="Batalkan juga").click()
    # The page goes on only after the dialog has closed: until then there is nothing to wait for but what was saved.
    expect(page.locator(".toast-success").filter(has_text=re.compile(r"Perubahan r\d+ dibatalkan"))).to_be_visible()
    expect_saved(page)
    item.refresh_from_db()
    assert (item.quantity, item.description) == (before, ROW)
    visitor.complaints[:] = [said for said in visitor.complaints if "409" not in said]


def test_a_change_of_many_rows_is_one_sentence_that_unfolds(visit: Any, cast: Cast, project: Project) -> None:
    cells = [[f"Pekerjaan tambahan {place}", "m3", f"1.{place:03},25"] for place in range(1, 121)]
    carry_out(cast.budi, project, "rows.paste", cells=cells, fields=["description", "unit", "quantity"])
    page = visit(cast.ani).go(f"/p/{project.code}/work/activity/")
    entry = page.locator(".log-entry").first
    expect(entry).to_contain_text("Budi menempelkan 120 baris")
    rows = entry.locator(".log-row")
    expect(rows).to_have_count(0)
    entry.get_by_role("button", name="Tampilkan semua 120 baris").click()
    expect(rows).to_have_count(100)
    expect(rows.first).to_contain_text("Volume 1.001,25")
    entry.get_by_role("button", name="Tampilkan 20 berikutnya").click()
    expect(rows).to_have_count(120)
    entry.get_by_role("button", name="Lipat").click()
    expect(rows).to_have_count(0)


def test_lines_of_a_comparison_are_drawn_a_part_at_a_time(visit: Any, cast: Cast, project: Project) -> None:
    first = carry_out(cast.budi, project, "versions.save", name="Awal")["result"]["id"]
    carry_out(cast.budi, project, "project.settings", overhead="12")
    page = visit(cast.budi).go(f"/p/{project.code}/work/versions/?a={first}")
    lines, more = page.locator(".comparison-lines tbody tr"), page.locator(".comparison-more")
    expect(lines).to_have_count(200)
    # The rest comes when the end of them comes into sight.
    more.scroll_into_view_if_needed()
    expect(more).to_have_count(0)
    assert lines.count() > 200


def test_versions_are_compared_approved_and_unlocked(visit: Any, cast: Cast, project: Project) -> None:
    budi = visit(cast.budi)
    page = budi.go(f"/p/{project.code}/work/versions/")
    page.get_by_role("button", name="Simpan versi").first.click()
    page.get_by_role("textbox", name="Nama").fill("Untuk rapat")
    page.get_by_role("dialog").get_by_role("button", name="Simpan versi").click()
    expect(page.get_by_role("heading", name="Untuk rapat")).to_be_visible()
    page.get_by_role("link", name="RAB").click()
    page.get_by_role("link", name="Biaya umum & keuntungan").click()
    type_overhead(page, "12")
    expect_saved(page)
    page.get_by_role("link", name="Versi").click()
    page.get_by_role("link", name="Bandingkan: sekarang").click()
    sums, effects = page.locator("[data-sum=subtotal]"), page.locator("[data-effect=price]")
    expect(effects).to_contain_text("+")
    assert sums.locator("td").nth(2).inner_text() == effects.locator("td").inner_text()
    expect(page.get_by_role("row").filter(has_text="Biaya umum dan keuntungan")).to_contain_text("12")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert ROW in download.value.path().read_text()
    carry_out(cast.budi, project, "versions.save", name="Final")
    eka = visit(cast.eka).go(f"/p/{project.code}/work/versions/")
    eka.get_by_role("button", name="Setujui dan kunci").first.click()
    eka.get_by_role("dialog").get_by_role("button", name="Setujui dan kunci").click()
    expect(eka.get_by_role("note")).to_contain_text("Terkunci sebagai versi Final, disetujui Eka")
    # Whoever was in the middle of something is told, and sees what was typed.
    page.go_back()
    page.get_by_role("link", name="RAB").click()
    page.get_by_role("link", name="Biaya umum & keuntungan").click()
    type_overhead(page, "15")
    expect(page.locator(".toast-error")).to_contain_text("terkunci")
    expect(page.get_by_role("note")).to_contain_text("Terkunci sebagai versi Final")
    expect(page.get_by_label("Biaya umum dan keuntungan proyek")).to_have_value("15")
    ani = visit(cast.ani).go(f"/p/{project.code}/work/versions/")
    ani.get_by_role("button", name="Buka kunci").click()
    ani.get_by_role("textbox", name="Alasan").fill("Harga semen naik")
    ani.get_by_role("dialog").get_by_role("button", name="Buka kunci").click()
    expect(ani.get_by_role("note")).to_have_count(0)
    budi.complaints[:] = [said for said in budi.complaints if "409" not in said]


def test_whoever_is_demoted_while_editing_keeps_what_was_typed(visit: Any, cast: Cast, project: Project) -> None:
    visitor = visit(cast.budi)
    page = visitor.go(f"/p/{project.code}/work/rab/?view=overhead")
    total = page.locator("[data-total]").inner_text()
    change_role(membership=cast.membership(cast.budi), by=cast.ani, role=Role.VIEWER)
    type_overhead(page, "12")
    expect(page.locator(".toast-error")).to_contain_text("Peran Anda")
    expect(page.locator(".toast-error")).to_contain_text("Pembaca")
    field = page.get_by_label("Biaya umum dan keuntungan proyek")
    expect(field).to_have_value("12")
    expect(field).to_be_disabled()
    expect(page.locator("[data-total]")).to_have_text(total)
    visitor.complaints[:] = [said for said in visitor.complaints if "403" not in said]


def test_an_owner_gives_a_role_in_the_project(visit: Any, cast: Cast, project: Project) -> None:
    page = visit(cast.ani).go(f"/p/{project.code}/work/members/")
    page.get_by_label("Peran di proyek ini: Citra").select_option("Pemeriksa")
    expect(page.get_by_role("row").filter(has_text="Citra")).to_contain_text("menyetujui versi")
    expect_saved(page)
    other = visit(cast.citra).go(f"/p/{project.code}/work/versions/")
    expect(other.get_by_role("button", name="Simpan versi").first).to_be_visible()


def test_the_pages_of_several_people_are_sound(visit: Any, cast: Cast, project: Project) -> None:
    cast.budi.name = LONG_PERSON
    cast.budi.save()
    first = carry_out(cast.budi, project, "versions.save", name="Awal", note=MARKUP)["result"]["id"]
    carry_out(cast.budi, project, "project.settings", overhead="12")
    carry_out(cast.eka, project, "comments.add", key=f"g{project.pk}", text=MARKUP)
    second = carry_out(cast.budi, project, "versions.save", name="Akhir")["result"]["id"]
    carry_out(cast.eka, project, "versions.approve", id=second)
    found = {}
    steps = ("activity/", "activity/?view=notes", "versions/", f"versions/?a={first}", "members/")
    paths = [f"/p/{project.code}/work/{step}" for step in steps]
    office = f"/account/organizations/{cast.office.pk}/"
    for theme, window in (("light", None), ("dark", PHONE)):
        visitor = visit(cast.ani, theme, **({"viewport": window} if window else {}))
        for path in [*paths, office]:
            page = visitor.go(path)
            if path != office:
                page.locator(".log-entry, .version, .comparison, .members-table").first.wait_for()
            if faults := faults_of(page):
                found[f"{theme} {path}"] = faults
    assert not found
