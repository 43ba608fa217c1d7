"""Every page, wide and on a phone, light and dark: accessible, still while loading, no wider than the window."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page

from ahsp.engine.pricing import Status
from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.services import keep_upload
from ahsp.projects.models import Project
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.offices import BILL, LONG_NAME, UNBROKEN_NAME, empty_project, priced_project
from tests.people import Cast

MOST_SHIFT = 0.05
# How far, and what: a page that moved under somebody's eyes is to be mended, not to be asked again.
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    const moved = new Set();
    const name = ({ node }) => node?.nodeType === 1 ? `${node.localName}.${node.className}`.slice(0, 60) : "text";
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            sum += entry.value;
            for (const source of entry.sources) moved.add(name(source));
        }
    }).observe({ type: "layout-shift", buffered: true });
    const done = () => resolve([sum, [...moved].join(", ")]);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
})"""
BEFORE_SIGN_IN = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/a-b/",
]
OF_EVERYBODY = [
    "/projects/",
    "/projects/?q=tidak-ada",
    "/projects/new/",
    "/catalog/",
    "/catalog/ck-se47-2026/",
    "/catalog/ck-se47-2026/?q=beton",
    "/catalog/ck-se47-2026/?q=zzzzzz",
    "/catalog/ck-se47-2026/a/2.2.1.4.5/",
    "/account/email/",
    "/account/password/change/",
    "/jobs/",
    "/jobs/",
]


def of_project(project: Project, cast: Cast) -> list[str]:
    """Addresses of a priced project: every step, the preview of an upload, a whole line and one without a price."""
    base = f"/p/{project.code}/"
    upload = SimpleUploadedFile(BILL.name, BILL.read_bytes())
    waiting = keep_upload(project=project, person=cast.ani, upload=upload, notation="auto")
    items = WorkItem.objects.filter(project=project)
    whole = items.filter(code="1.1.4.2").values_list("pk", flat=True)[0]
    bare = next(item.item.key[1:] for item in priced_estimate(project).items() if item.status is not Status.PRICED)
    steps = ["", "?show=incomplete", "recap/", "settings/", "import/", f"import/{waiting.pk}/"]
    return [base + step for step in [*steps, f"items/{whole}/", f"items/{bare}/"]]


def faults_of(page: Page, *, axe: bool = True) -> list[str]:
    """What is wrong with the page that is open."""
    faults = []
    shift, moved = page.evaluate(SHIFT)
    if shift >= MOST_SHIFT:
        faults.append(f"shifted by {shift:.3f}: {moved}")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wider > 0:
        faults.append(f"{wider} px wider than the window")
    spilling = page.locator(".panel:not(.table-scroll), .inspector-scroll").evaluate_all(
        "boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth).length"
    )
    if spilling:
        faults.append(f"{spilling} panels narrower than what they hold")
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} main headings")
    if not axe:
        return faults
    for violation in Axe().run(page).response["violations"]:
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        faults.append(f"{violation['id']}: {violation['help']} {json.dumps(nodes)}")
    return faults


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_is_sound(visit: Any, cast: Cast, window: dict[str, int], theme: str) -> None:
    paths = of_project(priced_project(cast, LONG_NAME), cast)
    empty = empty_project(cast, UNBROKEN_NAME)
    paths += [f"/p/{empty.code}/", f"/p/{empty.code}/recap/", f"/p/{empty.code}/settings/", *OF_EVERYBODY]
    visitors = [
        (visit(theme=theme, viewport=window), BEFORE_SIGN_IN),
        (visit(cast.ani, theme, viewport=window), paths),
        (visit(cast.dedi, theme, viewport=window), ["/projects/"]),
    ]
    # Colours do not depend on the width: once in the dark is enough.
    axe = theme == "light" or window == DESKTOP
    found = {}
    for visitor, addresses in visitors:
        for path in addresses:
            if faults := faults_of(visitor.go(path), axe=axe):
                found[path] = faults
    # Without a mail server the page that sends mail says so; the browser logs the status of that answer.
    mail = "/account/password/reset/"
    for visitor, _addresses in visitors:
        visitor.complaints[:] = [said for said in visitor.complaints if not ("503" in said and said.endswith(mail))]
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_on_a_page_is_accessible(visit: Any, cast: Cast, theme: str) -> None:
    project = priced_project(cast)
    page = visit(cast.ani, theme).go(f"/p/{project.code}/")
    page.get_by_role("row").filter(has_text="bouwplank").click()
    page.get_by_role("complementary").get_by_role("button", name="Dari mana?").click()
    inspector = faults_of(page)
    page.locator(".avatar-button").click()
    menu = faults_of(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("beton")
    page.locator("[data-found] [role=option]").first.wait_for()
    assert [*inspector, *menu, *faults_of(page)] == []


def test_an_error_is_told_on_a_page_of_ours(visit: Any, cast: Cast) -> None:
    visitor = visit(cast.dedi)
    project = empty_project(cast)
    for path in ("/p/none/", f"/p/{project.code}/", "/nowhere/"):
        page = visitor.go(path)
        assert faults_of(page) == []
        assert page.get_by_role("link", name="Ke daftar proyek", exact=True).is_visible()
    # The browser itself logs the status of these answers; nothing else may be there.
    assert all("404" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()


@pytest.mark.parametrize("page_of", ["recap", "work/boq"])
def test_the_font_asked_for_early_comes_once_and_is_used(visit: Any, cast: Cast, page_of: str) -> None:
    page = visit(cast.ani).go(f"/p/{priced_project(cast).code}/{page_of}/")
    fonts = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('.woff2'))"
    assert page.evaluate(f"{fonts}.map(one => one.initiatorType)") == ["link"]
    assert page.evaluate("[...document.fonts].some(one => one.status === 'loaded')")
