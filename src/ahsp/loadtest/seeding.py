"""Seeds the home that `AHSP_HOME` names for the load test: `python -m ahsp.loadtest.seeding ACCOUNTS`.

People, organizations, projects and bills go through the services of the application; a bill is written with COPY.
What is there in the right shape is kept; what a run has left beside it is deleted.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from ahsp.loadtest.seeds import (
    SHAPE,
    SINGLE_SIZES,
    SIZES,
    Account,
    Item,
    SeededProject,
    Seeds,
    read_seeds,
    seeds_file,
    write_seeds,
)
from ahsp.operations.stack.home import Home, default_home
from ahsp.operations.stack.servers import running_stack

if TYPE_CHECKING:
    from ahsp.accounts.models import Person
    from ahsp.loadtest.bills import Heading
    from ahsp.projects.models import Project

DOMAIN = "loadtest.example"
# So many lines of each project are known to the people who open them.
KNOWN_ITEMS = 20


def main(accounts: int) -> None:
    with running_stack() as environment:
        os.environ.update(environment)
        import django

        django.setup()
        seed(Home(default_home()), accounts)


def seed(home: Home, accounts: int) -> Seeds:
    """The seeds of `home`, made now unless they are there already."""
    path = seeds_file(home)
    found = read_seeds(path)
    if found is not None and len(found.accounts) == accounts and _is_there(found):
        _delete_the_rest(found)
        return found
    _delete_everybody()
    seeds = _make(accounts)
    write_seeds(path, seeds)
    _analyze()
    return seeds


def _is_there(seeds: Seeds) -> bool:
    from ahsp.estimates.models import WorkItem

    emails = [account.email for account in (*seeds.accounts, seeds.single)]
    codes = [project.code for account in (*seeds.accounts, seeds.single) for project in account.projects]
    rows = WorkItem.objects.filter(project__code__in=codes, project__created_by__email__in=emails)
    return rows.count() == seeds.items


def _delete_the_rest(seeds: Seeds) -> None:
    """What an earlier run made and left: copies, documents that would be given out again, sessions."""
    from django.contrib.sessions.models import Session

    from ahsp.jobs.models import Job
    from ahsp.projects.models import Project

    codes = [project.code for account in (*seeds.accounts, seeds.single) for project in account.projects]
    Project.objects.filter(created_by__email__endswith=f"@{DOMAIN}").exclude(code__in=codes).delete()
    Job.objects.filter(person__email__endswith=f"@{DOMAIN}").delete()
    Session.objects.all().delete()


def _delete_everybody() -> None:
    from ahsp.accounts.models import Organization, Person

    people = Person.objects.filter(email__endswith=f"@{DOMAIN}")
    Organization.objects.filter(memberships__person__in=people).delete()
    people.delete()


def _make(count: int) -> Seeds:
    from ahsp.catalog.access import editions
    from ahsp.core.errors import NotFound
    from ahsp.loadtest.bills import headings

    edition = editions().first()
    if edition is None:
        raise NotFound("example.not_loaded")
    pieces = headings(edition)
    accounts = tuple(_account(f"p{number:03}", SIZES, pieces) for number in range(1, count + 1))
    return Seeds(SHAPE, edition.slug, accounts, _account("single", SINGLE_SIZES, pieces))


def _account(mark: str, sizes: Sequence[int], pieces: Sequence[Heading]) -> Account:
    from django.db import transaction

    from ahsp.accounts.models import Person
    from ahsp.accounts.services import found_organization

    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        email, name = f"{mark}@{DOMAIN}", f"Estimator {mark}"
        person = Person.objects.create_user(email, password, name=name)
        found_organization(person=person, name=f"Kantor {mark}")
        projects = tuple(_project(person, f"Gedung {mark} {size}", size, pieces) for size in sizes)
    return Account(email, name, password, projects)


def _project(person: Person, name: str, size: int, pieces: Sequence[Heading]) -> SeededProject:
    from ahsp.catalog.access import editions
    from ahsp.estimates.services import import_boq
    from ahsp.loadtest.bills import make_bill
    from ahsp.prices.access import example_book
    from ahsp.projects.services import create_project

    book = example_book()
    values = {
        "name": name,
        "location": "Kabupaten Contoh",
        "edition": editions().first(),
        "price_book": book,
        "overhead": Decimal(10),
        "vat_date": date(2026, 3, 2),
    }
    project = create_project(person=person, membership=person.memberships.get(), values=values)
    # The same name, the same bill: runs on different machines load the same rows.
    bill = make_bill(pieces, size, Random(name))
    import_boq(project=project, person=person, children=bill, replace=True, source="loadtest", expected=1)
    return SeededProject(project.code, name, size, bill[0].name, bill[-1].name, _known_items(project))


def _known_items(project: Project) -> tuple[Item, ...]:
    from ahsp.estimates.models import WorkItem

    rows = list(WorkItem.objects.filter(project=project).order_by("position"))
    return tuple(Item(row.pk, row.code, row.description) for row in rows[:: max(len(rows) // KNOWN_ITEMS, 1)])


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]))
