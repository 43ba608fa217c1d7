"""Whoever does the slow work: does a worker answer, does beat send what has to be sent, is nothing left lying?"""

from __future__ import annotations

import json
from typing import Any

import redis
from kombu.connection import Connection
from kombu.exceptions import OperationalError
from kombu.pidbox import Mailbox

from ahsp.core.streams.subscription import CLIENT_NAME
from ahsp.operations.doctor.listeners import Listener, children_of, process
from ahsp.operations.doctor.patient import Patient
from ahsp.operations.doctor.results import Fault, within
from ahsp.operations.stack.processes import identity, wait_until

# The main process of a worker answers while its children work, if late where the machine is busy.
SECONDS_FOR_REPLY = 8.0
SECONDS_TO_COME_BACK = 2.0
SECONDS_FOR_MESSAGE = 8.0
# Celery's name for what its workers listen to.
CONTROL_EXCHANGE = "celery"
# Sweeps come every few seconds, and whoever is silent for twenty is swept up.
SECONDS_UNTIL_LEFT = 120
# Beat leaves it with each sweep it sends, for a minute; see ahsp.jobs.beat.
TRACE_OF_BEAT = "ahsp:beat"

_LEFT = """
    SELECT id::text, kind, state,
           extract(epoch FROM now() - coalesce(heartbeat_at, sent_at, created_at))::int AS age
    FROM jobs_job
    WHERE (state = 'RUNNING' AND heartbeat_at < now() - %s * interval '1 second')
       OR (state = 'WAITING' AND sent_at IS NULL AND created_at < now() - %s * interval '1 second')
    ORDER BY age DESC LIMIT 1
"""


def check_answers(patient: Patient, broker: redis.Redis | None) -> None:
    """One worker at least answers, and none of this machine is stopped."""
    data: dict[str, Any] = {"start": patient.targets.start("worker"), "log": patient.targets.home.log / "worker.log"}
    known = recorded(patient, "worker")
    if known is not None:
        for one in (known, *children_of(known.pid)):
            if one.is_stopped:
                raise Fault("doctor.worker_stopped", **data, pid=one.pid)
    # One that has just been started, or lost its broker, needs some seconds until it listens.
    patience = SECONDS_FOR_REPLY if known is not None else SECONDS_TO_COME_BACK
    listening = _listening(patient, broker, patience) if broker is not None else None
    if listening != [] and _replies(patient):
        return
    if known is not None:
        raise Fault("doctor.worker_stuck", **data, pid=known.pid)
    if listening:
        raise Fault("doctor.worker_silent", **data, addresses=", ".join(listening))
    raise Fault("doctor.worker_none", **data)


def recorded(patient: Patient, name: str) -> Listener | None:
    """The process that `./ahsp up` noted under `name`, if it is still that one."""
    if not patient.targets.ours:
        return None
    try:
        entries = json.loads(patient.targets.home.children.read_text(encoding="utf-8"))
        pid, known = int(entries[name]["pid"]), entries[name]["identity"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return process(pid) if identity(pid) == known else None


def _replies(patient: Patient) -> list[Any]:
    """What workers say to a ping. Asked by kombu: Celery would prefer CELERY_BROKER_URL of the environment."""
    seconds = patient.deadline.at_most(SECONDS_FOR_REPLY)
    limits = {"socket_connect_timeout": 3, "socket_timeout": 3, "max_retries": 0}

    def ask() -> list[Any]:
        with Connection(patient.targets.broker_url, transport_options=limits) as connection:
            mailbox = Mailbox(CONTROL_EXCHANGE, type="fanout", accept=["json"], connection=connection)
            return list(mailbox.multi_call("ping", timeout=seconds, limit=1) or [])

    try:
        return within(seconds + 2, ask)
    except (OperationalError, redis.RedisError, OSError) as error:
        raise Fault("doctor.broker_fails", check="broker.port", reason=type(error).__name__) from error


def _listening(patient: Patient, broker: redis.Redis, patience: float) -> list[str] | None:
    """Addresses of the workers, as the broker sees them: each listens for commands. None where it does not say."""
    found: list[str] = []

    def somebody() -> bool:
        clients: Any = broker.client_list()
        listeners = [one for one in clients if int(one["sub"]) + int(one["psub"]) > 0]
        found[:] = [str(one.get("addr", "?")) for one in listeners if one.get("name") != CLIENT_NAME]
        return bool(found)

    try:
        wait_until(somebody, patient.deadline.at_most(patience))
    except redis.RedisError:
        return None
    return found


def check_beat(patient: Patient) -> None:
    """Beat has sent a sweep within the last minute."""
    assert patient.redis is not None  # noqa: S101 the chain asks only after it has connected
    known = recorded(patient, "beat")
    data: dict[str, Any] = {"start": patient.targets.start("beat"), "log": patient.targets.home.log / "beat.log"}
    if known is not None and known.is_stopped:
        raise Fault("doctor.beat_stopped", **data, pid=known.pid)
    cache = patient.redis
    # Where nobody noted its process, or Redis forgot the trace with its restart, the next message is awaited.
    patience = SECONDS_FOR_MESSAGE if known is not None or not patient.targets.ours else 0
    if not wait_until(lambda: bool(cache.exists(TRACE_OF_BEAT)), patient.deadline.at_most(patience)):
        raise Fault("doctor.beat_none", **data)


def check_jobs(patient: Patient) -> None:
    """No job lies where nobody takes it up."""
    if not patient.of_postgres("SELECT 1 AS there WHERE to_regclass('jobs_job') IS NOT NULL"):
        return
    for row in patient.of_postgres(_LEFT, SECONDS_UNTIL_LEFT, SECONDS_UNTIL_LEFT):
        data: dict[str, Any] = {"job": row["id"], "kind": row["kind"], "state": row["state"], "age": row["age"]}
        raise Fault("doctor.job_left", check="worker.jobs", **data, start=patient.targets.start("beat"))
