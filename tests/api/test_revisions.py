"""The revision of a project: in tags, in what need not be sent again, in writes that meet another state."""

from __future__ import annotations

import gzip
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ahsp.projects.models import Change, Project
from ahsp.projects.services import change_settings
from tests.api.program import Program, read, refused
from tests.people import Cast

FIGURES = ("recap", "rab", "pricing", "prices", "quantities", "resource-needs", "checks", "chart-data", "tree")


@pytest.fixture
def budi(filled: Project, cast: Cast) -> Program:
    return Program(cast.budi, filled)


@pytest.mark.parametrize("figure", [*FIGURES, "", "changes"])
def test_who_has_it_already_gets_nothing_and_costs_little(figure: str, budi: Program) -> None:
    path = f"{figure}/" if figure else ""
    first = budi.inside("get", path)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    with CaptureQueriesContext(connection) as asked:
        again = budi.inside("get", path, If_None_Match=tag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    # The person, and the project with the right to see it.
    assert len(asked) <= 2, [query["sql"] for query in asked]
    assert budi.inside("get", path, If_None_Match=f'"x", W/{tag}').status_code == 304
    assert budi.inside("get", path, If_None_Match='"1.id.0"').status_code == 200


@pytest.mark.parametrize("figure", FIGURES)
def test_a_warm_answer_asks_for_the_person_and_the_project_only(figure: str, budi: Program) -> None:
    cold = budi.inside("get", f"{figure}/")
    with CaptureQueriesContext(connection) as asked:
        warm = budi.inside("get", f"{figure}/")
    assert warm.content == cold.content
    assert len(asked) <= 2


def test_a_write_makes_another_tag_and_another_body(budi: Program) -> None:
    before = budi.inside("get", "recap/")
    budi.inside("post", "items/", {"code": "1.1", "quantity": "1"})
    after = budi.inside("get", "recap/", If_None_Match=before.headers["ETag"])
    assert read(after)["revision"] == read(before)["revision"] + 1
    assert read(after)["subtotal"] != read(before)["subtotal"]


def test_a_tag_names_the_language_and_the_packing(budi: Program) -> None:
    plain = budi.inside("get", "rab/")
    packed = budi.inside("get", "rab/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert budi.inside("get", "rab/", If_None_Match=packed.headers["ETag"]).status_code == 304
    budi.client.cookies["ahsp_language"] = "en"
    english = budi.inside("get", "rab/", If_None_Match=plain.headers["ETag"])
    assert (english.status_code, english.headers["Content-Language"]) == (200, "en")
    assert read(english)["in_words"].endswith("rupiah")
    assert read(english)["in_words"] != read(plain)["in_words"]
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(english.headers["Vary"].split(", "))


@pytest.mark.parametrize("seen", ["", "*"])
def test_a_write_says_what_it_saw(seen: str, budi: Program) -> None:
    answer = budi.inside("post", "items/", {"code": "1.1"}, seen=seen)
    assert refused(answer) == (428, "api.precondition_missing")


@pytest.mark.parametrize("seen", ["17", '"r17"', '"17', '"99999999999"', 'W/"x"', '"1","2"'])
def test_what_is_no_tag_is_refused(seen: str, budi: Program) -> None:
    assert refused(budi.inside("post", "items/", {"code": "1.1"}, seen=seen)) == (400, "api.precondition_unreadable")


def test_the_tag_of_whatever_address_opens_a_write(budi: Program) -> None:
    for path, language in (("recap/", "id"), ("", "en"), ("changes/", "id")):
        budi.client.cookies["ahsp_language"] = language
        for encoding in ("gzip", "identity"):
            tag = budi.inside("get", path, Accept_Encoding=encoding).headers["ETag"]
            read(budi.inside("post", "items/", {"code": "1.1"}, seen=tag), 201)
            # As a proxy that compresses hands it on.
            weak = budi.inside("get", path, Accept_Encoding=encoding).headers["ETag"]
            read(budi.inside("post", "items/", {"code": "1.1"}, seen=f"W/{weak}"), 201)


def test_a_stale_write_learns_what_changed(budi: Program, cast: Cast, filled: Project) -> None:
    seen = budi.inside("get", "").headers["ETag"]
    change_settings(project=filled, person=cast.ani, expected=2, values={"location": "Bandung", "name": "Baru"})
    answer = budi.inside("patch", "", {"name": "Lain"}, seen=seen)
    assert refused(answer) == (409, "project.changed")
    problem = json.loads(answer.content)
    assert problem["revision"] == 3
    (change,) = problem["changes"]
    assert (change["revision"], change["act"], change["person"]) == (3, "project.settings", "Ani")
    assert sorted(change["fields"]) == ["location", "name"]
    assert change["at"]
    assert Project.objects.get(pk=filled.pk).name == "Baru"


def test_also_a_write_that_changes_nothing_must_not_believe_in_another_state(budi: Program, filled: Project) -> None:
    assert refused(budi.inside("patch", "", {"name": filled.name}, seen='"1"')) == (409, "project.changed")
    same = budi.inside("patch", "", {"name": filled.name})
    assert read(same)["revision"] == 2
    assert Change.objects.filter(project=filled).count() == 1
