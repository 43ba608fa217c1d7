"""`./ahsp manage staff E-MAIL`: who may see the page of the server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ahsp.core.errors import NotFound
from ahsp.core.issue_texts import issue_text
from ahsp.operations.services import set_administrator


class Command(BaseCommand):
    help = "Let a person see the page of the server, or with --remove no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--remove", action="store_true")

    def handle(self, *_arguments: Any, email: str, remove: bool, **_options: Any) -> None:
        try:
            set_administrator(email=email, is_administrator=not remove)
        except NotFound as error:
            raise CommandError(issue_text(error.code, error.data, "en")) from error
        self.stdout.write(f"{email}: {'no administrator any more' if remove else 'administrator'}")
