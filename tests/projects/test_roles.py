"""Roles in one project: they raise and lower what the organization gives, at once and everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.accounts.members import change_role, remove_member
from ahsp.accounts.models import Person, Role
from ahsp.core.live import channel
from ahsp.projects.access import Right, effective_role, open_project
from ahsp.projects.models import Change, Project, ProjectRole
from tests.acting import carry_out, look
from tests.builders import make_project
from tests.people import Cast, sign_in


def give(cast: Cast, project: Project, person: Person, role: str) -> None:
    carry_out(cast.ani, project, "members.set", person=person.pk, role=role)


@pytest.mark.parametrize(
    ("of_organization", "given", "counts"),
    [
        ("viewer", None, "viewer"),
        ("viewer", "estimator", "estimator"),
        ("estimator", "viewer", "viewer"),
        ("estimator", "owner", "owner"),
        ("owner", "viewer", "owner"),
    ],
)
def test_the_role_that_counts(of_organization: str, given: str | None, counts: str) -> None:
    assert effective_role(of_organization, given) == counts


def test_a_role_in_the_project_counts_in_it_alone(project: Project, cast: Cast) -> None:
    other = make_project(cast)
    give(cast, project, cast.citra, "estimator")
    give(cast, project, cast.budi, "reviewer")
    with CaptureQueriesContext(connection) as asked:
        door = open_project(cast.citra, project.code)
    assert len(asked) == 1
    assert door.may_write
    assert open_project(cast.budi, project.code).rights == {Right.COMMENT, Right.APPROVE}
    assert not open_project(cast.citra, other.code).may_write
    assert open_project(cast.budi, other.code).may_write


def test_lists_and_answers_tell_the_role_that_counts(project: Project, cast: Cast) -> None:
    give(cast, project, cast.budi, "viewer")
    client = sign_in(cast.budi)
    (row,) = client.get("/api/v2/projects/").json()["results"]
    assert (row["role"], row["may_write"]) == ("viewer", False)
    one = client.get(f"/api/v2/projects/{project.code}/").json()
    assert (one["role"], one["may_write"]) == ("viewer", False)
    assert look(cast.budi, project, "workspace/")["rights"] == []
    assert "Pembaca" in client.get("/projects/").content.decode()
    assert "Pembaca" not in sign_in(cast.ani).get("/projects/").content.decode()


def test_members_with_where_their_roles_are_from(project: Project, cast: Cast) -> None:
    give(cast, project, cast.citra, "reviewer")
    members = {row["name"]: row for row in look(cast.citra, project, "members/")["results"]}
    assert list(members) == ["Ani", "Budi", "Eka", "Citra"]
    citra = members["Citra"]
    assert (citra["organization_role"], citra["given"], citra["role"]) == ("viewer", "reviewer", "reviewer")
    assert (citra["rights"], citra["is_you"]) == (["approve", "comment"], True)
    assert members["Budi"]["given"] is None


def test_only_owners_give_roles_and_only_to_members(project: Project, cast: Cast) -> None:
    for person in (cast.budi, cast.citra, cast.eka):
        refused = carry_out(person, project, "members.set", 403, person=person.pk, role="owner")
        assert refused["code"] == "project.owners_only"
    assert carry_out(cast.ani, project, "members.set", 404, person=cast.dedi.pk, role="owner")["code"] == (
        "member.not_found"
    )
    refused = carry_out(cast.ani, project, "members.set", 409, person=cast.ani.pk, role="viewer")
    assert refused["code"] == "member.owns_organization"
    assert not ProjectRole.objects.exists()


def test_the_change_log_tells_who_had_which_role(project: Project, cast: Cast) -> None:
    give(cast, project, cast.citra, "estimator")
    give(cast, project, cast.citra, "estimator")
    carry_out(cast.ani, project, "members.remove", person=cast.citra.pk)
    told = list(Change.objects.filter(act__startswith="members.").order_by("revision").values_list("act", "data"))
    who = {"id": cast.citra.pk, "name": "Citra"}
    assert told == [
        ("members.set", {"member": who, "role": {"before": "viewer", "after": "estimator"}}),
        ("members.remove", {"member": who, "role": {"before": "estimator", "after": "viewer"}}),
    ]


def test_roles_are_given_in_a_locked_project_and_are_no_step_to_undo(project: Project, cast: Cast) -> None:
    from django.utils import timezone

    Project.objects.filter(pk=project.pk).update(locked_at=timezone.now())
    answer = carry_out(cast.ani, project, "members.set", person=cast.citra.pk, role="reviewer")
    assert answer["made"] is None


def test_whoever_is_demoted_while_editing_is_refused_and_told_why(project: Project, cast: Cast) -> None:
    wanted = {"budget": "1000000"}
    carry_out(cast.budi, project, "project.settings", **wanted)
    give(cast, project, cast.budi, "viewer")
    refused = carry_out(cast.budi, project, "project.settings", 403, budget="2000000")
    assert refused["code"] == "project.read_only"
    assert "Pembaca" in refused["detail"]
    assert f"{Project.objects.get(pk=project.pk).budget}" == "1000000"
    carry_out(cast.ani, project, "members.remove", person=cast.budi.pk)
    carry_out(cast.budi, project, "project.settings", budget="2000000")


class Ear:
    """Hears the channel of a project, as a window does that has it open."""

    def __init__(self, project: Project) -> None:
        self._subscription = cache.ask(None, lambda client: client.pubsub(ignore_subscribe_messages=True))  # type: ignore[attr-defined]
        self._subscription.subscribe(channel(project.pk))
        self._subscription.get_message(timeout=5)

    def hear(self) -> list[dict[str, Any]]:
        """The kinds of what was said, with what it is about."""
        import json

        found = []
        while message := self._subscription.get_message(timeout=0.5):
            found.append(json.loads(message["data"]))
        return found


@pytest.mark.django_db(transaction=True)
def test_open_windows_learn_of_every_change_of_access() -> None:
    from tests.builders import make_edition, make_price_book
    from tests.people import make_cast

    cast = make_cast()
    make_edition()
    make_price_book()
    project, unheard = make_project(cast), make_project(cast)
    ear = Ear(project)
    give(cast, project, cast.budi, "viewer")
    change_role(membership=cast.membership(cast.citra), by=cast.ani, role=Role.ESTIMATOR)
    remove_member(membership=cast.membership(cast.budi), by=cast.ani)
    told = [(one["data"]["person"]) for one in ear.hear() if one["kind"] == "access"]
    assert told == [cast.budi.pk, cast.citra.pk, cast.budi.pk]
    assert not ProjectRole.objects.filter(person=cast.budi).exists()
    assert unheard.revision == 1
