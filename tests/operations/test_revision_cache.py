"""Values kept by revision: made once, in this process and in others, and never those of another revision."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from ahsp.core import revision_cache
from ahsp.core.revision_cache import by_revision, forget_memory, many_by_revision
from ahsp.estimates.queries import Totals

pytestmark = pytest.mark.django_db


@dataclass
class Revised:
    """What stands for a project: nobody writes it."""

    pk: int
    revision: int
    basis: str = "b"

    @staticmethod
    def catch_up(several: Sequence[Any]) -> None: ...


@pytest.fixture
def kind() -> Iterator[str]:
    """A name nobody used before: the cache is shared with other tests."""
    forget_memory()
    yield uuid4().hex
    forget_memory()


class Counted:
    """Gives `value` and counts how often it was asked."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return self.value


@pytest.mark.parametrize(
    "value",
    [None, b"", b"\x1f\x8b" * 9000, "text " * 5000, Totals(Decimal("1.50"), 3, 1), {"rows": [1, 2]}],
    ids=["none", "empty", "bytes", "large", "figures", "mapping"],
)
def test_a_value_is_made_once_for_all_processes(value: Any, kind: str) -> None:
    make = Counted(value)
    assert by_revision(kind, Revised(7, 3), make) == value
    assert by_revision(kind, Revised(7, 3), make) == value
    forget_memory()
    assert by_revision(kind, Revised(7, 3), make) == value
    assert make.times == 1


def test_another_revision_project_name_or_variant_has_a_value_of_its_own(kind: str) -> None:
    by_revision(kind, Revised(7, 3), lambda: "first")
    assert by_revision(kind, Revised(7, 4), lambda: "revision") == "revision"
    assert by_revision(kind, Revised(8, 3), lambda: "project") == "project"
    assert by_revision(kind + "-other", Revised(7, 3), lambda: "name") == "name"
    assert by_revision(kind, Revised(7, 3), lambda: "variant", vary="en") == "variant"
    assert by_revision(kind, Revised(7, 3), lambda: "again") == "first"


def test_another_version_of_the_program_reads_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    by_revision(kind, Revised(7, 3), lambda: "old figures")
    forget_memory()
    monkeypatch.setattr(revision_cache, "program", lambda: 4711)
    assert by_revision(kind, Revised(7, 3), lambda: "its own") == "its own"


def test_many_values_are_looked_up_together_and_only_missing_ones_made(kind: str) -> None:
    by_revision(kind, Revised(1, 5), lambda: "one")
    by_revision(kind, Revised(2, 9), lambda: "two, but of an earlier revision")
    forget_memory()
    asked: list[set[int]] = []

    def make(missing: set[int]) -> dict[int, str]:
        asked.append(missing)
        return {project: f"made {project}" for project in missing}

    revised = {1: Revised(1, 5), 2: Revised(2, 10), 3: Revised(3, 1)}
    expected = {1: "one", 2: "made 2", 3: "made 3"}
    assert many_by_revision(kind, revised, make) == expected
    assert many_by_revision(kind, revised, make) == expected
    assert asked == [{2, 3}]


@pytest.mark.django_db(transaction=True)
def test_threads_that_want_the_same_value_wait_for_the_first(kind: str) -> None:
    begun, may_end = threading.Event(), threading.Event()
    made: list[int] = []
    got: list[str] = []

    def make() -> str:
        made.append(1)
        begun.set()
        may_end.wait(30)
        return "once"

    def want() -> None:
        try:
            got.append(by_revision(kind, Revised(7, 3), make))
        finally:
            connection.close()

    threads = [threading.Thread(target=want) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    may_end.set()
    for thread in threads:
        thread.join(30)
    assert got == ["once"] * 5
    assert len(made) == 1


def test_after_a_failure_the_next_one_tries_again(kind: str) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        by_revision(kind, Revised(7, 3), fail)
    assert by_revision(kind, Revised(7, 3), lambda: "made") == "made"


def test_a_process_keeps_the_values_used_last_within_its_bytes() -> None:
    memory = revision_cache._Memory(100)
    memory.put("a", "A", 40)
    memory.put("b", "B", 40)
    assert memory.get("a") == "A"
    memory.put("c", "C", 40)
    kept = [key for key in "abc" if memory.get(key) is not revision_cache._MISSING]
    assert kept == ["a", "c"]
    memory.put("whole", "W", 101)
    assert memory.get("whole") is revision_cache._MISSING
