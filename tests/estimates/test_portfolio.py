"""The list of projects: its figures add up, its filters and cursors hold, and it stays small and quick to ask for."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ahsp.accounts.models import Membership, Organization, Role
from ahsp.catalog.models import Analysis
from ahsp.catalog.queries import read_catalog
from ahsp.core.revision_cache import forget_memory
from ahsp.engine.needs import resource_needs
from ahsp.estimates.figures import Figures, figures_of, project_figures
from ahsp.estimates.models import WorkItem
from ahsp.estimates.portfolio import PER_PAGE, Asked, Choices, Row, choices_of, context_of, leading, portfolio, spend_of
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.projects.listing import Listing, Sort, Turn, Wanted, suggested
from ahsp.projects.models import Project
from tests.builders import bill, make_edition, make_project
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10.333
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000.01
4 | 1.3 | Plesteran | m2 | 7.77
"""
WHOLE = "1 | 1.1 | Galian tanah | m3 | 3"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def fill(project: Project, cast: Cast, text: str = BILL) -> Project:
    import_boq(
        project=project, person=cast.ani, children=bill(text), replace=True, source="x", expected=project.revision
    )
    return project


def changed_at(project: Project, moment: datetime) -> None:
    Project.objects.filter(pk=project.pk).update(updated_at=moment)


def many(cast: Cast, count: int) -> list[Project]:
    """Projects without lines, a minute apart, the last one changed last; every fifth pair at the same moment."""
    made = [make_project(cast, name=f"Gedung {number:03}") for number in range(count)]
    for number, project in enumerate(made):
        changed_at(project, BEGINNING + timedelta(minutes=number - (number % 5 == 0)))
    return made


@pytest.fixture(autouse=True)
def cold() -> None:
    forget_memory()


# Figures


def test_the_figures_are_those_of_the_priced_estimate_and_add_up(project: Project, cast: Cast) -> None:
    Analysis.objects.filter(code="1.3").update(division="2 Dinding")
    fill(project, cast)
    whole = priced_estimate(project)
    figures = project_figures(project)
    assert (figures.item_count, figures.incomplete, figures.priced) == (4, 1, 3)
    assert (figures.subtotal, figures.total) == (whole.subtotal, whole.rounded_total)
    assert figures.subtotal + figures.vat + figures.rounding == figures.total
    kinds = figures.kinds
    parts = (kinds.labor, kinds.material, kinds.equipment, kinds.overhead_and_profit, kinds.own_prices, kinds.rounding)
    assert sum(parts) == figures.subtotal
    assert all(part == part.quantize(Decimal("0.01")) for part in parts)
    spend = resource_needs(whole).spend
    assert abs(kinds.labor - spend.labor) < Decimal("0.01")
    assert kinds.own_prices == Decimal("5000000.01")
    by_division = dict(figures.divisions)
    assert sum(by_division.values()) == figures.subtotal
    assert set(by_division) == {"1 Tanah", "2 Dinding", ""}
    assert by_division[""] == Decimal("5000000.01")


def test_the_figures_of_many_are_those_of_each(project: Project, cast: Cast) -> None:
    others = [fill(make_project(cast, hours_per_day=Decimal(hours), overhead=hours), cast) for hours in (7, 8)]
    together = figures_of([fill(project, cast), *others, make_project(cast)])
    forget_memory()
    cache.clear()
    for one in (project, *others):
        assert together[one.pk] == project_figures(one)
    empty = together[max(together)]
    assert (empty.item_count, empty.total, empty.divisions) == (0, Decimal(0), ())


def test_a_changed_bill_has_figures_of_its_own(project: Project, cast: Cast) -> None:
    first = project_figures(fill(project, cast))
    assert project_figures(fill(project, cast, WHOLE)) != first


def test_a_restored_backup_does_not_read_the_figures_of_another_past(project: Project, cast: Cast) -> None:
    fill(project, cast)
    before = project_figures(project)
    # The same revision, written at another time with another content: what a restored backup goes on to do.
    WorkItem.objects.filter(project=project).delete()
    changed_at(project, BEGINNING)
    restored = Project.objects.get(pk=project.pk)
    assert restored.revision == project.revision
    assert project_figures(restored) != before


