"""The unit price sheet as markup: what stands in a line, where it comes from, and what is kept of it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ahsp.catalog.models import Analysis, AnalysisLine
from ahsp.catalog.queries import read_catalog
from ahsp.estimates.models import ProjectPrice, WorkItem
from ahsp.estimates.services import import_boq
from ahsp.prices.models import Conversion, Price
from ahsp.projects.models import Project
from tests.builders import bill
from tests.estimates.analyses.acts import lines, run
from tests.people import Cast, sign_in

BILL = """
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.2 | Urugan pasir | m3 | 4
3 | 1.3 | Plesteran <kasar> | m2 | 2
4 |     | Mobilisasi | ls | 1 | 5000000
"""


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    import_boq(
        project=project, person=cast.ani, children=bill(BILL), replace=True, source="x", expected=project.revision
    )
    return project


def sheet(client: Client, project: Project, position: int, **headers: str) -> str:
    item = WorkItem.objects.filter(project=project).order_by("position")[position]
    answer = client.get(reverse("estimates:item", args=[project.code, item.pk]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_line_says_coefficient_price_amount_and_their_origin(filled: Project, cast: Cast) -> None:
    said = words(sheet(sign_in(cast.ani), filled, 0))
    assert "Pekerja 0,75 OH 120.000,00 90.000,00" in said.replace("\N{FIGURE SPACE}", "").replace("  ", " ")
    assert "Koefisien SE 1, Lampiran I, 1.1" in said
    assert "Harga Harga uji harga contoh" in said
    assert "97.600,00" in said


def test_what_lacks_a_price_is_marked_and_its_group_a_lower_bound(filled: Project, cast: Cast) -> None:
    page = sheet(sign_in(cast.ani), filled, 1)
    assert page.count('class="sheet-line incomplete"') == 1
    assert "harga belum ada" in words(page)
    assert "≥" in page


def test_a_converted_price_says_from_what(filled: Project, cast: Cast) -> None:
    Price.objects.filter(name="Semen").update(unit="zak", price=Decimal(65000))
    Conversion.objects.create(book=filled.price_book, name="Semen", from_unit="zak", to_unit="kg", factor=Decimal(50))
    said = words(sheet(sign_in(cast.ani), filled, 2))
    assert "1.300,00" in said
    assert "tercatat per zak, × 0,02 per kg" in said


def test_a_nested_analysis_stands_below_its_line(filled: Project, cast: Cast) -> None:
    outer = Analysis.objects.create(
        edition=filled.edition, code="9.1", division="9", section="9", name="Luar", unit="m2", position=9
    )
    AnalysisLine.objects.create(
        analysis=outer, position=1, line_kind="nested", nested_code="1.1", coefficient=Decimal(2)
    )
    AnalysisLine.objects.create(analysis=outer, position=2, line_kind="information", name="Catatan & lain")
    AnalysisLine.objects.create(
        analysis=outer, position=3, line_kind="percentage", group_kind="labor", name="Alat bantu", percent=5, of=[1]
    )
    page = sign_in(cast.ani).get(reverse("estimates:analysis", args=[filled.edition.slug, "9.1"])).content.decode()
    assert '<div class="nested">' in page
    assert "195.200,00" in page
    assert "Catatan &amp; lain" in page
    assert "5 %" in page


def test_a_price_of_its_own_has_no_analysis_behind_it(filled: Project, cast: Cast) -> None:
    page = sheet(sign_in(cast.ani), filled, 3)
    assert "sheet-line" not in page
    assert "5.000.000,00" in page


def test_what_people_type_is_escaped(filled: Project, cast: Cast) -> None:
    Price.objects.filter(name="Semen").update(price=Decimal(1))
    filled.price_book.document = "<script>"
    filled.price_book.save()
    page = sheet(sign_in(cast.ani), filled, 2)
    assert "<kasar>" not in page
    assert "Plesteran &lt;kasar&gt;" in page
    assert "<dd>&lt;script&gt;</dd>" in page


def test_a_sheet_that_was_seen_asks_for_person_and_project_only(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    read_catalog()
    first = sheet(client, filled, 0)
    item = WorkItem.objects.filter(project=filled).order_by("position")[0]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(reverse("estimates:item", args=[filled.code, item.pk]))
    statements = [one["sql"][:150] for one in captured.captured_queries]
    assert len(statements) == 2, "\n".join(statements)
    assert words(again.content.decode()) == words(first)


def test_the_inspector_holds_the_same_sheet(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    inspector: Any = sheet(client, filled, 0, **{"HX-Request": "true"})
    assert "<html" not in inspector
    assert inspector.count("<details") == 2


def test_a_sheet_of_another_project_is_not_found(filled: Project, cast: Cast) -> None:
    item = WorkItem.objects.filter(project=filled)[0]
    other = Project.objects.create(
        organization=cast.office,
        name="Lain",
        edition=filled.edition,
        price_book=filled.price_book,
        vat_date=filled.vat_date,
    )
    answer = sign_in(cast.ani).get(reverse("estimates:item", args=[other.code, item.pk]))
    assert answer.status_code == 404


def test_a_modified_analysis_says_what_it_was_made_from_and_what_was_changed(filled: Project, cast: Cast) -> None:
    result = run(filled, cast.ani, "analyses.modify", reference="1.1")
    first, _ = lines(filled, "1.1-M1")
    run(filled, cast.ani, "lines.set", rows=[{"key": f"l{first.pk}", "coefficient": "0,9"}])
    values = {"group_kind": "material", "name": "Semen", "unit": "kg", "coefficient": "1"}
    run(filled, cast.ani, "lines.add", analysis=result["key"], rows=[values])
    ProjectPrice.objects.create(
        project=filled, organization=cast.office, kind="material", name="Semen", unit="kg", price=Decimal(1500),
        source="Toko <A>", region="Cimahi", document="penawaran 7",
    )  # fmt: skip
    page = sheet(sign_in(cast.ani), filled, 0)
    said = words(page).replace("\N{FIGURE SPACE}", "")
    assert "analisa ubahan dibuat dari 1.1" in said
    assert "Koefisien diubah dari 0,75 (SE 1, Lampiran I, 1.1)" in said
    assert "Koefisien SE 1, Lampiran I, 1.1" in said
    assert "Koefisien ditambahkan; tidak ada di SE 1, Lampiran I, 1.1" in said
    assert "Toko &lt;A&gt; harga sendiri Daerah Cimahi Dokumen penawaran 7" in said
    assert 'href="/catalog/uji-2026/a/1.1/"' in page
    assert "/work/analyses/?open=1.1-M1" in page


def test_an_own_analysis_is_quoted_from_no_edition(filled: Project, cast: Cast) -> None:
    values = [{"group_kind": "labor", "name": "Pekerja", "unit": "OH", "coefficient": "1"}]
    made = run(filled, cast.ani, "analyses.add", code="SENDIRI", name="Sendiri", unit="ls", lines=values)
    item = WorkItem.objects.get(project=filled, description="Galian tanah")
    run(filled, cast.ani, "analyses.use", analysis=made["key"], items=[f"i{item.pk}"])
    page = sheet(sign_in(cast.ani), filled, 0)
    assert "Koefisien analisa sendiri proyek ini" in words(page)
    assert "/catalog/uji-2026/a/SENDIRI/" not in page
