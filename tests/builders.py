"""What tests build on: a small edition and its prices, projects, bills of one line a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ahsp.catalog.models import Analysis, AnalysisLine, Edition, Resource
from ahsp.engine.estimate import Section, WorkItem
from ahsp.estimates.services import import_boq
from ahsp.prices.models import Price, PriceBook
from ahsp.projects.models import Project
from tests.people import Cast

RESOURCES = {
    "Pekerja": ("labor", "OH", "120000"),
    "Mandor": ("labor", "OH", "200000"),
    "Semen": ("material", "kg", "1300"),
    "Pasir": ("material", "m3", None),
}
ANALYSES = {
    # T1 of the domain rules: D 97,600, F at 10 % 107,360.
    "1.1": ("Galian tanah biasa sedalam 1 m", "m3", (("Pekerja", "0.75"), ("Mandor", "0.038"))),
    # Sand has no price: a partial analysis.
    "1.2": ("Urugan pasir", "m3", (("Pekerja", "0.3"), ("Pasir", "1.2"))),
    "1.3": ("Plesteran", "m2", (("Pekerja", "0.2"), ("Semen", "5.75"))),
}


def make_edition(slug: str = "uji-2026") -> Edition:
    """Three analyses over four resources."""
    edition = Edition.objects.create(
        slug=slug, title=f"Edisi {slug}", regulation="SE", number="1", date=date(2026, 1, 1), annex="I", field="Uji",
        provenance="", checksum=slug, manifest={"provenance": {}, "known_limits": {}},
    )  # fmt: skip
    resources = {
        name: Resource.objects.create(edition=edition, kind=kind, name=name, unit=unit)
        for name, (kind, unit, _) in RESOURCES.items()
    }
    for position, (code, (name, unit, lines)) in enumerate(ANALYSES.items(), 1):
        analysis = Analysis.objects.create(
            edition=edition, code=code, division="1 Tanah", section="Tanah", name=name, unit=unit, position=position
        )
        for place, (resource, coefficient) in enumerate(lines, 1):
            AnalysisLine.objects.create(
                analysis=analysis,
                position=place,
                line_kind="resource",
                group_kind=resources[resource].kind,
                resource=resources[resource],
                coefficient=Decimal(coefficient),
            )
    return edition


def make_price_book(slug: str = "harga-uji") -> PriceBook:
    """Example prices of the resources above; sand has none."""
    book = PriceBook.objects.create(slug=slug, name="Harga uji", is_example=True, hours_per_day=Decimal(7))
    for name, (kind, unit, price) in RESOURCES.items():
        if price is not None:
            Price.objects.create(book=book, kind=kind, name=name, unit=unit, price=Decimal(price))
    return book


def make_project(cast: Cast, **fields: Any) -> Project:
    """A project of Ani's office at 10 %, VAT of 2026, unit prices to the sen."""
    values: dict[str, Any] = {
        "name": "Gedung Uji",
        "vat_date": date(2026, 1, 15),
        "unit_price_rounding": "half-up:0.01",
        "total_rounding": "none",
    }
    values |= fields
    values.setdefault("edition", Edition.objects.first() or make_edition())
    values.setdefault("price_book", PriceBook.objects.first() or make_price_book())
    return Project.objects.create(organization=cast.office, created_by=cast.ani, **values)


def bill(text: str) -> tuple[Section | WorkItem, ...]:
    """A bill from lines "number | code | description | unit | quantity | own price"; "# name" opens a section."""
    children: list[Section | WorkItem] = []
    inside: list[WorkItem] = []
    heading = ""

    def close() -> None:
        if heading:
            children.append(Section(f"s{len(children)}", str(len(children) + 1), heading, tuple(inside)))
        else:
            children.extend(inside)

    for row, line in enumerate((line.strip() for line in text.strip().splitlines()), 1):
        if line.startswith("#"):
            close()
            heading, inside = line[1:].strip(), []
            continue
        cells = [cell.strip() for cell in line.split("|")] + [""] * 6
        number, code, description, unit, quantity, price = cells[:6]
        inside.append(
            WorkItem(
                key=str(row),
                number=number,
                description=description,
                unit=unit,
                quantity=Decimal(quantity) if quantity else None,
                analysis=code or None,
                unit_price=Decimal(price) if price else None,
            )
        )
    close()
    return tuple(children)


SMALL_BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
4 |     | Belum dihargai | unit | 2
5 | 1.3 | Plesteran | m2 |
"""


def fill(project: Project, cast: Cast) -> Project:
    """The project with SMALL_BILL, which Budi imported: revision 2."""
    children = bill(SMALL_BILL)
    import_boq(project=project, person=cast.budi, children=children, replace=True, source="boq.csv", expected=1)
    return project
