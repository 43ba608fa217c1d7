"""`./ahsp search`: the same answers as in the process, for people and for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from ahsp.catalog.packages import edition_path, read_records
from ahsp.catalog.search import SearchIndex, search
from ahsp.cli.search import search as command
from ahsp.core.errors import NotFound


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words, standalone_mode=False)


def test_json_is_code_name_and_unit_best_first_and_nothing_else() -> None:
    answers = json.loads(run("bata", "merah", "1:4", "--json", "--limit", "3").stdout)
    index = SearchIndex.build(read_records(edition_path("ck-se47-2026")))
    hits = search(index, "bata merah 1:4", 3)
    assert answers == [{"code": hit.code, "name": hit.name, "unit": hit.unit} for hit in hits]


def test_people_get_a_table_with_whole_names_where_there_is_no_terminal() -> None:
    lines = run("closet", "jongkok").stdout.splitlines()
    assert lines[0].split("  ") == ["3.18.3.2", "unit", "Pemasangan 1 buah closet jongkok"]


def test_nothing_found_is_an_empty_array_for_programs() -> None:
    result = run("xyzzy", "--json")
    assert (json.loads(result.stdout), result.return_value, result.stderr) == ([], 0, "")


def test_nothing_found_is_a_sentence_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AHSP_LANGUAGE", "en")
    result = run("xyzzy")
    assert (result.stdout, result.return_value) == ("", 0)
    assert "xyzzy" in result.stderr


def test_no_words_are_a_mistake_and_say_how() -> None:
    result = run("  ")
    assert (result.stdout, result.return_value) == ("", 2)
    assert "ahsp search" in result.stderr


def test_an_unknown_edition_is_refused() -> None:
    assert isinstance(run("bata", "--edition", "sda-1999").exception, NotFound)
