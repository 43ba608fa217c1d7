"""Makes the database ready for this version: tables, the shipped packages, the demo, static files."""

from __future__ import annotations

import django
from django.core.management import call_command


def prepare() -> None:
    """Run again at every start; each step does nothing when there is nothing to do."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_packages", verbosity=0)
    call_command("demo_project", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    prepare()
