"""Jobs with a real worker, beat and broker: killed in the middle, lost on the way, cancelled while they run."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.stack.conftest import Installation
from tests.stack.machine import Up, Visitor, all_gone, wait_for

# Ten thousand lines: setting them takes seconds, so the middle is long enough to be met.
MORE_LINES = """
INSERT INTO estimates_workitem (project_id, organization_id, section_id, position, tag, number, code, analysis_id,
       description, unit, quantity, formula, measured, unit_price, overhead, reading_issues, quantity_issues, version)
SELECT project_id, organization_id, section_id, position + 1000 * n, tag + 1000 * n, number, code, analysis_id,
       description, unit, quantity + n, formula, measured, unit_price, overhead, reading_issues, quantity_issues,
       version
  FROM estimates_workitem, generate_series(1, 45) AS n
"""
A_JOB = """
INSERT INTO jobs_job (id, kind, arguments, person_id, project_code, title, key, state, percent, message_code,
       message_data, error_code, error_data, result, attempt, last_attempt, cancel_requested, worker, created_at)
SELECT %s, 'document', jsonb_build_object('code', code, 'format', 'xlsx', 'language', 'id'), created_by_id, code, name,
       '', 'WAITING', 0, '', '{}', '', '{}', '{}', 0, 3, false, '', now()
  FROM projects_project
"""


@dataclass
class Desk:
    """The demo's person before the running application, with a look at the rows of jobs."""

    up: Up
    visitor: Visitor
    code: str

    def ask(self, ending: str) -> str:
        """Ask for a document; the id of its job."""
        address, _ = self.visitor.post(f"p/{self.code}/", f"p/{self.code}/documents/", format=ending)
        return address.rstrip("/").rpartition("/")[2]

    def query(self, statement: str, *values: object) -> tuple[object, ...]:
        with psycopg.connect(self.up.urls["database_url"]) as connection:
            row = connection.execute(statement, values).fetchone()
        assert row is not None
        return tuple(row)

    def state(self, job: str) -> str:
        return str(self.query("SELECT state FROM jobs_job WHERE id = %s", job)[0])

    def wait(self, job: str, state: str, seconds: float = 120) -> None:
        wait_for(lambda: self.state(job) == state, f"{state} of the job", seconds)


@pytest.fixture(scope="module")
def up(installation: Installation, home: Path) -> Iterator[Up]:
    """One application for all of these: each leaves it as it found it."""
    running = Up(installation.script, home).ready()
    yield running
    running.end()


@pytest.fixture
def desk(up: Up) -> Desk:
    password, email = re.search(r"password: (\S+)", up.output), re.search(r"sign-in: (\S+)", up.output)
    assert password and email, up.output
    visitor = Visitor(up.page)
    visitor.sign_in(email[1], password[1])
    with psycopg.connect(up.urls["database_url"]) as connection:
        code, lines = connection.execute(
            "SELECT code, (SELECT count(*) FROM estimates_workitem) FROM projects_project ORDER BY id"
        ).fetchone() or ("", 0)
        if lines < 5000:
            connection.execute(MORE_LINES)
            connection.execute("UPDATE projects_project SET revision = revision + 1")
    return Desk(up, visitor, code)


def test_an_export_survives_the_death_of_every_worker_in_its_middle(desk: Desk) -> None:
    job = desk.ask("pdf")
    desk.wait(job, "RUNNING")
    workers = desk.up.members("ahsp.celery worker")
    assert len(workers) >= 2
    for member in workers:
        member.kill()
    wait_for(lambda: all_gone(workers), "the kill")
    assert desk.state(job) in {"RUNNING", "WAITING"}
    desk.wait(job, "DONE")
    attempts, files = desk.query(
        "SELECT attempt, (SELECT count(*) FROM jobs_jobfile WHERE job_id = id) FROM jobs_job WHERE id = %s", job
    )
    assert (attempts, files) == (2, 1)
    assert desk.visitor.download(f"jobs/{job}/file/").startswith(b"%PDF-")


def test_a_job_whose_message_was_lost_is_sent_again(desk: Desk) -> None:
    job = str(uuid.uuid4())
    with psycopg.connect(desk.up.urls["database_url"]) as connection:
        connection.execute(A_JOB, [job])
    desk.wait(job, "DONE")
    assert desk.visitor.download(f"jobs/{job}/file/").startswith(b"PK")


def test_jobs_wait_while_the_broker_is_away(desk: Desk) -> None:
    broker = desk.up.members("valkey-server")[0]
    broker.suspend()
    try:
        job = desk.ask("docx")
        assert desk.state(job) == "WAITING"
    finally:
        broker.resume()
    desk.wait(job, "DONE")
    assert desk.visitor.download(f"jobs/{job}/file/").startswith(b"PK")


def test_a_running_export_is_cancelled_and_its_typesetter_ends(desk: Desk) -> None:
    with psycopg.connect(desk.up.urls["database_url"]) as connection:
        connection.execute("UPDATE projects_project SET revision = revision + 1")
    job = desk.ask("pdf")
    wait_for(lambda: desk.up.members("typesetting.py") or desk.state(job) == "DONE", "the typesetter")
    desk.visitor.post(f"jobs/{job}/", f"jobs/{job}/cancel/")
    desk.wait(job, "CANCELLED")
    wait_for(lambda: not desk.up.members("typesetting.py"), "the end of the typesetter")
