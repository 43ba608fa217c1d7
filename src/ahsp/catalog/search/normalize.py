"""Folding text to the plain form that names and queries are compared in."""

from __future__ import annotations

import re
import unicodedata

# A query is a few words; what lies beyond is noise and would only cost time.
MAX_TEXT = 400

_VULGAR = re.compile("[¼-¾⅐-⅞]")
_SIGNS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "′": "'",
        "“": '"',
        "”": '"',
        "″": '"',
        "×": "x",
        "–": "-",
        "—": "-",
        "⁄": "/",
        "±": " ",
        "°": " ",
        "∅": " dia ",
        "ø": " dia ",
        "φ": " dia ",
        "⌀": " dia ",
        "∆": " segitiga ",
        "δ": " segitiga ",
    }
)
_SPACES = re.compile(r"\s+")


def fold(text: str, limit: int = MAX_TEXT) -> str:
    """Lower case, one form for quotes, fractions, diameters and superscripts, no accents, single spaces.

    "Ø ½” m²" becomes 'dia 1/2" m2'. Only the first `limit` characters are read.
    """
    text = _VULGAR.sub(r" \g<0>", text[:limit])
    text = unicodedata.normalize("NFKC", text).lower().translate(_SIGNS)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})
    return _SPACES.sub(" ", text).strip()
