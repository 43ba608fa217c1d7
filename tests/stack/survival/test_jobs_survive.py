"""Every worker killed in the middle of documents: the jobs are taken up again and end well, and pages never notice."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

import psycopg

from ahsp.loadtest.application import Application
from ahsp.loadtest.browser import Browser
from ahsp.loadtest.files import pdf, word, workbook
from ahsp.loadtest.seeds import SeededProject
from tests.stack.machine import wait_for
from tests.stack.survival.crowd import Crowd
from tests.stack.survival.fault import members, survive, told

FORMATS = {"pdf": pdf, "docx": word, "xlsx": workbook}
WORKER = "celery -A ahsp.celery worker"


def running_jobs(application: Application) -> int:
    with psycopg.connect(application.running.direct_database_url) as connection:
        row = connection.execute("SELECT count(*) FROM jobs_job WHERE state = 'RUNNING'").fetchone()
    assert row is not None
    return int(row[0])


def interrupted_jobs(application: Application) -> int:
    with psycopg.connect(application.running.direct_database_url) as connection:
        row = connection.execute("SELECT count(*) FROM jobs_job WHERE attempt > 1").fetchone()
    assert row is not None
    return int(row[0])


class Office:
    """Somebody who asks for every document of every project and waits for all of them."""

    def __init__(self, application: Application) -> None:
        self.browser = Browser(application.running.address)
        self.account = application.seeds.single
        assert self.browser.sign_in(self.account).status == 302
        self.jobs: dict[str, tuple[str, SeededProject]] = {}

    def ask(self) -> None:
        for project in reversed(self.account.projects):
            for ending in FORMATS:
                answer = self.browser.post(f"/p/{project.code}/documents/", {"format": ending})
                assert answer.status == 302, answer.body[:300]
                self.jobs[answer.headers["location"]] = (ending, project)

    def all_done(self) -> bool:
        return all(b'data-state="DONE"' in self.browser.get(place).body for place in self.jobs)

    def wrong_files(self) -> list[str]:
        wrong = []
        for place, (ending, project) in self.jobs.items():
            verdict = FORMATS[ending](project.name)(self.browser.get(f"{place}file/"))
            wrong += [f"{ending} of {project.name}: {verdict.problem}"] if verdict.problem else []
        return wrong


def kill_in_the_middle(application: Application, office: Office) -> None:
    """Ask for documents, hold every worker still, look that one is at work, and only then kill them all."""
    frozen = []
    # Asked beside us: on an idle machine the first are made before the last are asked for.
    asking = threading.Thread(target=office.ask)
    asking.start()

    def caught() -> bool:
        frozen[:] = members(application, WORKER)
        for process in frozen:
            process.send_signal(signal.SIGSTOP)
        if running_jobs(application):
            return True
        for process in frozen:
            process.send_signal(signal.SIGCONT)
        return False

    wait_for(caught, "a worker at work")
    asking.join()
    for process in frozen:
        process.kill()
    for process in frozen:
        process.wait(timeout=30)


def test_all_workers_are_killed_in_the_middle_of_documents(
    application: Application, crowd: Crowd, record_property: Callable[[str, object], None]
) -> None:
    office = Office(application)
    outcome = survive(crowd, lambda: kill_in_the_middle(application, office), lambda: members(application, WORKER))
    back = time.monotonic()
    wait_for(office.all_done, "the end of every job")
    told("workers killed", outcome, record_property)
    record_property("documents", f"{len(office.jobs)} done {time.monotonic() - back:.1f} s after the workers were back")
    assert {sight.kind for sight in outcome.sights} == {"right"}
    assert interrupted_jobs(application) >= 1
    assert office.wrong_files() == []
