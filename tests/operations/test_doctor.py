"""The doctor away from any server: its sentences, its patience, and what it never shows."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import pytest

import ahsp.operations.doctor
from ahsp.core.issue_texts import TEXTS
from ahsp.operations.doctor.listeners import find_listener
from ahsp.operations.doctor.patient import first_line
from ahsp.operations.doctor.pool import _differs
from ahsp.operations.doctor.results import Deadline, within
from ahsp.operations.doctor.targets import Targets
from ahsp.operations.doctor.waiting import LONGEST_QUERY_SHOWN, without_values
from ahsp.operations.doctor.web import shown_address
from ahsp.operations.stack.home import Home

SOURCES = sorted(Path(ahsp.operations.doctor.__file__).parent.glob("*.py"))


def _codes() -> set[str]:
    text = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
    whole = set(re.findall(r'"(doctor\.[a-z_0-9]+)"', text))
    short = {f"doctor.{code}" for code in re.findall(r'self\._fault\("([a-z_]+)"', text)}
    return {code for code in whole | short if not code.startswith("doctor.doctor")}


def test_every_cause_has_its_sentence_and_its_mend() -> None:
    codes = _codes()
    assert len(codes) > 60
    assert not {code for code in codes if code not in TEXTS or f"{code}_mend" not in TEXTS}


def test_no_sentence_is_left_over() -> None:
    frame = {"doctor.healthy", "doctor.ill", "doctor.word_ok", "doctor.word_fault", "doctor.word_note"}
    written = {code.removesuffix("_mend") for code in TEXTS if code.startswith("doctor.")}
    assert written - frame == _codes()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            "SELECT * FROM person WHERE email = 'a@b.id' AND id = 42",
            "SELECT * FROM person WHERE email = '…' AND id = …",
        ),
        ("UPDATE t SET name = 'it''s secret'\n  WHERE x=1.5", "UPDATE t SET name = '…' WHERE x=…"),
        ("SELECT 'cut off in the mid", "SELECT '…'"),
        ("SELECT f($1), t1.c2 FROM t1", "SELECT f($…), t1.c2 FROM t1"),
    ],
)
def test_queries_are_shown_without_anybodys_data(query: str, shown: str) -> None:
    assert without_values(query) == shown


def test_long_queries_are_cut() -> None:
    assert len(without_values("SELECT " + "column_name, " * 100)) == LONGEST_QUERY_SHOWN


@pytest.mark.parametrize(
    ("written", "value", "differs"),
    [
        ("25", "25", False),
        ("25", "20", True),
        ("10", "10.0", False),
        ("session", "transaction", True),
        ("*", "x", False),
    ],
)
def test_settings_are_compared_by_what_they_mean(written: str, value: str, differs: bool) -> None:
    assert _differs(written, value) is differs


def test_what_never_answers_is_left_behind() -> None:
    with pytest.raises(TimeoutError):
        within(0.05, lambda: time.sleep(60))


def test_what_fails_fails_where_it_is_awaited() -> None:
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 // 0)


def test_an_examination_that_is_over_gives_nobody_more_time() -> None:
    assert Deadline(-1).is_over
    assert Deadline(-1).at_most(10) < 0.1
    assert not Deadline(60).is_over
    assert Deadline(60).at_most(10) == 10


def test_who_listens_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = find_listener(listener.getsockname()[1])
    assert found is not None
    assert found.pid == os.getpid()
    assert not found.is_stopped


def test_the_reason_of_a_refusal_is_one_line() -> None:
    text = 'connection failed: x\nFATAL:  password authentication failed for user "a"\nDETAIL:  more'
    assert first_line(OSError(text)) == 'password authentication failed for user "a"'
    assert first_line(OSError("")) == "OSError"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"AHSP_ALLOWED_HOSTS": "rab.example.go.id,127.0.0.1"}, "http://127.0.0.1:8000"),
        ({"AHSP_ALLOWED_HOSTS": "rab.example.go.id"}, "http://rab.example.go.id"),
        ({"AHSP_ALLOWED_HOSTS": ".example.go.id", "AHSP_HTTPS": "1"}, "https://example.go.id"),
        ({"AHSP_ALLOWED_HOSTS": "*", "AHSP_HTTPS": "on"}, "https://127.0.0.1:8000"),
    ],
)
def test_the_application_is_asked_under_a_name_it_knows(told: dict[str, str], shown: str, tmp_path: Path) -> None:
    nowhere = dict.fromkeys(("database_url", "direct_url", "pool_url", "redis_url", "broker_url", "public_url"), "")
    targets = Targets(home=Home(tmp_path), address="http://127.0.0.1:8000", environment=told, **nowhere)
    assert shown_address(targets) == shown