def test_the_spend_of_a_page_is_the_sum_of_its_projects(project: Project, cast: Cast) -> None:
    projects = [fill(project, cast), fill(make_project(cast, total_rounding="floor:1000"), cast, WHOLE)]
    figures = figures_of(projects)
    spend = spend_of([Row(one, figures[one.pk]) for one in projects])
    assert spend.total == sum(one.total for one in figures.values())
    assert spend.subtotal + spend.vat + spend.rounding == spend.total
    assert sum(part.amount for part in spend.kinds) == spend.subtotal
    assert sum(part.amount for part in spend.divisions) == spend.subtotal
    assert spend.incomplete == 1


def test_small_parts_are_added_up_and_lose_nothing(project: Project) -> None:
    divisions = tuple((f"{n} D", Decimal(n)) for n in range(1, 14))
    figures = Figures(1, 0, Decimal(91), Decimal(0), Decimal(0), Decimal(91), kinds_of(91), divisions)
    spend = spend_of([Row(project, figures)])
    first, rest, count = leading(spend.divisions, 10)
    assert (len(first), count) == (10, 3)
    assert rest is not None
    assert sum(part.amount for part in first) + rest.amount == spend.subtotal
    assert leading(spend.divisions[:11], 10) == (spend.divisions[:11], None, 0)


def kinds_of(labor: int) -> Any:
    from ahsp.estimates.figures import Kinds

    return Kinds(labor=Decimal(labor))


# The list


def walk(listing: Listing, size: int) -> list[int]:
    """Every id, page by page forwards; going back over the pages gives the same."""
    page = listing.page(Turn(), size)
    assert page.previous is None
    found = [row.pk for row in page.rows]
    while page.next:
        page = listing.page(Turn(after=page.next.written()), size)
        found += [row.pk for row in page.rows]
    back = [row.pk for row in page.rows]
    while page.previous:
        page = listing.page(Turn(before=page.previous.written()), size)
        back = [row.pk for row in page.rows] + back
    assert back == found
    return found


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("offices", [1, 3])
def test_every_project_stands_on_one_page(cast: Cast, project: Project, sort: Sort, offices: int) -> None:
    rows = [project, *many(cast, 23)]
    ids = [cast.office.pk]
    for number in range(1, offices):
        office = Organization.objects.create(name=f"Cabang {number}")
        ids.append(office.pk)
        Project.objects.filter(pk__in=[row.pk for row in rows[number::4]]).update(organization=office)
    stored = Project.objects.filter(organization__in=ids)
    order = {Sort.CHANGED: ("-updated_at", "-id"), Sort.OLDEST: ("updated_at", "id"), Sort.NAME: ("name", "id")}[sort]
    assert walk(Listing(ids, Wanted(sort=sort)), 7) == list(stored.order_by(*order).values_list("id", flat=True))


def test_a_write_moves_no_other_project_from_page_to_page(cast: Cast, project: Project) -> None:
    rows = [project, *many(cast, 20)]
    listing = Listing([cast.office.pk])
    first = listing.page(Turn(), 8)
    assert first.next is not None
    seen = [row.pk for row in first.rows]
    # One that was seen is changed, another is made, one is deleted: by number, the next page would repeat or skip.
    changed_at(first.rows[5], datetime(2030, 1, 1, tzinfo=UTC))
    make_project(cast, name="Baru")
    first.rows[6].delete()
    rest = []
    turn = first.next
    while turn:
        page = listing.page(Turn(after=turn.written()), 8)
        rest += [row.pk for row in page.rows]
        turn = page.next
    assert sorted(seen + rest) == sorted(row.pk for row in rows)


