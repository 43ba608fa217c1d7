"""Write a project as a file: JSON on standard output, for load_project."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ahsp.exchange.project_files import dump
from ahsp.projects.models import Project


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("code", help="The code of the project, as in its address.")

    def handle(self, *_args: Any, **options: Any) -> None:
        project = Project.objects.filter(code=options["code"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['code']}.")
        self.stdout.write(json.dumps(dump(project), ensure_ascii=False, indent=1))
