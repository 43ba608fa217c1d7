"""Settings that are typed in the workspace: read as people write, and compared with what the project comes to."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest

from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.projects.models import Numbering, Project
from tests.api.program import Program, read
from tests.builders import bill
from tests.people import Cast


@pytest.fixture
def program(project: Project, cast: Cast) -> Program:
    children = bill("1 | 1.1 | Galian tanah | m3 | 10")
    import_boq(project=project, person=cast.ani, children=children, replace=True, source="x", expected=project.revision)
    return Program(cast.ani, project)


def change(program: Program, *, status: int = 200, **values: Any) -> Any:
    body = {"id": str(uuid.uuid4()), "command": "project.settings", "arguments": values, "base": 1}
    return read(program.inside("post", "commands/", body, seen=""), status)


@pytest.mark.parametrize(
    ("typed", "rate"), [("12,5", "12.5"), ("12,5 %", "12.5"), ("0", "0"), ("100", "100"), ("10,125", "10.125")]
)
def test_a_rate_is_read_as_it_is_written(program: Program, project: Project, typed: str, rate: str) -> None:
    change(program, overhead=typed)
    project.refresh_from_db()
    assert project.overhead == Decimal(rate)


@pytest.mark.parametrize("typed", ["", "101", "12.5", "1O", "-1", "1,2345", None, 12])
def test_a_rate_that_is_none_is_told_at_its_field(program: Program, typed: Any) -> None:
    told = change(program, status=422, overhead=typed)
    assert [error["field"] for error in told["errors"]] == ["arguments.overhead"]
    assert told["errors"][0]["detail"]


def test_what_is_left_of_the_budget_follows_the_total(program: Program, project: Project) -> None:
    total = priced_estimate(project).rounded_total
    totals = change(program, budget="Rp 1.500.000,50")["totals"]
    assert (totals["budget"], totals["budget_left"]) == ("1500000.50", f"{Decimal('1500000.50') - total:f}")
    # 10 x 107,360 and 11 % of VAT.
    assert change(program, budget="1.000.000")["totals"]["budget_left"] == "-191696.00"
    totals = change(program, budget="")["totals"]
    assert (totals["budget"], totals["budget_left"]) == (None, None)


def test_the_page_is_told_how_the_project_rounds(program: Program) -> None:
    rows = change(program, total_rounding="floor:1000")["rows"]
    (settings,) = [row for row in rows if row["key"].startswith("g")]
    assert (settings["total_rounding"], settings["total_rounding_label"]) == ("floor:1000", "Ke bawah, Rp 1.000")


@pytest.mark.parametrize(
    ("lines", "numbering"),
    [("1 | 1.1 | Galian tanah | m3 | 10", Numbering.WRITTEN), (" | 1.1 | Galian tanah | m3 | 10", Numbering.LETTERS)],
)
def test_an_imported_bill_keeps_the_numbers_it_has(
    project: Project, cast: Cast, lines: str, numbering: Numbering
) -> None:
    project.numbering = Numbering.LETTERS
    project.save()

    def take(*, replace: bool) -> None:
        import_boq(
            project=project,
            person=cast.ani,
            children=bill(lines),
            replace=replace,
            source="x",
            expected=project.revision,
        )
        project.refresh_from_db()

    take(replace=True)
    assert project.numbering == numbering
    undone = {"revision": project.revision}
    body = {"id": str(uuid.uuid4()), "command": "changes.undo", "arguments": undone, "base": project.revision}
    read(Program(cast.ani, project).inside("post", "commands/", body, seen=""), 200)
    project.refresh_from_db()
    assert project.numbering == Numbering.LETTERS
    take(replace=False)
    assert project.numbering == numbering


def test_a_bill_that_comes_after_others_is_numbered_as_they_are(program: Program, project: Project, cast: Cast) -> None:
    change(program, numbering="roman")
    project.refresh_from_db()
    more = bill("7 | 1.1 | Galian tanah | m3 | 5")
    import_boq(project=project, person=cast.ani, children=more, replace=False, source="y", expected=project.revision)
    project.refresh_from_db()
    assert project.numbering == Numbering.ROMAN
