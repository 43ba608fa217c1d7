"""The door to a project: what comes through it is what the tables hold."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.accounts.models import Membership, Organization, Role
from ahsp.core.errors import NotFound
from ahsp.projects.access import open_project, projects_of
from ahsp.projects.models import Project
from tests.people import Cast


def test_the_written_query_gives_what_the_models_give(project: Project, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        door = open_project(cast.budi, project.code)
    assert len(asked) == 1
    expected = projects_of(cast.budi).get(pk=project.pk)
    for ours, theirs in (
        (door.project, expected),
        (door.project.organization, expected.organization),
        (door.project.edition, expected.edition),
        (door.project.price_book, expected.price_book),
        (door.membership, cast.membership(cast.budi)),
    ):
        deferred = ours.get_deferred_fields()
        assert deferred == theirs.get_deferred_fields()
        for field in ours._meta.concrete_fields:
            if field.attname not in deferred:
                assert getattr(ours, field.attname) == getattr(theirs, field.attname)
    with CaptureQueriesContext(connection) as asked:
        assert door.project.basis == expected.basis
    assert len(asked) == 0
    assert door.project.edition.manifest == expected.edition.manifest


def test_a_project_is_seen_through_the_membership_in_its_own_office(project: Project, cast: Cast) -> None:
    elsewhere = Organization.objects.create(name="Kantor Kedua")
    Membership.objects.create(person=cast.citra, organization=elsewhere, role=Role.OWNER)
    assert not open_project(cast.citra, project.code).may_write
    for person, code in ((cast.dedi, project.code), (cast.ani, "tidak-ada"), (cast.ani, "")):
        with pytest.raises(NotFound):
            open_project(person, code)
