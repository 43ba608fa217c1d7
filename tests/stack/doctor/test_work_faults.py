"""Nobody does the slow work, and the broker between is not blamed. Who is merely busy is left in peace."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import psutil
import psycopg
import pytest

from ahsp.operations.stack.ports import LOOPBACK
from ahsp.operations.stack.workers import PROCESSES
from tests.stack.doctor.conftest import Ward, wait_for_work
from tests.stack.doctor.relays import stranger
from tests.stack.machine import wait_for


@pytest.fixture
def manned(ward: Ward) -> Iterator[None]:
    """The worker is there again afterwards."""
    yield
    ward.worker.start()
    wait_for_work(ward)


@pytest.mark.usefixtures("manned")
def test_no_worker(ward: Ward) -> None:
    ward.worker.stop()
    name, cause, mend = ward.fault()
    assert name == "worker"
    assert "No worker is there" in cause
    assert "./ahsp up" in mend


def test_a_worker_that_is_stopped(ward: Ward) -> None:
    ward.worker.freeze()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.worker.thaw()
    assert name == "worker"
    assert f"process {ward.worker.pid}, is stopped" in cause
    assert f"kill -CONT {ward.worker.pid}" in mend


def test_a_worker_whose_child_is_stopped(ward: Ward) -> None:
    child = psutil.Process(ward.worker.pid).children()[0]
    child.suspend()
    try:
        name, cause, _ = ward.fault()
    finally:
        child.resume()
    assert name == "worker"
    assert f"process {child.pid}, is stopped" in cause


def test_a_worker_of_another_machine_that_is_stuck(ward: Ward) -> None:
    """We know no process of it. The broker sees that somebody waits for messages and does not answer."""
    ward.worker.freeze()
    try:
        name, cause, mend = ward.fault(ours=False)
    finally:
        ward.worker.thaw()
    assert name == "worker"
    assert "connected to the broker" in cause
    assert "stuck" in cause
    assert "worker" in mend


@pytest.mark.usefixtures("manned")
def test_no_worker_on_any_machine(ward: Ward) -> None:
    ward.worker.stop()
    name, cause, mend = ward.fault(ours=False)
    assert name == "worker"
    assert "No worker is there" in cause
    assert "worker" in mend


def test_beat_that_is_stopped(ward: Ward) -> None:
    ward.beat.freeze()
    try:
        name, cause, mend = ward.fault()
    finally:
        ward.beat.thaw()
    assert name == "beat"
    assert "is stopped" in cause
    assert mend == f"`kill -CONT {ward.beat.pid}`"


@pytest.fixture
def job(ward: Ward) -> Iterator[str]:
    """A job that runs, with an hour since its last sign of life, while nobody sweeps."""
    pk = str(uuid.uuid4())
    ward.beat.freeze()
    ward.manage("shell", "-v0", "-c", MAKE_JOB.format(pk=pk))
    yield pk
    ward.database.run("DELETE FROM jobs_job", "DELETE FROM accounts_person", database="ahsp")
    ward.beat.thaw()


MAKE_JOB = """
from datetime import timedelta
from django.utils import timezone
from ahsp.accounts.models import Person
from ahsp.jobs.models import Job
person = Person.objects.create_user(email="left@example.com", password=None)
hour = timezone.now() - timedelta(hours=1)
Job.objects.create(id="{pk}", kind="document", person=person, title="left", state="RUNNING", heartbeat_at=hour)
"""


def test_a_job_that_nobody_takes_up(ward: Ward, job: str) -> None:
    """Beat of this machine is not looked at here, as where it runs on another one."""
    name, cause, mend = ward.fault(ours=False)
    assert name == "worker.jobs"
    assert job in cause
    assert "RUNNING" in cause
    assert "beat" in mend


def test_a_busy_worker_is_left_in_peace(ward: Ward) -> None:
    """Its processes wait for a lock and more stands behind it: the queue is long, and nothing is wrong."""
    url = ward.database.superuser_url("ahsp")
    with psycopg.connect(url) as holder, ward.cache.client() as client:
        holder.execute("LOCK TABLE jobs_job IN EXCLUSIVE MODE")
        ward.manage("shell", "-v0", "-c", SEND_MANY)
        wait_for(lambda: ward.database.run(WAITS)[0][0] == PROCESSES, "a worker that is at work")
        results = ward.examine()
        assert client.llen("jobs")
    assert [(one.name, one.code) for one in results if not one.ok] == []


WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
SEND_MANY = """
from ahsp.celery import app
for number in range(20):
    app.send_task("ahsp.jobs.run", ("00000000-0000-0000-0000-%012d" % number,))
"""


def test_another_program_on_the_port_of_the_broker(ward: Ward) -> None:
    with stranger() as port:
        name, cause, _ = ward.fault(broker_url=f"redis://{LOOPBACK}:{port}/0")
    assert name == "broker.port"
    assert "Something else than broker" in cause


def test_no_beat(ward: Ward) -> None:
    """The last of the folder: its first message is seconds away after a start."""
    ward.beat.stop()
    with ward.cache.client() as client:
        # As a minute later.
        client.delete("ahsp:beat")
        name, cause, mend = ward.fault()
    assert name == "beat"
    assert "Beat does not run" in cause
    assert "./ahsp up" in mend
