"""One run from the seeds to the verdict."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ahsp.loadtest.application import Application, environment
from ahsp.loadtest.mixes import BARE, MIXES, SINGLE
from ahsp.loadtest.objectives import SHORTEST_SOAK, Finding, judge
from ahsp.loadtest.plan import Plan
from ahsp.loadtest.records import SEEN, Figures, Records, figures, percentile
from ahsp.loadtest.samples import Sample, Sampler
from ahsp.loadtest.seeds import seeds_file
from ahsp.loadtest.single import measure_single
from ahsp.loadtest.soak import soak_figures
from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.logs import last_words, size
from ahsp.operations.stack.ports import LOOPBACK, remembered_port
from ahsp.operations.stack.processes import wait_until

# Every worker has answered once and holds its connections, as in an office that has opened.
WARM_UP_SECONDS, WARM_UP_USERS = 6.0, 8
SECONDS_TO_CALM_DOWN = 15
SECONDS_TO_LISTEN = 60
# The bare page is measured twice, each time for this part of the run.
BARE_SHARE, MOST_BARE_SECONDS = 6, 20.0
Say = Callable[[str], None]
MIX_NAMES = (*MIXES, SINGLE)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for."""

    users: int
    spawn_rate: float
    seconds: float
    mix: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a run gave."""

    options: Options
    figures: Figures
    findings: tuple[Finding, ...]
    records: Records
    samples: tuple[Sample, ...]
    more: dict[str, float]

    @property
    def passed(self) -> bool:
        return all(finding.passed for finding in self.findings)

    def shape(self) -> dict[str, Any]:
        """What `--json` prints."""
        whole = self.figures.whole
        return {
            "passed": self.passed,
            "mix": self.options.mix,
            "users": self.options.users,
            "requests": whole.requests,
            "failures": whole.failures,
            "requests_per_second": self.figures.requests_per_second,
            "p50_ms": whole.p50_ms,
            "p95_ms": whole.p95_ms,
            "p99_ms": whole.p99_ms,
            "max_ms": whole.max_ms,
            "signed_in_share": self.figures.signed_in_share,
            "by_name": [asdict(row) for row in self.figures.rows],
            "stack": stack_figures(self.samples) | self.more,
            "objectives": [finding.line for finding in self.findings],
            "problems": self.figures.problems,
        }


def measure(application: Application, options: Options, say: Say) -> Result:
    """Warm up, drive, watch, judge."""
    with Sampler(application.running, [application.pid]) as sampler:
        say(f"Warming up for {WARM_UP_SECONDS:g} s")
        drive(application, sampler, Options(WARM_UP_USERS, WARM_UP_USERS, WARM_UP_SECONDS, "capacity", shared=False))
        with bare_rates(application, sampler, options, say) as rates:
            sampler.samples.clear()
            sampler.restart_clock()
            say(f"{options.users} people of the mix {options.mix} for {options.seconds:g} s")
            records = _measured(application, sampler, options)
            samples = tuple(sampler.samples)
            leaked = _leaked(sampler)
        found = figures(records)
    more = {"connections_leaked": float(leaked), **_storm(records, options)}
    more |= _live(records)
    more["server_connections_max"] = max((sum(sample.database.values()) for sample in samples), default=0)
    if rates:
        more["bare_page_requests_per_second"] = round(sum(rates) / len(rates), 1)
        more["bare_page_ratio"] = round(found.requests_per_second * len(rates) / sum(rates), 3)
    if records.seconds >= SHORTEST_SOAK:
        more |= soak_figures(records.requests, samples, records.seconds)
    findings = judge(options.mix, options.users, records.seconds, found, more)
    return Result(options, found, findings, records, samples, more)


def _measured(application: Application, sampler: Sampler, options: Options) -> Records:
    if options.mix == SINGLE:
        return measure_single(application.running.address, application.seeds)
    return drive(application, sampler, options)


@contextmanager
def bare_rates(application: Application, sampler: Sampler, options: Options, say: Say) -> Iterator[list[float]]:
    """Pages a second of the bare page, before and after the block, for the mix that is compared with it."""
    rates: list[float] = []
    if options.mix != "capacity":
        yield rates
        return
    seconds = min(max(options.seconds / BARE_SHARE, 3.0), MOST_BARE_SECONDS)
    with bare_page(application) as address:

        def measure_once() -> None:
            say(f"The bare page for {seconds:g} s")
            asked = Options(options.users, options.users, seconds, BARE, shared=False)
            found = figures(drive(application, sampler, asked, bare=address))
            if found.problems or not found.whole.requests:
                raise StackError("stack.load_test_failed", reason=f"bare page: {found.problems or 'no answer'}")
            rates.append(found.requests_per_second)

        measure_once()
        yield rates
        measure_once()


@contextmanager
def bare_page(application: Application) -> Iterator[str]:
    """The address of the bare page while it is served."""
    port = remembered_port(application.home.ports, "bare")
    log = application.home.log / "loadtest-bare.log"
    since = size(log)
    command = [sys.executable, "-P", "-m", "ahsp.loadtest.bare", str(port)]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=subprocess.STDOUT, env=environment(application.home.root)
        )
    try:
        listening = wait_until(lambda: process.poll() is not None or _listens(port), SECONDS_TO_LISTEN)
        if not listening or process.poll() is not None:
            raise StackError("stack.web_failed", log=str(log), reason=last_words(log, since))
        yield f"http://{LOOPBACK}:{port}"
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex((LOOPBACK, port)) == 0


def _storm(records: Records, options: Options) -> dict[str, float]:
    if options.mix != "login-storm":
        return {}
    seconds = [one for found in records.acts.values() for one in found]
    return {"people_in": len(seconds), "all_in_s": round(max(seconds, default=options.seconds), 2)}


def _live(records: Records) -> dict[str, float]:
    """How long it took until a write showed in somebody else's window."""
    ordered = sorted(1000 * seconds for seconds in records.acts.get(SEEN, []))
    if not ordered:
        return {}
    return {
        "live_edits_seen": len(ordered),
        "live_p50_ms": round(percentile(ordered, 0.5), 1),
        "live_p99_ms": round(percentile(ordered, 0.99), 1),
    }


