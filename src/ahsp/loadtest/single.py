"""One client alone, warm: how long each answer takes when nobody else asks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import randrange

from ahsp.loadtest.browser import Browser
from ahsp.loadtest.checks import GOOD, Answer, Check, Verdict, json_with, page, refused
from ahsp.loadtest.programs import ROOT
from ahsp.loadtest.records import Records, Request
from ahsp.loadtest.seeds import Account, SeededProject, Seeds

ROUNDS, WARM_UP_ROUNDS, COLD_ROUNDS = 40, 5, 10
FIGURES = ("recap", "chart-data", "rab", "resource-needs", "tree")


@dataclass(frozen=True, slots=True)
class Question:
    """A path and what its answer must hold."""

    name: str
    path: str
    check: Check


def measure_single(address: str, seeds: Seeds) -> Records:
    """Every question ROUNDS times, one after the other; figures also after a change, when nothing is kept."""
    account = seeds.single
    records = Records(users=1, seconds=0)
    begin = time.monotonic()
    browser = Browser(address)
    records.signed_in += browser.sign_in(account).status == 302
    for question in questions(account):
        for number in range(-WARM_UP_ROUNDS, ROUNDS):
            _ask(browser, question, records, begin, count=number >= 0)
    largest = account.projects[-1]
    for question in figures_of(largest, " after a change"):
        for _ in range(COLD_ROUNDS):
            _change(browser, largest)
            _ask(browser, question, records, begin)
    for _ in range(ROUNDS):
        _sign_in(address, account, records, begin)
    records.seconds = round(time.monotonic() - begin, 1)
    return records


def questions(account: Account) -> list[Question]:
    """The dashboard, then the pages and figures of each project by its size."""
    names = [project.name for project in account.projects]
    found = [Question("dashboard", "/projects/", page(account.email, *names))]
    for project in account.projects:
        first, last = project.items[0].pk, project.items[-1].pk
        rows = page(account.email, project.name, f'id="i{first}"', f'id="i{last}"')
        found.append(Question(f"work list page {project.size}", f"/p/{project.code}/", rows))
        recap = page(account.email, project.name)
        found.append(Question(f"recapitulation page {project.size}", f"/p/{project.code}/recap/", recap))
        found += figures_of(project)
    return found


def figures_of(project: SeededProject, note: str = "") -> list[Question]:
    check = json_with('"revision":')
    return [
        Question(f"{figure} {project.size}{note}", f"{ROOT}/projects/{project.code}/{figure}/", check)
        for figure in FIGURES
    ]


def _ask(browser: Browser, question: Question, records: Records, begin: float, *, count: bool = True) -> None:
    at = time.monotonic() - begin
    answer = browser.get(question.path)
    if count:
        _note(records, Request(at, question.name, browser.ms, ""), question.check(answer))


def _note(records: Records, request: Request, verdict: Verdict) -> None:
    request.problem = verdict.problem
    records.requests.append(request)
    if verdict.signed_in is not None:
        records.signed_in += verdict.signed_in
        records.strangers += not verdict.signed_in


def _change(browser: Browser, project: SeededProject) -> None:
    """Raise the revision, so that whatever was kept for the last one is of no use."""
    path = f"{ROOT}/projects/{project.code}/items/{project.items[0].pk}/"
    tag = browser.get(path).headers.get("etag", "")
    browser.patch(path, tag, {"quantity": str(randrange(1, 1000))})


def _sign_in(address: str, account: Account, records: Records, begin: float) -> None:
    browser = Browser(address)
    at = time.monotonic() - begin
    answer = browser.sign_in(account)
    _note(records, Request(at, "sign in", browser.ms, ""), _let_in(answer))
    browser.close()


def _let_in(answer: Answer) -> Verdict:
    return refused(answer, 302) or GOOD
