"""The part of the examination that needs the application itself, in a process of its own.

`python -m ahsp.operations.doctor.inside` prints one JSON array of checks: migrations, session, cache.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

from ahsp.operations.doctor.results import Fault

Report = dict[str, Any]
NO_ROOM, READ_ONLY, NO_RIGHT = "53100", "25006", "42501"


def check_migrations() -> None:
    """The tables are those of this version of the program: none are missing, none come from a later one."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        migration = plan[0][0]
        raise Fault("doctor.migrations_pending", count=len(plan), first=f"{migration.app_label}.{migration.name}")
    loader = executor.loader
    # What was squashed is gone from the disk and still noted as applied.
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations) - replaced
    later = sorted(key for key in unknown if key[0] in loader.migrated_apps)
    if later:
        raise Fault("doctor.migrations_later", first=".".join(later[-1]))


def check_session() -> None:
    """A session is written, read back from PostgreSQL as another process would, and ended."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore as DatabaseSession

    token = secrets.token_hex(8)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    session = store()
    session["doctor"] = token
    session.set_expiry(60)
    session.create()
    try:
        if store(session.session_key).get("doctor") != token:
            raise Fault("doctor.session_lost")
        if DatabaseSession(session.session_key).get("doctor") != token:
            raise Fault("doctor.session_not_kept")
    finally:
        session.delete()


def check_cache() -> None:
    """What is put into the cache comes back."""
    from django.core.cache import cache

    key, token = f"doctor:{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, token, 60)
    kept = cache.get(key)
    cache.delete(key)
    if kept != token:
        raise Fault("doctor.cache_lost")


CHECKS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("migrations", check_migrations),
    ("session", check_session),
    ("cache", check_cache),
)


def run(name: str, check: Callable[[], None]) -> Report:
    """One check with its name, its time, and the code and data of its fault."""
    from django.db import Error

    started = time.monotonic()
    report: Report = {"name": name, "code": "", "data": {}}
    try:
        check()
    except Fault as fault:
        report.update(code=fault.code, data=fault.data)
    except Error as error:
        report.update(_of_database(name, error))
    report["took_ms"] = round((time.monotonic() - started) * 1000)
    return report


def _of_database(name: str, error: Exception) -> Report:
    state = getattr(error.__cause__, "sqlstate", None)
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
    known = {
        NO_ROOM: ("postgres.disk", "doctor.postgres_disk"),
        READ_ONLY: ("postgres.query", "doctor.postgres_read_only"),
        NO_RIGHT: ("postgres.rights", "doctor.postgres_rights"),
    }
    check, code = known.get(str(state), (name, "doctor.postgres_fails"))
    return {"name": check, "code": code, "data": {"reason": reason, "part": "PostgreSQL"}}


def main() -> None:
    """Stop after the first fault: what follows would only repeat it."""
    import django

    django.setup()
    reports: list[Report] = []
    for name, check in CHECKS:
        reports.append(run(name, check))
        if reports[-1]["code"]:
            break
    sys.stdout.write(json.dumps(reports) + "\n")


if __name__ == "__main__":
    main()
