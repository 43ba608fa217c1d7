"""Commands on the bill through the API: who may, what is refused and how, trying without writing, sending twice."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Project
from ahsp.workspace.answers import since
from ahsp.workspace.row_figures import make
from tests.acting import act, send
from tests.api.program import read, refused
from tests.estimates.bill.rows import item, key, whole
from tests.people import Cast, sign_in


def calls(filled: Project) -> dict[str, dict[str, Any]]:
    """Arguments of each command that changes something."""
    soil, digging = key(filled, "Tanah"), key(filled, "Galian tanah")
    return {
        "items.set": {"cells": [{"key": digging, "values": {"quantity": "3,5"}}]},
        "rows.add": {"rows": [{"type": "item", "values": {"description": "Lain"}}], "parent": soil},
        "items.add_analyses": {"codes": ["1.1", "1.3"]},
        "rows.move": {"keys": [digging], "parent": None, "after": None},
        "rows.indent": {"keys": [key(filled, "Lain-lain")]},
        "rows.outdent": {"keys": [digging]},
        "rows.duplicate": {"keys": [soil]},
        "rows.remove": {"keys": [soil], "confirmed": True},
    }


NAMES = (
    "items.set", "rows.add", "items.add_analyses", "rows.move", "rows.indent", "rows.outdent", "rows.duplicate",
    "rows.remove",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_command_is_done_by_whoever_may_and_undone(name: str, filled: Project, cast: Cast) -> None:
    arguments, before = calls(filled)[name], whole(filled)
    assert refused(send(filled, cast.dedi, name, **arguments)) == (404, "project.not_found")
    assert refused(send(filled, cast.citra, name, **arguments)) == (403, "project.read_only")
    Project.objects.filter(pk=filled.pk).update(locked_at=timezone.now())
    assert refused(send(filled, cast.budi, name, **arguments)) == (409, "project.locked")
    Project.objects.filter(pk=filled.pk).update(locked_at=None)
    tried = read(send(filled, cast.budi, name, dry_run=True, **arguments))
    assert whole(filled) == before
    done = read(send(filled, cast.budi, name, **arguments))
    assert done["made"] == done["revision"] == filled.revision + 1
    assert {**done["totals"], "revision": filled.revision} == tried["totals"]
    after = whole(filled)
    assert after != before
    made = make(filled)
    assert done["totals"]["total"] == made.totals["total"]
    rows = since(filled, done["revision"] - 1)["figures"]["rows"]
    assert {one: tuple(figure) for one, *figure in rows}.items() <= made.rows.items()
    read(send(filled, cast.budi, "changes.undo", revision=done["made"]))
    assert whole(filled) == before
    read(send(filled, cast.budi, "changes.undo", revision=done["made"] + 1))
    assert whole(filled) == after


def test_sent_twice_it_happens_once(filled: Project, cast: Cast) -> None:
    rows = [{"type": "item", "values": {"description": "Sekali"}}]
    body = {"id": str(uuid4()), "command": "rows.add", "arguments": {"rows": rows}, "base": 1}
    first, second = (
        read(sign_in(cast.budi).post(f"/api/v2/projects/{filled.code}/commands/", json.dumps(body), "application/json"))
        for _ in range(2)
    )
    assert first["made"] == second["made"]
    assert WorkItem.objects.filter(description="Sekali").count() == 1


def test_a_refused_cell_is_told_with_key_and_field(filled: Project, cast: Cast) -> None:
    keys = [key(filled, "Galian tanah"), key(filled, "Plesteran")]
    cells = [{"key": one, "values": {"quantity": "1.5", "unit": "m3"}} for one in keys]
    body = read(send(filled, cast.budi, "items.set", cells=cells), 422)
    assert body["code"] == "cells.refused"
    assert [(one["key"], one["field"], one["code"]) for one in body["errors"]] == [
        (one, "quantity", "cell.no_number") for one in keys
    ]
    assert "1.234,56" in body["errors"][0]["detail"]
    one = read(send(filled, cast.budi, "items.set", cells=cells[:1]), 422)
    assert (one["errors"][0]["key"], one["errors"][0]["field"]) == (keys[0], "quantity")


def test_a_conflict_tells_both_values(filled: Project, cast: Cast) -> None:
    wanted = {"key": key(filled, "Galian tanah"), "version": filled.revision}
    act(filled, cast.ani, "items.set", cells=[{**wanted, "values": {"description": "Galian 2 m"}}])
    body = read(send(filled, cast.budi, "items.set", cells=[{**wanted, "values": {"description": "Galian 3 m"}}]), 409)
    (conflict,) = body["conflicts"]
    assert (conflict["yours"], conflict["theirs"], conflict["person"]) == ("Galian 3 m", "Galian 2 m", "Ani")
    assert item(filled, "Galian 2 m")


def test_what_would_go_along_is_told_before_it_goes(filled: Project, cast: Cast) -> None:
    body = read(send(filled, cast.budi, "rows.remove", keys=[key(filled, "Lain-lain")]), 409)
    assert (body["code"], body["sections"], body["items"]) == ("rows.in_use", 0, 3)


@pytest.mark.parametrize(
    "arguments",
    [
        {"cells": []},
        {"cells": "i1"},
        {"cells": [{"key": "i1"}]},
        {"cells": [{"key": "i1", "values": "x"}]},
        {"cells": [{"key": "", "values": {}}]},
        {"cells": [{"key": "i1", "values": {}, "version": -1}]},
        {"cells": [{"key": "i1", "values": {}}], "more": 1},
    ],
)
def test_arguments_of_another_shape_are_refused(arguments: dict[str, Any], filled: Project, cast: Cast) -> None:
    assert refused(send(filled, cast.budi, "items.set", **arguments)) == (422, "api.invalid")


STRANGE = ("", "i\uff11", "i" + "9" * 18, "p1", "\x00", 5, {}, "s999999")


@pytest.mark.parametrize("name", NAMES)
def test_strange_arguments_are_refused_and_break_nothing(name: str, filled: Project, cast: Cast) -> None:
    before, arguments = whole(filled), calls(filled)[name]
    for argument in arguments.keys() - {"codes", "confirmed"}:
        for strange in (*STRANGE, key(filled, "Mobilisasi")):
            shapes = [strange, [{"key": strange, "values": {"quantity": "dua"}}], [{"type": strange}]]
            shapes += [] if strange == key(filled, "Mobilisasi") else [[strange]]
            for value in shapes:
                answer = send(filled, cast.budi, name, **{**arguments, argument: value})
                assert answer.status_code in {404, 409, 422}, (argument, value, answer.content)
    assert whole(filled) == before
