"""Spellings of units, folded for comparing. What a person wrote is shown as written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS = {
    "m'": "m m1 mtr meter metre",
    "m2": "m^2 sqm sq.m squaremeter squaremetre meterpersegi",
    "m3": "m^3 cum cu.m cubicmeter cubicmetre meterkubik",
    "kg": "kgs kilogram",
    "ton": "tonne",
    "liter": "l lt ltr litre",
    "buah": "bh pcs pc piece each ea nos nr",
    "set": "sets",
    "titik": "ttk",
    "lembar": "lbr",
    "batang": "btg",
    "zak": "sak",
    "ls": "1s lumpsum lumsum",
    "hari": "hr day",
    "jam": "hour",
    "oh": "oranghari orghari orang/hari org/hari",
    "oj": "orangjam orgjam orang/jam org/jam",
    "rol": "roll",
    "ha": "hektar hektare",
}
_CANONICAL = {spelling: unit for unit, others in _SPELLINGS.items() for spelling in others.split()}
_PRIMES = str.maketrans(dict.fromkeys("’‘′´`ʹʼ＇", "'"))


@lru_cache(maxsize=4096)
def fold_unit(text: str) -> str:
    """One spelling for the many of a unit: "M³" and "m3" give "m3", "Bh." and "buah" give "buah".

    Case, spaces, hyphens and a final full stop do not count. An unknown unit gives itself. For comparing only.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_PRIMES)).casefold()
    joined = "".join(plain.replace("-", " ").split()).rstrip(".")
    return _CANONICAL.get(joined, joined)
