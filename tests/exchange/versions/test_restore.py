"""Bringing a version back: whatever happened since, the project is as it was, and undo leads out of it again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ahsp.accounts.models import Person
from ahsp.estimates.models import ProjectAnalysis, Section, WorkItem
from ahsp.estimates.services import import_boq
from ahsp.exchange.project_files import dump
from ahsp.projects.entries import Entry
from ahsp.projects.models import Change, Project, RowChange
from ahsp.projects.services import project_change
from ahsp.projects.tables import table_of
from tests.acting import carry_out
from tests.builders import bill
from tests.exchange.versions.conftest import save
from tests.people import Cast


def content(project: Project) -> Any:
    return {name: value for name, value in dump(project).items() if name != "revision"}


def ids(project: Project, kinds: str = "sitalprc") -> Any:
    return {kind: set(table_of(kind).rows(project).values_list("pk", flat=True)) for kind in kinds}


def everything_goes(entry: Entry, project: Project) -> None:
    for kind in "siaprc":
        rows = table_of(kind).rows(project)
        if kind == "s":
            rows = rows.filter(parent_id=None)
        entry.remove_rows(kind, list(rows.values_list("pk", flat=True)))


def a_section_goes_after_its_lines_moved_out(entry: Entry, project: Project) -> None:
    inner = project.sections.get(name="Urugan")
    entry.change_rows("i", {pk: {"section_id": None} for pk in inner.items.values_list("pk", flat=True)})
    entry.remove_rows("s", [inner.pk])


def lines_move_into_a_section_that_came(entry: Entry, project: Project) -> None:
    (made,) = entry.add_rows("s", [{"position": 9, "name": "Baru"}])
    (below,) = entry.add_rows("s", [{"position": 9, "name": "Di bawahnya", "parent_id": made}])
    entry.change_rows("i", {pk: {"section_id": below} for pk in project.items.values_list("pk", flat=True)})
    entry.change_rows("s", {Section.objects.get(name="Urugan").pk: {"parent_id": made}})


def another_takes_the_tag_and_the_code(entry: Entry, project: Project) -> None:
    item = project.items.get(tag=2)
    own = ProjectAnalysis.objects.get(code="K.1")
    entry.remove_rows("i", [item.pk])
    entry.remove_rows("a", [own.pk])
    (again,) = entry.add_rows("a", [{"code": "K.1", "name": "Yang lain", "unit": "m2"}])
    entry.add_rows("i", [{"position": 5, "tag": 2, "description": "Yang lain", "own_id": again}])
    entry.change_rows("i", {WorkItem.objects.get(tag=1).pk: {"own_id": again, "analysis_id": None}})


def two_parameters_trade_their_names(entry: Entry, project: Project) -> None:
    pk = project.parameters.get(name="panjang").pk
    entry.change_rows("p", {pk: {"name": "sementara"}})
    entry.add_rows("p", [{"position": 5, "name": "panjang", "formula": "3"}])
    entry.change_rows("p", {pk: {"name": "lebar", "formula": "4"}})


def values_change_everywhere(entry: Entry, project: Project) -> None:
    entry.change_rows("i", {pk: {"description": "Lain", "quantity": Decimal(3), "overhead": Decimal(5)}
                            for pk in project.items.values_list("pk", flat=True)})  # fmt: skip
    entry.change_rows("r", {project.prices.get().pk: {"price": Decimal(1)}})
    entry.change_rows("l", {project.analysis_lines.get().pk: {"coefficient": Decimal(9)}})
    entry.change_rows("g", {project.pk: {"overhead": Decimal(15), "budget": Decimal(10), "name": "Nama lain"}})


HAPPENINGS: list[Callable[[Entry, Project], None]] = [
    everything_goes,
    a_section_goes_after_its_lines_moved_out,
    lines_move_into_a_section_that_came,
    another_takes_the_tag_and_the_code,
    two_parameters_trade_their_names,
    values_change_everywhere,
]


def bring_back(person: Person, project: Project, version: int) -> int:
    answer = carry_out(person, project, "versions.restore", id=version)
    made: int = answer["made"]
    return made


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda one: one.__name__)
def test_whatever_happened_the_project_is_as_it_was(
    happening: Callable[[Entry, Project], None], filled: Project, cast: Cast
) -> None:
    before, same = content(filled), ids(filled)
    version = save(cast.ani, filled, "Sebelum")
    with project_change(project=filled, person=cast.budi, act="test") as entry:
        happening(entry, filled)
    after = content(filled)
    assert after != before
    made = bring_back(cast.ani, filled, version)
    assert (content(filled), ids(filled)) == (before, same)
    carry_out(cast.ani, filled, "changes.undo", revision=made)
    assert content(filled) == after
    bring_back(cast.ani, filled, version)
    assert content(filled) == before


def test_a_bill_that_was_imported_over_it_gives_way(filled: Project, cast: Cast) -> None:
    before = content(filled)
    version = save(cast.ani, filled, "Sebelum")
    stored = Project.objects.get(pk=filled.pk)
    import_boq(
        project=stored, person=cast.budi, children=bill("# A\n1 | 1.1 | Galian | m3 | 10"), replace=True, source="b",
        expected=stored.revision,
    )  # fmt: skip
    made = bring_back(cast.ani, filled, version)
    assert content(filled) == before
    carry_out(cast.ani, filled, "changes.undo", revision=made)
    assert WorkItem.objects.get().description == "Galian"


def test_rows_that_stayed_are_not_written(filled: Project, cast: Cast) -> None:
    version = save(cast.ani, filled, "Sebelum")
    item = WorkItem.objects.get(tag=4)
    with project_change(project=filled, person=cast.budi, act="test") as entry:
        entry.change_rows("i", {item.pk: {"unit": "buah"}})
    made = bring_back(cast.ani, filled, version)
    (only,) = RowChange.objects.filter(project=filled, revision=made)
    assert (only.row, only.before, only.after) == (item.pk, {"unit": "buah"}, {"unit": "ls"})
    assert Change.objects.get(revision=made).data["version"]["name"] == "Sebelum"


def test_bringing_back_what_is_there_changes_nothing(filled: Project, cast: Cast) -> None:
    version = save(cast.ani, filled, "Sebelum")
    revision = Project.objects.get(pk=filled.pk).revision
    assert carry_out(cast.ani, filled, "versions.restore", id=version)["made"] is None
    assert Project.objects.get(pk=filled.pk).revision == revision