@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "W10", "WzAsImEiXQ", "WzEsIm5vdCBhIHRpbWUiLDFd", "bm90IGpzb24", "a" * 5000, "WzAsIlwwIiwxXQ"],
)
def test_a_cursor_that_means_nothing_leads_to_the_first_page(cast: Cast, project: Project, cursor: str) -> None:
    for sort in Sort:
        query = {"sort": sort.value, "after": cursor, "before": cursor}
        assert [row.project for row in context_of(cast.ani, query)["page"].rows] == [project]


def test_a_page_whose_projects_are_gone_begins_again(cast: Cast, project: Project) -> None:
    many(cast, PER_PAGE)
    cursor = context_of(cast.ani, {})["page"].next
    Project.objects.filter(pk=project.pk).delete()
    Project.objects.filter(name="Gedung 000").delete()
    assert context_of(cast.ani, {"after": cursor})["page"].rows


@pytest.mark.usefixtures("project")
def test_filters_narrow_and_stay_in_the_address(cast: Cast) -> None:
    other = make_edition("lama-2020")
    for row in many(cast, 3):
        Project.objects.filter(pk=row.pk).update(edition=other)
    choices = choices_of(cast.ani)

    def names(**query: str) -> list[str]:
        asked = Asked.read(query, choices)
        assert Asked.read(dict(parse_qsl(asked.address()[1:])), choices) == asked
        return [row.project.name for row in portfolio(asked, choices, Turn()).rows]

    assert names(q="uji") == ["Gedung Uji"]
    assert names(q="GEDUNG 002") == ["Gedung 002"]
    assert names(edition=str(other.pk), sort="name") == ["Gedung 000", "Gedung 001", "Gedung 002"]
    assert names(since="2026-01-02") == ["Gedung Uji"]
    assert len(names(since="2026-13-45", edition="0", organization="9" * 40, state="?", sort="total")) == 4


def test_only_own_organizations_can_be_asked_for(cast: Cast, project: Project) -> None:
    elsewhere = cast.membership(cast.dedi).organization
    Project.objects.create(
        organization=elsewhere,
        name="Rahasia",
        edition=project.edition,
        price_book=project.price_book,
        vat_date=date(2026, 1, 1),
    )
    for query in ({}, {"organization": str(elsewhere.pk)}, {"q": "Rahasia"}):
        assert all(row.project.name != "Rahasia" for row in context_of(cast.ani, query)["page"].rows)
    assert Listing([cast.office.pk], Wanted(organization=elsewhere.pk)).page(Turn(), 5).rows == []


def test_states_are_looked_for_page_by_page(cast: Cast, project: Project) -> None:
    many(cast, 30)
    whole = [fill(make_project(cast, name=f"Lengkap {number}"), cast, WHOLE) for number in range(3)]
    fill(project, cast)
    choices = choices_of(cast.ani)

    def found(state: str, after: str = "") -> Any:
        return portfolio(Asked.read({"state": state}, choices), choices, Turn(after=after))

    assert {row.project.pk for row in found("complete").rows} == {one.pk for one in whole}
    assert [row.project for row in found("partial").rows] == [project]
    first = found("empty")
    second = found("empty", first.next)
    assert (len(first.rows), len(second.rows), second.next) == (PER_PAGE, 10, "")
    assert not {row.project.pk for row in first.rows} & {row.project.pk for row in second.rows}


@pytest.mark.usefixtures("project")
def test_the_search_of_every_page_finds_words_in_any_order(cast: Cast) -> None:
    many(cast, 3)
    assert [one.name for one in suggested([cast.office.pk], ["001", "gedung"], 5)] == ["Gedung 001"]


# The page


def twenty(cast: Cast) -> None:
    """Twenty projects with long names in two organizations, each with lines, and a second edition to choose from."""
    second = Organization.objects.create(name="Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Kepulauan Contoh")
    Membership.objects.create(person=cast.ani, organization=second, role=Role.ESTIMATOR)
    make_edition("lama-2020")
    for number in range(PER_PAGE):
        name = f"Pembangunan Gedung Pelayanan Terpadu dan Laboratorium Lingkungan Tahap {number}"
        project = fill(make_project(cast, name=name, location="Kabupaten Kepulauan Contoh, Sulawesi Tengah"), cast)
        if number % 2:
            Project.objects.filter(pk=project.pk).update(organization=second)


