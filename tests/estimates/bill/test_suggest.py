"""Analyses are found while a line is typed, with their price in the project."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.estimates.models import ProjectAnalysis, ProjectLine
from ahsp.projects.models import Project
from tests.acting import act, look
from tests.people import Cast


def suggest(project: Project, cast: Cast, words: str, limit: int = 20) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = look(cast.citra, project, f"suggest/?q={words}&limit={limit}")["results"]
    return found


def make_own(project: Project) -> None:
    same: dict[str, Any] = {"project": project, "organization": project.organization}
    own = ProjectAnalysis.objects.create(code="P.1", name="Galian dengan mesin", unit="m3", **same)
    line: dict[str, Any] = {"line_kind": "resource", "group_kind": "labor", "name": "Pekerja", "unit": "OH"}
    ProjectLine.objects.create(analysis=own, position=1, coefficient=Decimal("0.5"), **line, **same)


def test_words_and_codes_find_analyses_at_the_prices_of_the_project(filled: Project, cast: Cast) -> None:
    (digging,) = suggest(filled, cast, "galian tanah")
    assert digging == {
        "code": "1.1", "name": "Galian tanah biasa sedalam 1 m", "unit": "m3", "own": False, "division": "1 Tanah",
        "section": "Tanah", "unit_price": "107360.00", "status": "PRICED",
    }  # fmt: skip
    (sand,) = suggest(filled, cast, "1.2")
    assert (sand["unit_price"], sand["status"]) == ("39600.00", "PARTIAL")
    assert suggest(filled, cast, "") == []
    assert suggest(filled, cast, "%E2%80%8B") == []


def test_the_projects_own_come_first_and_what_is_told_is_what_is_made(filled: Project, cast: Cast) -> None:
    make_own(filled)
    found = suggest(filled, cast, "galian")
    assert [(one["code"], one["own"]) for one in found] == [("P.1", True), ("1.1", False)]
    assert len(suggest(filled, cast, "galian", limit=1)) == 1
    act(filled, cast.budi, "items.add_analyses", codes=[one["code"] for one in found])
    rows = [row for row in look(cast.citra, filled, "rab/")["rows"] if row["type"] == "item"][-2:]
    assert [row["unit_price"] for row in rows] == [one["unit_price"] for one in found]


def test_many_are_priced_with_the_questions_of_one(filled: Project, cast: Cast) -> None:
    def asked(words: str) -> int:
        with CaptureQueriesContext(connection) as questions:
            suggest(filled, cast, words)
        return len(questions)

    for words in ("plesteran", "tanah"):
        asked(words)
    assert asked("plesteran") == asked("tanah")
