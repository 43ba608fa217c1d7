"""Every English sentence of the interface has its Indonesian one, with the same blanks to fill."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from ahsp.core.issue_texts import TEXTS
from tests.architecture.sources import PACKAGE, python_files, short

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CATALOGS = sorted(PACKAGE.glob("*/locale/id/LC_MESSAGES/django.po"))
BLANKS = re.compile(r"\{[\w.]*\}|%\(\w+\)[sd]|%[sd]")


def _read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened, locale="id")


def _messages(text: str) -> Iterator[tuple[str | None, str]]:
    """(context, English) of each marked text in a piece of Python; of a plural its singular."""
    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        first = message[0] if isinstance(message, tuple) else message
        if first:
            yield context, first


def _used() -> dict[tuple[str | None, str], str]:
    used: dict[tuple[str | None, str], str] = {(None, text): f"issue {code}" for code, text in TEXTS.items()}
    for file in python_files(PACKAGE):
        used.update({key: short(file) for key in _messages(file.read_text(encoding="utf-8"))})
    for file in sorted(PACKAGE.glob("*/templates/**/*")):
        if file.is_file():
            # What is left of a template are its calls; the indentation of the markup means nothing.
            calls = templatize(file.read_text(encoding="utf-8"), origin=str(file)).splitlines()
            used.update({key: short(file) for key in _messages("\n".join(line.strip() for line in calls))})
    return used


def _translated() -> set[tuple[str | None, str]]:
    done = set()
    for file in CATALOGS:
        for message in _read(file):
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if message.id and all(texts) and not message.fuzzy:
                english = message.id[0] if isinstance(message.id, tuple | list) else message.id
                done.add((message.context, english))
    return done


def test_every_text_has_its_indonesian() -> None:
    translated = _translated()
    missing = {f"{where}: {key[1]}" for key, where in _used().items() if key not in translated}
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("file", CATALOGS, ids=short)
def test_translations_fill_the_same_blanks(file: Path) -> None:
    wrong = []
    for message in _read(file):
        english = message.id if isinstance(message.id, tuple | list) else (message.id,)
        indonesian = message.string if isinstance(message.string, tuple | list) else (message.string,)
        allowed = {frozenset(BLANKS.findall(text)) for text in english}
        if message.id and any(frozenset(BLANKS.findall(text)) not in allowed for text in indonesian):
            wrong.append(message.id)
    assert not wrong


@pytest.mark.parametrize("file", CATALOGS, ids=short)
def test_no_catalog_is_marked_unfinished(file: Path) -> None:
    assert "#, fuzzy" not in file.read_text(encoding="utf-8")


def test_every_code_that_is_raised_has_a_sentence() -> None:
    raised = re.compile(
        r"\b(?:NotFound|Forbidden|Conflict|FileRefused|StackError|AhspError|FormulaError|Issue|refuse|complain|progress"
        r"|(?<!\.)error|(?<!\.)warning)\(\s*\"([a-z_]+\.[a-z_]+)\""
    )
    codes = {code for file in python_files(PACKAGE) for code in raised.findall(file.read_text(encoding="utf-8"))}
    assert len(codes) > 50
    assert not codes - set(TEXTS)
