"""Make a project from a file that dump_project wrote, and print its code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ahsp.accounts.access import first_writable_membership
from ahsp.accounts.models import Person
from ahsp.core.errors import AhspError
from ahsp.core.rendering import error_text
from ahsp.exchange.project_files import load


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--person", required=True, help="E-mail address of the person who gets it.")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["person"].lower()).first()
        if person is None:
            raise CommandError(f"There is no person {options['person']}.")
        try:
            data = json.loads(options["file"].read_text(encoding="utf-8"))
            organization = first_writable_membership(person).organization
            project = load(data if isinstance(data, dict) else {}, person=person, organization=organization)
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}") from error
        except AhspError as error:
            raise CommandError(error_text(error)) from error
        self.stdout.write(project.code)
