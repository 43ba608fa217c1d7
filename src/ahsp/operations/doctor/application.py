"""The application's own code, asked in a process of its own: it may be what does not start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from ahsp.operations.doctor.patient import Patient
from ahsp.operations.doctor.results import Fault, Result

SECONDS_FOR_START = 15.0
MODULE = "ahsp.operations.doctor.inside"


def inside(patient: Patient) -> Iterator[Result]:
    """The checks `migrations`, `session` and `cache`. Raises Fault when the application does not start."""
    # The log of the application goes to standard error, its last line tells why it ended.
    done = _run(patient)
    lines = done.stdout.splitlines()
    try:
        reports = json.loads(lines[-1]) if done.returncode == 0 and lines else None
    except ValueError:
        reports = None
    if reports is None:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise Fault("doctor.application_fails", check="application.code", reason=_short(said))
    for report in reports:
        code = str(report["code"])
        yield Result(str(report["name"]), not code, int(report["took_ms"]), code, dict(report["data"]))


def _run(patient: Patient) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", MODULE]
    environment = {**patient.targets.environment}
    # What it does is no visitor's, so it counts nowhere.
    environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
    for name in ("PATH", "PYTHONPATH"):
        if name in os.environ:
            environment.setdefault(name, os.environ[name])
    try:
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patient.deadline.at_most(SECONDS_FOR_START),
        )
    except subprocess.TimeoutExpired as error:
        raise Fault("doctor.application_hangs", check="application.code") from error


def _short(said: list[str]) -> str:
    """The last line, without what may be a secret in an address."""
    line = said[-1] if said else "?"
    return "…" if "://" in line else line[:200]
