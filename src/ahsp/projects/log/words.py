"""What tables and columns of the row log are called by people. An app registers the words of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """Words for the rows of a table.

    `row` says what one is; `title` are the columns by which a person knows it; `fields` names columns, in the order in
    which a person reads them. A column without a name is not shown: it is bookkeeping. `choices` has, by column, words
    for values that have none of their own. Columns that mean something only `together` are put back together.
    """

    row: Any
    title: tuple[str, ...]
    fields: Mapping[str, Any]
    choices: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()


_words: dict[str, Words] = {}


def register_words(kind: str, words: Words) -> None:
    """Twice for one letter is a mistake of the program."""
    if kind in _words:
        raise ValueError(f"there are words for {kind!r} already")
    _words[kind] = words


def words_of(kind: str) -> Words:
    return _words[kind]


def worded_kinds() -> tuple[str, ...]:
    return tuple(_words)
