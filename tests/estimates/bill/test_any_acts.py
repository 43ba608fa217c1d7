"""Whatever is done to a bill, undoing it all gives the bill of before, and doing it again the one of after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from ahsp.core.errors import AhspError
from ahsp.estimates.models import Section, WorkItem
from ahsp.projects.models import Project
from ahsp.workspace.answers import since
from ahsp.workspace.row_figures import make
from tests.acting import act
from tests.estimates.bill.rows import drawn, whole
from tests.people import Cast

Arguments = dict[str, Any]
TYPED = ("3", "1.234,5", "=2*3", "=v1+1", "=v2*v1", "", "dua", "1.1", "1.3", "9.9")
FIELDS = ("quantity", "code", "description", "unit", "unit_price")


class Step(NamedTuple):
    name: str
    rows: tuple[int, ...]
    target: int
    choice: int


class Bill:
    """Rows by number, so that a step means something in whatever bill it comes upon."""

    def __init__(self, project: Project) -> None:
        self.sections = [f"s{pk}" for pk in Section.objects.filter(project=project).values_list("id", flat=True)]
        self.items = [f"i{pk}" for pk in WorkItem.objects.filter(project=project).values_list("id", flat=True)]

    def keys(self, step: Step) -> list[str]:
        rows = self.sections + self.items
        return [rows[at % len(rows)] for at in step.rows] if rows else ["i999999999"]

    def section(self, step: Step) -> str | None:
        return [None, *self.sections][step.target % (len(self.sections) + 1)]


def _cells(bill: Bill, step: Step) -> Arguments:
    values = {FIELDS[step.target % len(FIELDS)]: TYPED[step.choice % len(TYPED)]}
    return {"cells": [{"key": key, "values": values if key[0] == "i" else {"name": "Lain"}} for key in bill.keys(step)]}


def _tree(bill: Bill, step: Step) -> Arguments:
    rows = [
        {"type": "section", "id": "new1", "values": {"name": "Bagian"}},
        {"type": "item", "parent": "new1", "values": {"code": "1.1", "quantity": TYPED[step.choice % len(TYPED)]}},
        {"type": "item", "values": {"description": "Baris", "quantity": "2", "unit_price": "500"}},
    ]
    return {"rows": rows[step.choice % 3 :] if step.choice % 3 == 2 else rows, "parent": bill.section(step)}


def _sheet(bill: Bill, step: Step) -> Arguments:
    lines = [{"values": {"length": TYPED[step.choice % len(TYPED)], "width": "2"}}]
    return {
        "item": bill.items[step.target % len(bill.items)] if bill.items else "i999999999",
        "rows": lines,
        "whole": True,
    }


ACTS: dict[str, Callable[[Bill, Step], Arguments]] = {
    "items.set": _cells,
    "rows.add": _tree,
    "rows.move": lambda bill, step: {"keys": bill.keys(step), "parent": bill.section(step)},
    "rows.indent": lambda bill, step: {"keys": bill.keys(step)},
    "rows.outdent": lambda bill, step: {"keys": bill.keys(step)},
    "rows.duplicate": lambda bill, step: {"keys": bill.keys(step)},
    "rows.remove": lambda bill, step: {"keys": bill.keys(step), "confirmed": step.choice % 2 == 0},
    "takeoff.set_lines": _sheet,
}
STEPS = st.builds(
    Step,
    name=st.sampled_from(list(ACTS)),
    rows=st.lists(st.integers(0, 20), min_size=1, max_size=3).map(tuple),
    target=st.integers(0, 20),
    choice=st.integers(0, 20),
)


# Making a failure smaller takes minutes here: its steps are told instead.
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_undoing_all_and_doing_it_again(steps: list[Step], filled: Project, cast: Cast) -> None:
    with transaction.atomic():
        filled.refresh_from_db()
        before, shown = whole(filled), drawn(filled)
        note(str(steps))
        made = [revision for step in steps if (revision := _take(filled, cast, step)) is not None]
        after = whole(filled)
        undone = [_undo(filled, cast, revision) for revision in reversed(made)]
        assert (whole(filled), drawn(filled)) == (before, shown)
        for revision in reversed(undone):
            _undo(filled, cast, revision)
        assert whole(filled) == after
        transaction.set_rollback(True)


def _take(project: Project, cast: Cast, step: Step) -> int | None:
    """The revision that the step made; None where it was refused or changed nothing."""
    seen, known = project.revision, dict(make(project).rows)
    try:
        act(project, cast.budi, step.name, **ACTS[step.name](Bill(project), step))
    except AhspError:
        project.refresh_from_db()
        assert project.revision == seen
        return None
    told = since(project, seen)
    now = make(project)
    known = {key: figure for key, figure in known.items() if key not in told["removed"]}
    known |= {key: tuple(figure) for key, *figure in told["figures"]["rows"]}
    assert known == dict(now.rows)
    assert told["totals"]["total"] == now.totals["total"]
    return project.revision if project.revision != seen else None


def _undo(project: Project, cast: Cast, revision: int) -> int:
    act(project, cast.budi, "changes.undo", revision=revision)
    return project.revision
