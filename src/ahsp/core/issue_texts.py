"""Sentences for issue and error codes, in Indonesian and English, with or without Django."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"

TEXTS: dict[str, str] = {
    "price.missing": "The price of {resource} ({unit}) is missing",
    "quantity.missing": "The quantity is missing",
}


class _Blank(dict[str, str]):
    """A placeholder without data shows as an ellipsis rather than hiding the whole sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE_DIR, languages=[language], fallback=True)


def issue_text(code: str, data: Mapping[str, str], language: str) -> str:
    """The sentence for `code` in `language` ("id" or "en"). An unknown code is shown as itself."""
    template = TEXTS.get(code, code)
    return _translations(language).gettext(template).format_map(_Blank(data))
