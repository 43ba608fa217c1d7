"""Slow work: documents and copies, asked for, watched as a browser watches them, and opened."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping

import gevent

from ahsp.loadtest.acts import Act, plain_part, some_project
from ahsp.loadtest.browsing import HTMX
from ahsp.loadtest.checks import GOOD, Answer, Check, Verdict, fragment, page, refused
from ahsp.loadtest.files import pdf, word, workbook
from ahsp.loadtest.visitor import Visitor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
FORMATS: Mapping[str, Callable[[str], Check]] = {"xlsx": workbook, "pdf": pdf, "docx": word}
# As the card of a job asks.
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_FINISH = 120.0
_JOB = re.compile(r"/jobs/([0-9a-f-]{36})/")
_PROJECT = re.compile(r"/p/[a-z0-9]+/")
_STATE = re.compile(rb'data-state="([A-Z]+)"')


def export(ending: str) -> Callable[[Visitor], None]:
    """One document of one project: asked for, waited for, downloaded, looked into."""

    def ask(visitor: Visitor) -> None:
        project = some_project(visitor)
        begin = time.monotonic()
        job = _start(visitor, f"export {ending.upper()}: ask", f"/p/{project.code}/documents/", {"format": ending})
        if job and _wait(visitor, job):
            visitor.get("export: download", f"/jobs/{job}/file/", FORMATS[ending](project.name))
            visitor.note_act(f"export {ending.upper()}: from asking to having", time.monotonic() - begin)

    return ask


def copy(visitor: Visitor) -> None:
    """A copy of a project, opened once it is there: all its sections and lines."""
    project = some_project(visitor)
    begin = time.monotonic()
    job = _start(visitor, "copy: ask", f"/p/{project.code}/copy/", {"once": secrets.token_hex(8)})
    if not (job and _wait(visitor, job)):
        return
    visitor.note_act("copy: from asking to having", time.monotonic() - begin)
    led = visitor.get("copy: led on", f"/jobs/{job}/?go", _leads_to_project)
    if _PROJECT.fullmatch(led.headers.get("location", "")):
        check = page(visitor.account.email, f"{project.name} (", plain_part(project.first), plain_part(project.last))
        visitor.get("copy: open", led.headers["location"], check)


def _leads_to_project(answer: Answer) -> Verdict:
    wrong = refused(answer, 302)
    if wrong is not None:
        return wrong
    return GOOD if _PROJECT.fullmatch(answer.headers.get("location", "")) else Verdict("leads to no project")


def _start(visitor: Visitor, name: str, path: str, fields: Mapping[str, str]) -> str:
    """The id of the job that was asked for, "" if it was refused."""
    form = {**fields, "csrfmiddlewaretoken": visitor.token()}
    answer = visitor.send(name, "POST", path, _leads_to_job, form=form, headers=FORM)
    found = _JOB.search(answer.headers.get("location", ""))
    return found[1] if found else ""


def _leads_to_job(answer: Answer) -> Verdict:
    wrong = refused(answer, 302)
    if wrong is not None:
        return wrong
    return GOOD if _JOB.search(answer.headers.get("location", "")) else Verdict("leads to no job")


def _wait(visitor: Visitor, job: str) -> bool:
    """Look at the card of the job until it has ended; whether it is done."""
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while True:
        gevent.sleep(SECONDS_BETWEEN_LOOKS)
        answer = visitor.get("job: look", f"/jobs/{job}/?tray", fragment(f'id="job-{job}"'), HTMX)
        state = _STATE.search(answer.body)
        if state is not None and state[1] not in (b"WAITING", b"RUNNING"):
            return _ended(visitor, state[1].decode())
        if time.monotonic() > deadline:
            return _ended(visitor, f"not done after {SECONDS_TO_FINISH:g} s")


def _ended(visitor: Visitor, state: str) -> bool:
    if state != "DONE":
        visitor.note_failure("job", f"the job is {state}")
    return state == "DONE"


HEAVY = (*(Act(1, export(ending)) for ending in FORMATS), Act(1, copy))
