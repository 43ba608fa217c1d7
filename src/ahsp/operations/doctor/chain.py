"""The chain, link by link, up to the first that is broken."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from ahsp.operations.doctor import machine, pool, postgres, through_pool, waiting, worker
from ahsp.operations.doctor.application import inside
from ahsp.operations.doctor.patient import Patient
from ahsp.operations.doctor.redis_server import RedisServer, is_redis_url, port_of_redis
from ahsp.operations.doctor.results import Deadline, Fault, Note, Result
from ahsp.operations.doctor.targets import Targets, find_targets, parts_of, port_of
from ahsp.operations.doctor.web import Web, public, site, straight

Check = Callable[[], Note | None]


def examine_installation() -> list[Result]:
    """Look at whatever runs here; where nothing does, that is the one finding."""
    started = time.monotonic()
    try:
        targets = find_targets()
    except Fault as fault:
        return [Result(fault.check, ok=False, took_ms=_since(started), code=fault.code, data=fault.data)]
    return examine(targets)


def examine(targets: Targets) -> list[Result]:
    """Every check up to the first that fails, which is the true cause. Ends within LONGEST_EXAMINATION."""
    patient = Patient(targets, Deadline())
    results: list[Result] = []
    with patient.closing:
        for result in _links(patient):
            results.append(result)
            if not result.ok:
                break
    return results


def _links(patient: Patient) -> Iterator[Result]:
    """The results in order; whoever reads them stops at the first fault."""
    for name, check in _servers(patient):
        yield _look(patient, name, check)
    yield from _application(patient)
    for name, check in _work_and_pages(patient):
        yield _look(patient, name, check)


def _look(patient: Patient, name: str, check: Check) -> Result:
    started = time.monotonic()
    try:
        if patient.deadline.is_over:
            raise Fault("doctor.no_time", check="time")
        note = check()
    except Fault as fault:
        return Result(fault.check or name, ok=False, took_ms=_since(started), code=fault.code, data=fault.data)
    except Exception as error:  # noqa: BLE001 whatever a server answers, the operator gets a finding
        # The text of an unforeseen error may quote an address with its password.
        data = {"name": name, "kind": type(error).__name__}
        return Result(name, ok=False, took_ms=_since(started), code="doctor.unexpected", data=data)
    if note is not None:
        return Result(name, ok=True, took_ms=_since(started), code=note.code, data=note.data)
    return Result(name, ok=True, took_ms=_since(started))


def _read(targets: Targets) -> None:
    """Every address can be taken apart: what follows may rely on it."""
    for url in filter(None, (targets.database_url, targets.direct_url, targets.pool_url)):
        port_of(parts_of(url), 0)
    for url in (targets.redis_url, targets.broker_url):
        if is_redis_url(url):
            port_of_redis(url)
    for url in filter(None, (targets.address, targets.public_url)):
        site(url)


def _servers(patient: Patient) -> Iterator[tuple[str, Check]]:
    yield "settings", lambda: _read(patient.targets)
    yield "disk", lambda: machine.check_disk(patient)
    yield "postgres.name", lambda: postgres.check_name(patient)
    yield "postgres.port", lambda: postgres.check_port(patient)
    yield "postgres.authentication", lambda: postgres.check_authentication(patient)
    yield "postgres.query", lambda: postgres.check_query(patient)
    if patient.targets.pool_url:
        yield from _pool(patient)
    start, url = patient.targets.start, patient.targets.redis_url
    cache = RedisServer(url, part="Redis", check="redis", setting="REDIS_URL", start=start("redis"))
    yield from _redis(patient, cache, "redis")
    yield "clock", lambda: machine.check_clock(patient)


def _pool(patient: Patient) -> Iterator[tuple[str, Check]]:
    yield "pool.name", lambda: pool.check_name(patient)
    yield "pool.port", lambda: pool.check_port(patient)
    yield "pool.authentication", lambda: pool.check_authentication(patient)
    yield "pool.settings", lambda: pool.check_settings(patient)
    yield "pool.mode", lambda: pool.check_mode(patient)
    yield "postgres.connections", lambda: pool.check_size(patient)
    yield "pool.query", lambda: through_pool.check_query(patient)
    yield "pool.used", lambda: waiting.check_used(patient)


def _redis(patient: Patient, server: RedisServer, name: str) -> Iterator[tuple[str, Check]]:
    yield f"{name}.name", lambda: server.check_name(patient)
    yield f"{name}.port", lambda: server.check_port(patient)
    yield f"{name}.authentication", lambda: server.check_authentication(patient)
    yield f"{name}.memory", lambda: server.check_memory(patient)
    yield f"{name}.speed", lambda: server.check_speed(patient)
    if name == "redis":
        patient.redis = server.client


def _application(patient: Patient) -> Iterator[Result]:
    """The checks made inside the application, in a process of its own."""
    started = time.monotonic()
    try:
        yield from inside(patient)
    except Fault as fault:
        yield Result(fault.check, ok=False, took_ms=_since(started), code=fault.code, data=fault.data)


def _work_and_pages(patient: Patient) -> Iterator[tuple[str, Check]]:
    targets = patient.targets
    yield "started", lambda: _is_started(targets)
    broker = None
    if targets.broker_url != targets.redis_url and is_redis_url(targets.broker_url):
        start = targets.start("redis")
        broker = RedisServer(
            targets.broker_url, part="broker", check="broker", setting="CELERY_BROKER_URL", start=start
        )
        yield from _redis(patient, broker, "broker")
    client = broker.client if broker else (patient.redis if is_redis_url(targets.broker_url) else None)
    yield "worker", lambda: worker.check_answers(patient, client)
    yield "beat", lambda: worker.check_beat(patient)
    yield "worker.jobs", lambda: worker.check_jobs(patient)
    for web in (straight(patient), public(patient)):
        if web is not None:
            yield from _pages(web)


def _is_started(targets: Targets) -> Note | None:
    """Somebody told where the application answers. In a container of a worker nobody need."""
    if targets.is_seen:
        return None
    if targets.in_container:
        return Note("doctor.web_unseen", {})
    raise Fault("doctor.not_running", path=targets.home.root)


def _pages(web: Web) -> Iterator[tuple[str, Check]]:
    check = web.check
    yield f"{check}.name", web.check_name
    yield f"{check}.port", web.check_port
    if web.site.scheme == "https":
        yield f"{check}.certificate", web.check_certificate
    yield f"{check}.answer", web.check_answer
    yield f"{check}.origin", web.check_origin
    yield f"{check}.static", web.check_static
    yield f"{check}.stream", web.check_stream


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