def _leaked(sampler: Sampler) -> int:
    """Connections that are still in use once nobody asks any more."""
    busy = 0

    def calm() -> bool:
        nonlocal busy
        sample = sampler.look()
        in_use = sum(number for state, number in sample.database.items() if state != "idle")
        busy = in_use + sample.pool.get("cl_waiting", 0) + sample.pool.get("sv_active", 0)
        return busy == 0

    wait_until(calm, SECONDS_TO_CALM_DOWN)
    return busy


def drive(application: Application, sampler: Sampler, options: Options, bare: str = "") -> Records:
    """Let Locust drive, in a process of its own. Raises StackError with the last words of it."""
    with tempfile.TemporaryDirectory(prefix="ahsp-loadtest-") as folder:
        plan_file, records_file, log = (Path(folder) / name for name in ("plan.json", "records.json", "drive.log"))
        Plan(
            address=application.running.address,
            mix=options.mix,
            users=options.users,
            spawn_rate=options.spawn_rate,
            seconds=options.seconds,
            shared=options.shared,
            seeds=str(seeds_file(application.home)),
            records=str(records_file),
            bare=bare,
        ).write(plan_file)
        command = [sys.executable, "-P", "-m", "ahsp.loadtest.drive", str(plan_file)]
        with log.open("wb") as file:
            env = environment(application.home.root)
            process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=env)
        try:
            sampler.processes.watch(process.pid)
            while process.poll() is None:
                time.sleep(0.1)
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0 or not records_file.exists():
            raise StackError("stack.load_test_failed", reason=last_words(log, 0))
        return Records.read(records_file)


def stack_figures(samples: tuple[Sample, ...]) -> dict[str, Any]:
    """The means and the highest values of what was sampled."""
    parts = sorted({part for sample in samples for part in sample.cpu})
    return {
        "machine_busy": round(_mean([sample.machine for sample in samples]), 3),
        "cpu_cores": {part: round(_mean([s.cpu.get(part, 0.0) for s in samples]), 3) for part in parts},
        "memory_mb_max": {part: round(max(s.memory.get(part, 0.0) for s in samples), 1) for part in parts},
        "database_max": _highest([sample.database for sample in samples]),
        "pool_max": _highest([sample.pool for sample in samples]),
        "redis_max": _highest([sample.redis for sample in samples]),
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _highest(found: list[Any]) -> dict[str, float]:
    names = sorted({name for one in found for name in one})
    return {name: max(one.get(name, 0) for one in found) for name in names}
