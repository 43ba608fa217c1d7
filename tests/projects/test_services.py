"""Making projects and changing their settings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ahsp.core.errors import Conflict
from ahsp.projects.models import Change, Numbering, Project
from ahsp.projects.services import change_settings, create_project
from tests.people import Cast


def test_a_project_begins_with_a_change_entry(cast: Cast, project: Project) -> None:
    made = create_project(
        person=cast.ani,
        membership=cast.membership(cast.ani),
        values={
            "name": "Puskesmas",
            "edition": project.edition,
            "price_book": project.price_book,
            "vat_date": project.vat_date,
        },
    )
    assert made.organization == cast.office
    # It is empty: rows that are typed get numbers by themselves.
    assert made.numbering == Numbering.LETTERS
    assert [(change.revision, change.act) for change in made.changes.all()] == [(1, "project.create")]


def test_settings_leave_before_and_after(cast: Cast, project: Project) -> None:
    change_settings(
        project=project, person=cast.budi, expected=1, values={"overhead": Decimal("12.5"), "name": project.name}
    )
    stored = Project.objects.get(pk=project.pk)
    assert (stored.overhead, stored.revision) == (Decimal("12.500"), 2)
    assert Change.objects.get(project=project, revision=2).data == {"overhead": {"before": "10.000", "after": "12.5"}}


def test_unchanged_settings_make_no_revision(cast: Cast, project: Project) -> None:
    change_settings(project=project, person=cast.budi, expected=1, values={"name": project.name})
    assert Project.objects.get(pk=project.pk).revision == 1
    assert not Change.objects.filter(project=project).exists()


def test_stale_settings_are_refused_whole(cast: Cast, project: Project) -> None:
    change_settings(project=project, person=cast.ani, expected=1, values={"location": "Bandung"})
    with pytest.raises(Conflict):
        change_settings(project=project, person=cast.budi, expected=1, values={"location": "Garut"})
    assert Project.objects.get(pk=project.pk).location == "Bandung"
