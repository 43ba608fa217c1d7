"""Make the demo: a person who may sign in, an organization, and a priced project. Making it again changes nothing."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from ahsp.accounts.models import Person
from ahsp.accounts.services import found_organization
from ahsp.exchange.demo import make_example_project

EMAIL = "demo@ahsp.example"


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
            organization = found_organization(person=person, name="Kantor Contoh")
            make_example_project(person=person, membership=person.memberships.get(organization=organization))


def _password(file: Path) -> str:
    """The demo's password, made once and readable by the owner of the installation only."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()
