"""What the images of the production stack start: `python -m ahsp.operations.production web|worker|beat|pool|migrate`.

The supervisor of `./ahsp up` has no part in it: each container holds one of these, and the engine of the containers
starts again what ends. Settings that cannot be meant end it with one line and code 2.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ahsp import configuration, environment
from ahsp.core.errors import AhspError
from ahsp.core.issue_texts import issue_text
from ahsp.environment import SettingError
from ahsp.operations.stack.addresses import direct_url, parts_of
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.home import REPOSITORY
from ahsp.operations.stack.limits import apply_limits
from ahsp.operations.stack.pgbouncer import configured_pool, pgbouncer_program, write_configuration
from ahsp.operations.stack.web_process import serve
from ahsp.operations.stack.workers import BEAT, WORKER, celery_command

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a container has an address of its own
WEB_PORT = "8000"


def web() -> None:
    """Serve until SIGTERM."""
    serve(EVERYWHERE, int(environment.text("AHSP_PORT", WEB_PORT)))


def worker() -> None:
    """Becomes the worker."""
    _become(celery_command(WORKER))


def beat() -> None:
    """Becomes the beat."""
    _become(celery_command(BEAT))


def pool() -> None:
    """Becomes PgBouncer, on the port by which the settings reach it. Raises StackError without the program."""
    program = pgbouncer_program()
    if program is None:
        raise StackError("stack.package_missing", package="pgbouncer")
    port = int(parts_of(environment.text("DATABASE_URL"))["port"])
    folder = Path(tempfile.mkdtemp(prefix="pgbouncer-"))
    direct = environment.text("AHSP_DIRECT_DATABASE_URL")
    _become([str(program), str(write_configuration(folder, direct, EVERYWHERE, port, configured_pool()))])


def migrate() -> None:
    """Make the tables those of this version and load the packages, past the pool; then end."""
    direct = direct_url(environment.text("AHSP_DIRECT_DATABASE_URL", "") or environment.text("DATABASE_URL"))
    apply_limits(direct)
    os.environ["DATABASE_URL"] = direct
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ahsp.settings")

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_packages", verbosity=1)


def _become(command: list[str]) -> None:
    sys.stdout.flush()
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


PARTS: dict[str, Callable[[], None]] = {
    "web": web,
    "worker": worker,
    "beat": beat,
    "pool": pool,
    "migrate": migrate,
}


def main(name: str) -> None:
    """Start the part called `name`; exits with code 2 and one line when it cannot be started."""
    try:
        configuration.apply(os.environ, REPOSITORY)
        PARTS[name]()
    except SettingError as error:
        sys.exit(_complaint("cli.setting", {"reason": str(error)}))
    except AhspError as error:
        sys.exit(_complaint(error.code, dict(error.data)))


def _complaint(code: str, data: dict[str, str]) -> int:
    sys.stderr.write(f"ahsp: {issue_text(code, data, 'en')}\n")
    return 2


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in PARTS:
        sys.exit(f"one of {', '.join(PARTS)} is wanted")
    main(sys.argv[1])
