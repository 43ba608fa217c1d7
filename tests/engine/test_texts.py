"""Every code of the engine has a sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import ahsp.core.issue_texts as texts
import ahsp.engine
from ahsp.core.issue_texts import TEXTS, issue_text

ENGINE = Path(ahsp.engine.__file__).parent
RAISED = re.compile(r'(?:error|warning|Issue|FormulaError|_unpriced)\(\s*(?:line, )?"([a-z_]+\.[a-z_]+)"')


def engine_codes() -> set[str]:
    return {code for file in ENGINE.glob("*.py") for code in RAISED.findall(file.read_text(encoding="utf-8"))}


def _names(sentence: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(engine_codes() | {"analysis.partial", "analysis.unpriced"}))
def test_each_code_has_its_sentence(code: str) -> None:
    with (texts.LOCALE_DIR / "id" / "LC_MESSAGES" / "django.po").open("rb") as file:
        indonesian = read_po(file, locale="id")
    message = indonesian.get(TEXTS[code])
    assert message is not None
    assert isinstance(message.string, str)
    assert message.string
    assert _names(message.string) == _names(TEXTS[code])


def test_the_codes_are_found() -> None:
    assert {
        "price.missing",
        "quantity.missing",
        "formula.cycle",
        "percentage.cycle",
        "overhead.unusual",
    } <= engine_codes()
    assert len(engine_codes()) > 25


def test_numbers_in_a_sentence_follow_its_language() -> None:
    data = {"own": "95000.505", "computed": "107360.00", "analysis": "1.2"}
    assert "95,000.505" in issue_text("price.own_kept", data, "en")
    assert "107,360" in issue_text("price.own_kept", data, "en")


def test_data_that_lacks_or_is_no_number_does_not_hide_the_sentence() -> None:
    assert issue_text("price.own_kept", {"own": "?"}, "en") == (
        "The line's own unit price ? was kept; analysis … gives …"
    )
    assert issue_text("no.such_code", {}, "en") == "no.such_code"
