"""Make the demo: a person who may sign in, an organization, and a priced project. Making it again changes nothing."""

from __future__ import annotations

import secrets
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from ahsp.accounts.models import Person
from ahsp.accounts.services import found_organization
from ahsp.catalog.models import Edition
from ahsp.catalog.packages import DATA_DIR
from ahsp.engine.numbers import Notation
from ahsp.estimates.services import import_boq
from ahsp.exchange.reading.boq import read_boq, to_children
from ahsp.prices.models import PriceBook
from ahsp.projects.services import create_project

EMAIL = "demo@ahsp.example"
BILL = DATA_DIR / "demo" / "boq-gedung.csv"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--password-file", type=Path, default=settings.HOME / "demo-password")

    def handle(self, *_args: Any, **options: Any) -> None:
        if Person.objects.filter(email=EMAIL).exists():
            return
        password = _password(options["password_file"])
        with transaction.atomic():
            person = Person.objects.create_user(EMAIL, password, name="Demo")
            _make_project(person)


def _password(file: Path) -> str:
    """The demo's password, made once and readable by the owner of the installation only."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()


def _make_project(person: Person) -> None:
    organization = found_organization(person=person, name="Kantor Contoh")
    project = create_project(
        person=person,
        membership=person.memberships.get(organization=organization),
        values={
            "name": "Gedung Kantor Contoh (demo)",
            "location": "Bandung, Jawa Barat",
            "owner_name": "Dinas Contoh",
            "edition": Edition.objects.order_by("-date", "slug")[0],
            "price_book": PriceBook.objects.filter(is_example=True).order_by("id")[0],
            "overhead": Decimal(10),
            "vat_date": date(2026, 3, 2),
            "hours_per_day": Decimal(8),
        },
    )
    project.is_demo = True
    project.save(update_fields=["is_demo"])
    import_boq(
        project=project,
        person=person,
        children=to_children(read_boq(BILL, notation=Notation.INDONESIAN)),
        replace=True,
        source=BILL.name,
        expected=project.revision,
    )
