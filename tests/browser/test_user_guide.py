"""The user guide says what the application says: its pages, its pictures, and every name in it that is **bold**.

The pictures of docs/user/images are taken anew with AHSP_PICTURES=1 ./ahsp test tests/browser/test_user_guide.py
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from ahsp.workspace.steps import TOGETHER, WORK
from tests.browser.guide import FOLDER, LANGUAGES, Walk, guide_page, picture_of
from tests.browser.guide_walks import WALKS, busy_project
from tests.people import Cast

PICTURES = os.environ.get("AHSP_PICTURES") == "1"
CONTENTS = "README"
MOST_LINES = 60
MOST_BYTES = 3_000_000
BOLD = re.compile(r"\*\*(.+?)\*\*")
IMAGE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")
STEPS = [step.id for step in (*WORK, *TOGETHER)]


def quoted(language: str, name: str) -> list[str]:
    """The names of the application that a page of the guide quotes."""
    return BOLD.findall(" ".join(guide_page(language, name).read_text(encoding="utf-8").split()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_application_says_what_the_guide_quotes(visit: Any, cast: Cast, language: str) -> None:
    project = busy_project(cast)
    visitor = visit(locale={"id": "id-ID", "en": "en-US"}[language], reduced_motion="reduce")
    visitor.context.add_cookies([{"name": "ahsp_language", "value": language, "url": visitor.address}])
    walk = Walk(visitor, language, project.code, PICTURES)
    absent = {}
    for name, go in WALKS.items():
        walk.words.clear()
        go(walk, cast)
        absent[name] = [text for text in quoted(language, name) if text.casefold() not in walk.words]
    assert not {name: texts for name, texts in absent.items() if texts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_page_with_its_picture(language: str) -> None:
    pages = {file.stem for file in (FOLDER / language).glob("*.md")} - {CONTENTS}
    assert pages == set(WALKS)
    assert set(STEPS) <= pages
    for name in pages:
        text = guide_page(language, name).read_text(encoding="utf-8")
        assert len(text.splitlines()) <= MOST_LINES, name
        assert IMAGE.findall(text) == [f"../images/{language}/{name}.png"], name
        assert picture_of(language, name).is_file(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_leads_to_pages_that_are_there(language: str) -> None:
    contents = LINK.findall(guide_page(language, CONTENTS).read_text(encoding="utf-8"))
    assert {target.removesuffix(".md") for target in contents} >= set(WALKS)
    for file in (FOLDER / language).glob("*.md"):
        for target in LINK.findall(file.read_text(encoding="utf-8")):
            assert (file.parent / target).is_file(), f"{file.name}: {target}"


def test_both_languages_quote_as_much() -> None:
    counts = {language: {name: len(quoted(language, name)) for name in WALKS} for language in LANGUAGES}
    assert counts["id"] == counts["en"]


def test_the_pictures_are_light() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*.png")) < MOST_BYTES
