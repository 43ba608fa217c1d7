"""Commands on analyses as a program sends them: refusals name their cell, a trial writes nothing."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ahsp.estimates.models import ProjectAnalysis
from ahsp.projects.models import Project
from tests.estimates.analyses.acts import fill, lines, own, run, state
from tests.people import Cast, sign_in


@pytest.fixture
def copied(project: Project, cast: Cast) -> Project:
    fill(project, cast.ani)
    run(project, cast.ani, "analyses.modify", reference="2.1")
    return project


def send(client: Client, project: Project, command: str, *, dry_run: bool = False, **arguments: Any) -> tuple[int, Any]:
    revision = Project.objects.get(pk=project.pk).revision
    body = {"id": str(uuid4()), "command": command, "arguments": arguments, "base": revision, "dry_run": dry_run}
    answer = client.post(f"/api/v2/projects/{project.code}/commands/", json.dumps(body), "application/json")
    return answer.status_code, json.loads(answer.content)


def test_an_edit_tells_the_new_figures_and_what_can_be_undone(copied: Project, cast: Cast) -> None:
    row = lines(copied, "2.1-M1")[0]
    rows = [{"key": f"l{row.pk}", "version": row.version, "coefficient": "0,5"}]
    status, body = send(sign_in(cast.ani), copied, "lines.set", rows=rows)
    assert (status, body["made"], [one["key"] for one in body["rows"]]) == (200, body["revision"], [f"l{row.pk}"])
    # The item that uses it and, through the edition's own, none of the others.
    assert {one[0][0] for one in body["figures"]["rows"]} <= {"i", "s"}
    assert body["totals"]["revision"] == body["revision"]


def test_wrong_cells_are_named_by_row_and_field(copied: Project, cast: Cast) -> None:
    rows = [
        {"key": f"l{one.pk}", "coefficient": typed}
        for one, typed in zip(lines(copied, "2.1-M1"), ("1", "0.7"), strict=False)
    ]
    status, body = send(sign_in(cast.ani), copied, "lines.set", rows=rows)
    assert status == 422
    (error,) = body["errors"]
    assert (error["field"], error["code"]) == ("arguments.rows.1.coefficient", "typed.unreadable")
    assert "0.7" in error["detail"]


def test_a_circle_is_refused_with_its_chain(copied: Project, cast: Cast) -> None:
    rows = [{"line_kind": "nested", "nested_code": "2.1-M1", "coefficient": "1"}]
    status, body = send(sign_in(cast.ani), copied, "lines.add", analysis=f"a{own(copied, '2.1-M1').pk}", rows=rows)
    assert (status, body["code"], body["errors"][0]["field"]) == (422, "analysis.circular", "rows.0.nested_code")
    assert "2.1-M1 → 2.1-M1" in body["detail"]


def test_what_is_used_is_told_before_it_is_removed(copied: Project, cast: Cast) -> None:
    keys = [f"a{own(copied, '2.1-M1').pk}"]
    status, body = send(sign_in(cast.ani), copied, "analyses.remove", keys=keys)
    assert (status, body["code"], body["affected"]) == (409, "analysis.in_use", ["3 Lantai kerja"])
    assert send(sign_in(cast.ani), copied, "analyses.remove", keys=keys, confirmed=True)[0] == 200


def test_a_trial_of_a_replacement_tells_its_effect_and_writes_nothing(copied: Project, cast: Cast) -> None:
    before = state(copied)
    old, new = ({"kind": "labor", "name": name, "unit": "OH"} for name in ("Pekerja", "Mandor"))
    status, body = send(sign_in(cast.ani), copied, "resources.replace", dry_run=True, old=old, new=new, effect=True)
    assert (status, body["made"], body["result"]["item_count"]) == (200, None, 4)
    assert body["result"]["totals"]["after"] == body["totals"]["rounded_total"]
    assert state(copied) == before
    assert ProjectAnalysis.objects.count() == 1


def test_whoever_may_only_look_and_a_locked_version_change_nothing(copied: Project, cast: Cast) -> None:
    before, keys = state(copied), [f"a{own(copied, '2.1-M1').pk}"]
    assert send(sign_in(cast.citra), copied, "analyses.remove", keys=keys, confirmed=True)[0] == 403
    assert send(sign_in(cast.dedi), copied, "analyses.remove", keys=keys, confirmed=True)[0] == 404
    Project.objects.filter(pk=copied.pk).update(locked_at=timezone.now())
    status, body = send(sign_in(cast.ani), copied, "analyses.remove", keys=keys, confirmed=True)
    assert (status, body["code"]) == (409, "project.locked")
    assert state(copied) == before


@pytest.mark.parametrize("address", ["analyses/", "analyses/2.1-M1/", "analyses/1.1/"])
def test_reading_is_answered_by_revision(copied: Project, cast: Cast, address: str) -> None:
    client = sign_in(cast.citra)
    first = client.get(f"/api/v2/projects/{copied.code}/{address}")
    assert first.status_code == 200
    again = client.get(f"/api/v2/projects/{copied.code}/{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
