"""Makes the database ready for this version: tables, shipped packages, demo, static files. Run by `up`."""

from __future__ import annotations

import json

import django
from django.core.management import call_command


def prepare() -> None:
    """Run at every start; each step does nothing when there is nothing to do."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_packages", verbosity=0)
    prepare_demo()
    call_command("collectstatic", interactive=False, verbosity=0)


def prepare_demo() -> None:
    """Make the demo if it is absent; note its sign-in for `up` to show, as long as it is still the right one."""
    from django.conf import settings
    from django.contrib.auth import authenticate

    from ahsp.exchange.management.commands.demo_project import EMAIL
    from ahsp.operations.stack.files import replace_file
    from ahsp.operations.stack.home import Home

    home = Home(settings.HOME)
    password_file = home.secrets / "demo-password"
    call_command("demo_project", password_file=password_file, verbosity=0)
    home.demo.unlink(missing_ok=True)
    if password_file.exists():
        password = password_file.read_text(encoding="utf-8").strip()
        if authenticate(None, username=EMAIL, email=EMAIL, password=password) is not None:
            replace_file(home.demo, json.dumps({"email": EMAIL, "password": password}))


if __name__ == "__main__":
    prepare()
