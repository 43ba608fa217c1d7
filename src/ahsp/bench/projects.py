"""The projects the workspace is measured on: work items that use analyses of the shipped edition in turn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count, cycle, islice

from django.db.models import Count, Q

from ahsp.accounts.models import Membership, Organization, Person, Role
from ahsp.catalog.models import Analysis, AnalysisLine, Edition
from ahsp.estimates.analyses.services import modify
from ahsp.estimates.models import Section, WorkItem
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project
from ahsp.projects.services import project_change

ITEMS_OF_A_SECTION, SECTIONS_OF_A_DIVISION = 25, 16
# Those of the edition that have so many lines have a dozen on average: 12,000 items then have 144,000.
LINES_OF_AN_ANALYSIS = (11, 15)
# One item in so many uses an analysis of its own, modified from the reference.
MODIFIED_EVERY = 40
# Of the resources of the edition the one that nearly every analysis uses: its price changes nearly every row.
EVERYWHERE = {"kind": "labor", "name": "Pekerja", "unit": "OH"}
# The columns of a pasted block.
FIELDS = ["number", "code", "description", "unit", "quantity", "unit_price"]
_NUMBERS = count(1)


def make_bench_project(size: int) -> tuple[Person, Project]:
    """A project of `size` items with the owner of its organization."""
    number = next(_NUMBERS)
    organization = Organization.objects.create(name=f"bench {number}")
    person = Person.objects.create_user(f"workspace-{number}@ahsp.example", name="Bench")
    Membership.objects.create(person=person, organization=organization, role=Role.OWNER)
    project = _make_project(organization, size)
    modified = project.items.filter(position__in=range(0, size, MODIFIED_EVERY)).values_list("pk", "analysis__code")
    with project_change(project=project, person=person, act="bench.modify") as entry:
        for pk, reference in modified:
            modify(entry, reference=reference, items=[pk], code="")
    return person, project


def lines_of(project: Project) -> int:
    """Lines of all analyses, once for each item that uses them."""
    used = Q(analysis__in=project.items.values("analysis"))
    counted = dict(AnalysisLine.objects.filter(used).values_list("analysis").annotate(number=Count("id")))
    own = dict(project.analysis_lines.values_list("analysis").annotate(number=Count("id")))
    items = project.items.values_list("analysis_id", "own_id")
    return sum(own.get(mine, 0) if mine else counted.get(of_edition, 0) for of_edition, mine in items)


def spreadsheet_rows(project: Project, number: int) -> list[list[str]]:
    """Rows × six columns, as a person copies them from a spreadsheet: FIELDS."""
    codes = cycle(Analysis.objects.filter(edition=project.edition).order_by("position").values_list("code", flat=True))
    return [
        [str(place), code, f"Pekerjaan {place}", "m3", f"1.{place % 1000:03},25", ""]
        for place, code in enumerate(islice(codes, number), 1)
    ]


def _make_project(organization: Organization, size: int) -> Project:
    edition = Edition.objects.get(slug="ck-se47-2026")
    book = PriceBook.objects.get(slug="ck-se47-2026-example")
    project = Project.objects.create(
        organization=organization, name=f"bench {size}", edition=edition, price_book=book, vat_date=date(2026, 1, 1)
    )
    analyses = cycle(_analyses(edition))
    sections = _sections(project, -(-size // ITEMS_OF_A_SECTION))
    WorkItem.objects.bulk_create(
        WorkItem(
            project=project,
            organization=organization,
            section=sections[place // ITEMS_OF_A_SECTION],
            position=place,
            tag=place + 1,
            number="",
            code=analysis.code,
            analysis=analysis,
            description=analysis.name,
            unit=analysis.unit,
            quantity=Decimal(place + 1) / 8,
        )
        for place, analysis in enumerate(islice(analyses, size))
    )
    return project


def _analyses(edition: Edition) -> list[Analysis]:
    least, most = LINES_OF_AN_ANALYSIS
    counted = Analysis.objects.filter(edition=edition).annotate(number=Count("lines"))
    return list(counted.filter(number__gte=least, number__lte=most).order_by("position"))


def _sections(project: Project, number: int) -> list[Section]:
    made: list[Section] = []
    division: Section | None = None
    for place in range(number):
        if place % SECTIONS_OF_A_DIVISION == 0:
            division = Section.objects.create(
                project=project, organization=project.organization, position=place, name=f"Division {place}"
            )
        made.append(
            Section(
                project=project,
                organization=project.organization,
                parent=division,
                position=place,
                name=f"Section {place}",
            )
        )
    return Section.objects.bulk_create(made)