def dashboard(client: Client, **query: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("estimates:projects"), query)
    assert answer.status_code == 200
    return answer.content.decode(), [one["sql"][:200] for one in captured.captured_queries]


@pytest.mark.usefixtures("project")
def test_cold_it_takes_seven_queries_and_twenty_projects_less_than_forty_kilobytes(cast: Cast) -> None:
    twenty(cast)
    client = sign_in(cast.ani)
    # As in a process that serves: it has read the catalog, and nobody has seen these figures or this session.
    read_catalog()
    forget_memory()
    cache.clear()
    page, queries = dashboard(client)
    assert len(queries) == 7, "\n".join(queries)
    assert page.count('<th scope="row" class="project-name">') == PER_PAGE
    assert len(page.encode()) < 40_000
    page, queries = dashboard(client)
    assert len(queries) == 3, "\n".join(queries)


def test_the_page_shows_totals_progress_and_what_they_add_up_to(cast: Cast, project: Project) -> None:
    fill(project, cast)
    page, _ = dashboard(sign_in(cast.ani))
    assert "3 / 4" in page
    assert "Baris dengan harga sendiri" in page
    assert "Baris tanpa analisa" in page
    assert "5.000.000,01" in page
    assert page.count("<progress") == 1 + 6


def test_what_people_type_is_escaped(cast: Cast, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(name="<b>Gedung</b>", location='"><script>')
    page, _ = dashboard(sign_in(cast.ani), q="<b>")
    assert "<b>Gedung" not in page
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "&lt;b&gt;Gedung&lt;/b&gt;" in page


def test_without_projects_it_says_what_to_do_first(cast: Cast) -> None:
    page, _ = dashboard(sign_in(cast.dedi))
    assert reverse("projects:create") in page
    assert "project-table" not in page
    watched, _ = dashboard(sign_in(cast.citra))
    assert f'button button-primary" href="{reverse("projects:create")}' not in watched


@pytest.mark.usefixtures("project")
def test_a_filter_that_finds_nothing_leads_back(cast: Cast) -> None:
    page, _ = dashboard(sign_in(cast.ani), q="tidak ada")
    assert "“tidak ada”" in page
    page, _ = dashboard(sign_in(cast.ani), state="complete")
    assert 'class="chip"' in page


def test_the_menu_of_a_project_lists_the_latest_without_their_figures(cast: Cast, project: Project) -> None:
    fill(project, cast)
    client = sign_in(cast.ani)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("estimates:projects"), headers={"HX-Request": "true"})
    assert answer.content.decode().count("project-link") == 1
    assert not [one for one in captured.captured_queries if "estimates_workitem" in one["sql"]]


def test_the_download_holds_the_figures_of_the_page(cast: Cast, project: Project) -> None:
    fill(project, cast)
    answer = sign_in(cast.ani).get(reverse("estimates:spend_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    figures = project_figures(Project.objects.get(pk=project.pk))

    def total(by: str) -> Decimal:
        return sum((Decimal(row["rupiah"]) for row in rows if row["by"] == by), Decimal(0))

    assert total("kind") == total("division") == figures.subtotal
    assert {row["name"]: Decimal(row["rupiah"]) for row in rows if row["by"] == "total"} == {
        "subtotal": figures.subtotal,
        "vat": figures.vat,
        "rounding": figures.rounding,
        "total": figures.total,
    }


def test_choices_are_own_organizations_and_loaded_editions(cast: Cast, project: Project) -> None:
    with CaptureQueriesContext(connection) as captured:
        choices = choices_of(cast.citra)
    assert len(captured) == 1
    assert choices == Choices(
        {cast.office.pk: cast.office.name},
        {project.edition_id: project.edition.title},
        may_create=False,
        roles={cast.office.pk: "viewer"},
        person=cast.citra.pk,
    )
