"""Where the pages of the user guide lead, and what stands there: one walk for each, of an office at work."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ahsp.estimates.models import ProjectLine, WorkItem
from ahsp.projects.models import Project
from tests.acting import act
from tests.browser.guide import Walk
from tests.browser.offices import priced_project
from tests.browser.test_takeoff import paste
from tests.people import Cast

LINES = (
    {"description": "Sisi utara dan selatan", "count": "2", "length": "28"},
    {"description": "Sisi timur dan barat", "count": "2", "length": "lebar_bangunan"},
    {"description": "Jalan masuk", "count": "1", "length": "4", "deduction": "1"},
)

MODIFIED = "2.2.1.4.6"
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
    walk.picture("volume")
    walk.press("Unduh back-up volume", "Download the back-up of quantities")


def analyses(walk: Walk, _cast: Cast) -> None:
    shared = WorkItem.objects.filter(project__code=walk.code, code="1.3.1.2")[0]
    walk.step(f"boq/?row=i{shared.pk}")
    walk.page.get_by_role("tab", name=walk.say("Analisa", "Analysis"), exact=True).click()
    walk.see(walk.page.get_by_role("button", name=walk.say("Buka analisa", "Open the analysis")))
    walk.step(f"analyses/?open={MODIFIED}-M1", ".analysis-sheet .grid-row")
    walk.page.locator(".analysis-sheet").get_by_text("Semen Portland").first.click()
    walk.picture("analyses")
    walk.page.keyboard.press("Alt+0")
    walk.see(walk.page.locator(".inspector").get_by_text(walk.say("Di dalam analisa", "In analyses")))
    walk.page.keyboard.press("Alt+0")
    walk.press("Ganti sumber daya", "Replace a resource")
    walk.see(walk.page.locator(".replace-pair").first)
    walk.shut()


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


def activity(walk: Walk, _cast: Cast) -> None:
    noted = WorkItem.objects.get(project__code=walk.code, code="1.1.4.2")
    walk.step(f"boq/?row=i{noted.pk}")
    for name in (("Catatan", "Notes"), ("Riwayat", "History")):
        walk.page.get_by_role("tab", name=re.compile(walk.say(*name))).click()
        walk.see(walk.page.locator(".inspector time").first)
    walk.step("activity/", ".log-entry")
    walk.picture("activity")
    walk.page.get_by_label(walk.say("Siapa", "Who")).select_option(label="Budi")
    walk.see(walk.page.get_by_role("button", name=walk.say("Hapus saringan", "Clear filters")))


def versions(walk: Walk, cast: Cast) -> None:
    walk.step("versions/", ".version")
    walk.picture("versions")
    walk.press("Simpan versi", "Save a version")
    walk.shut()
    walk.page.get_by_role("link", name=walk.say("Bandingkan: sekarang", "Compare: now")).last.click()
    walk.see(walk.page.locator(".comparison-effects"))
    # Locks the project, so this walk is the last.
    project = Project.objects.get(code=walk.code)
    made = act(project, cast.budi, "versions.save", name="Untuk lelang")
    act(project, cast.eka, "versions.approve", id=made["id"])
    walk.step("versions/", ".version")
    walk.see(walk.page.get_by_role("button", name=walk.say("Buka kunci", "Unlock")).first)


def members(walk: Walk, _cast: Cast) -> None:
    walk.step("members/", ".members-table")
    walk.picture("members")


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
    "analyses": analyses,
    "prices": prices,
    "rab": estimate,
    "needs": needs,
    "activity": activity,
    "members": members,
    "documents": documents,
    "keys": keys,
    "versions": versions,
}


def _work_together(project: Project, cast: Cast, key: str) -> None:
    """A question about the row and its answer, a version before the price of timber is asked again, a role."""
    asked = act(project, cast.eka, "comments.add", key=key, text="Panjang bouwplank sudah dengan jalan masuk?")
    act(project, cast.budi, "comments.add", key=key, text="Sudah: 4 m, dikurangi pintu 1 m.", reply_to=asked["id"])
    act(project, cast.budi, "versions.save", name="Untuk rapat 5 Maret", note="Sebelum survei harga kayu")
    act(project, cast.ani, "members.set", person=cast.citra.pk, role="reviewer")


def _price(name: str, price: str) -> dict[str, Any]:
    values = {"price": price, "source": "Survei toko bangunan", "dated": "12/01/2026", "region": "Kabupaten Contoh"}
    return {"resource": {"kind": "material", "name": name, "unit": "m3"}, "version": None, "values": values}


def busy_project(cast: Cast) -> Project:
    """A bill of an office at work: quantities taken off, an analysis modified, prices of its own, and a budget."""
    project = priced_project(cast)
    width = {"name": "lebar_bangunan", "formula": "20", "unit": "m"}
    act(project, cast.budi, "parameters.add", rows=[{"values": width}])
    item = WorkItem.objects.get(project=project, code="1.1.4.2")
    rows = [{"values": line} for line in LINES]
    act(project, cast.budi, "takeoff.set_lines", item=f"i{item.pk}", rows=rows)
    act(project, cast.ani, "project.settings", budget="7000000000")
    made = act(project, cast.budi, "analyses.modify", reference=MODIFIED)
    cement = ProjectLine.objects.get(analysis=made["key"][1:], name="Semen Portland")
    act(project, cast.budi, "lines.set", rows=[{"key": f"l{cement.pk}", "version": None, "coefficient": "371"}])
    _work_together(project, cast, f"i{item.pk}")
    cells = [_price(name, price) for name, price in PRICES.items()]
    act(project, cast.budi, "prices.set", cells=cells)
    return project
