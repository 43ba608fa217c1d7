"""The row log: what an entry writes it logs, and undo puts back whatever it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ahsp.core.errors import Conflict, NotFound
from ahsp.estimates.models import Parameter, Section, WorkItem
from ahsp.exchange.project_files import dump
from ahsp.projects.cells import CellsChanged, Seen, require_unchanged
from ahsp.projects.commands import carry_out, command_of
from ahsp.projects.models import Change, Project, RowChange
from ahsp.projects.services import project_change
from tests.people import Cast


def rows(project: Project) -> object:
    return {**dump(project), "revision": 0}


def undo(project: Project, cast: Cast, revision: int, *, force: bool = False) -> int:
    with project_change(project=project, person=cast.ani, act="changes.undo") as entry:
        carry_out(entry, command_of("changes.undo"), {"revision": revision, "force": force})
    return entry.revision


def fill(project: Project, cast: Cast) -> tuple[int, int]:
    """A section with an item; their ids."""
    with project_change(project=project, person=cast.ani, act="test") as entry:
        (section,) = entry.add_rows("s", [{"position": 1024, "name": "Tanah"}])
        item = {"section_id": section, "position": 1024, "tag": 1, "description": "Galian", "quantity": Decimal("2.50")}
        (pk,) = entry.add_rows("i", [item])
    return section, pk


def test_rows_are_logged_with_what_is_no_default(project: Project, cast: Cast) -> None:
    section, item = fill(project, cast)
    made = RowChange.objects.filter(project=project, revision=project.revision).order_by("id")
    assert [(one.kind, one.row, one.before) for one in made] == [("s", section, None), ("i", item, None)]
    assert made[1].after == {
        "section_id": section, "position": 1024, "tag": 1, "description": "Galian", "quantity": "2.50",
    }  # fmt: skip
    stored = WorkItem.objects.get(pk=item)
    assert (stored.version, stored.quantity, stored.reading_issues) == (project.revision, Decimal("2.5"), [])


def test_only_what_differs_is_written_and_logged(project: Project, cast: Cast) -> None:
    _, item = fill(project, cast)
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.change_rows("i", {item: {"description": "Galian", "quantity": Decimal(3), "reading_issues": [{"a": 1}]}})
    (one,) = RowChange.objects.filter(project=project, revision=project.revision)
    assert one.before == {"quantity": "2.50", "reading_issues": []}
    assert one.after == {"quantity": "3", "reading_issues": [{"a": 1}]}
    assert WorkItem.objects.get(pk=item).reading_issues == [{"a": 1}]


def test_what_was_dropped_leaves_neither_revision_nor_entry(project: Project, cast: Cast) -> None:
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.drop()
    assert Project.objects.get(pk=project.pk).revision == 1
    assert not Change.objects.filter(act="test").exists()


def test_removing_takes_what_belongs_to_it_and_undo_brings_all_back(project: Project, cast: Cast) -> None:
    section, _ = fill(project, cast)
    before = rows(project)
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.remove_rows("s", [section])
    assert not WorkItem.objects.exists()
    removed = entry.revision
    undone = undo(project, cast, removed)
    assert rows(project) == before
    assert Section.objects.get().pk == section
    undo(project, cast, undone)
    assert not Section.objects.exists()


def test_two_writes_of_one_cell_in_one_change_are_undone_together(project: Project, cast: Cast) -> None:
    _, item = fill(project, cast)
    before = rows(project)
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.change_rows("i", {item: {"quantity": Decimal(3)}})
        entry.change_rows("i", {item: {"quantity": Decimal(4), "unit": "m3"}})
    undo(project, cast, entry.revision)
    assert rows(project) == before


def test_undo_refuses_what_was_changed_since_unless_forced(project: Project, cast: Cast) -> None:
    _, item = fill(project, cast)
    for quantity in (3, 4):
        with project_change(project=project, person=cast.budi, act="test") as entry:
            entry.change_rows("i", {item: {"quantity": Decimal(quantity)}})
    with pytest.raises(CellsChanged) as caught:
        undo(project, cast, entry.revision - 1)
    (conflict,) = caught.value.more["conflicts"]
    assert (conflict["key"], conflict["label"]) == (f"i{item}", "Galian")
    # As they go over the wire.
    assert (conflict["yours"], conflict["theirs"]) == ("3", "4")
    assert (conflict["name"], conflict["type"], conflict["shown"]) == (
        "Volume",
        "number",
        {"yours": "3", "theirs": "4"},
    )
    undo(project, cast, entry.revision - 1, force=True)
    assert WorkItem.objects.get().quantity == Decimal("2.5")


def test_undo_does_not_take_away_what_others_put_in(project: Project, cast: Cast) -> None:
    section, _ = fill(project, cast)
    made = project.revision
    with project_change(project=project, person=cast.budi, act="test") as entry:
        entry.add_rows("i", [{"section_id": section, "position": 4096, "tag": 2, "description": "Urugan"}])
    with pytest.raises(Conflict):
        undo(project, cast, made)
    assert WorkItem.objects.count() == 2


def test_sections_in_sections_come_back_together(project: Project, cast: Cast) -> None:
    outer, _ = fill(project, cast)
    with project_change(project=project, person=cast.ani, act="test") as entry:
        (inner,) = entry.add_rows("s", [{"position": 5, "name": "Di dalam", "parent_id": outer}])
        entry.add_rows("s", [{"position": 5, "name": "Paling dalam", "parent_id": inner}])
    before = rows(project)
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.remove_rows("s", [outer])
    undo(project, cast, entry.revision)
    assert rows(project) == before


def test_settings_are_undone_as_rows_are(project: Project, cast: Cast) -> None:
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.change_rows("g", {project.pk: {"overhead": Decimal(12), "budget": Decimal("1000000.50")}})
    undo(project, cast, entry.revision)
    stored = Project.objects.get(pk=project.pk)
    assert (stored.overhead, stored.budget) == (Decimal(10), None)


def test_a_cell_that_somebody_else_wrote_is_a_conflict_with_both_values(project: Project, cast: Cast) -> None:
    _, item = fill(project, cast)
    seen = project.revision
    with project_change(project=project, person=cast.budi, act="test") as entry:
        entry.change_rows("i", {item: {"quantity": Decimal(7)}})
    with project_change(project=project, person=cast.ani, act="test") as entry:
        require_unchanged(entry, "i", {item: Seen({"description": "Lain"}, seen)})
        require_unchanged(entry, "i", {item: Seen({"quantity": Decimal(7)}, seen)})
        with pytest.raises(CellsChanged) as caught:
            require_unchanged(entry, "i", {item: Seen({"quantity": Decimal(9)}, seen)})
        entry.drop()
    (conflict,) = caught.value.more["conflicts"]
    assert (conflict["yours"], conflict["theirs"], conflict["person"]) == ("9", "7", "Budi")
    assert (conflict["label"], conflict["name"], conflict["shown"]["theirs"]) == ("Galian", "Volume", "7")


def test_what_two_people_chose_is_told_in_words(project: Project, cast: Cast) -> None:
    seen = project.revision
    with project_change(project=project, person=cast.budi, act="test") as entry:
        entry.change_rows("g", {project.pk: {"total_rounding": "half-up:100"}})
    with project_change(project=project, person=cast.ani, act="test") as entry:
        with pytest.raises(CellsChanged) as caught:
            require_unchanged(entry, "g", {project.pk: Seen({"total_rounding": "none"}, seen)})
        entry.drop()
    (conflict,) = caught.value.more["conflicts"]
    assert (conflict["yours"], conflict["theirs"]) == ("none", "half-up:100")
    assert conflict["shown"] == {"yours": "Tidak dibulatkan", "theirs": "Ke Rp 100 terdekat"}


def test_rows_of_another_project_are_not_here(project: Project, cast: Cast) -> None:
    from tests.builders import make_project

    _, item = fill(project, cast)
    other = make_project(cast)
    for act in ("change_rows", "remove_rows"):
        with pytest.raises(NotFound), project_change(project=other, person=cast.ani, act="test") as entry:
            getattr(entry, act)("i", {item: {"unit": "m3"}})
    assert WorkItem.objects.count() == 1


def test_a_locked_project_is_not_written(project: Project, cast: Cast) -> None:
    from django.utils import timezone

    Project.objects.filter(pk=project.pk).update(locked_at=timezone.now())
    with pytest.raises(Conflict), project_change(project=project, person=cast.ani, act="test") as entry:
        entry.add_rows("p", [{"position": 1, "name": "panjang", "formula": "12"}])
    assert not Parameter.objects.exists()
