"""The example project that comes with the program: a small office building, priced at example prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ahsp.accounts.models import Membership, Person
from ahsp.catalog.access import editions
from ahsp.catalog.packages import DATA_DIR
from ahsp.core.errors import NotFound
from ahsp.engine.numbers import Notation
from ahsp.estimates.services import import_boq
from ahsp.exchange.reading.boq import read_boq, to_children
from ahsp.prices.access import example_book
from ahsp.projects.models import Project
from ahsp.projects.services import create_project

BILL = DATA_DIR / "demo" / "boq-gedung.csv"


@transaction.atomic
def make_example_project(*, person: Person, membership: Membership) -> Project:
    """Make the example project in the organization of `membership`. Raises NotFound where nothing is loaded."""
    edition, book = editions().first(), example_book()
    if edition is None or book is None:
        raise NotFound("example.not_loaded")
    values = {
        "name": _("Example office building"),
        "location": "Bandung, Jawa Barat",
        "edition": edition,
        "price_book": book,
        "overhead": Decimal(10),
        "vat_date": date(2026, 3, 2),
        "hours_per_day": book.hours_per_day,
    }
    project = create_project(person=person, membership=membership, values=values, is_demo=True)
    children = to_children(read_boq(BILL, notation=Notation.INDONESIAN))
    import_boq(project=project, person=person, children=children, replace=True, source=BILL.name, expected=1)
    return project
