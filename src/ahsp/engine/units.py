"""Spellings of units, folded for comparing. What a person wrote is shown as written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SPELLINGS = {
    "m'": ("m", "m1", "mtr", "meter", "m lari", "ml"),
    "m2": ("m^2", "meter persegi", "sqm"),
    "m3": ("m^3", "meter kubik", "cum"),
    "kg": ("kilogram", "kgs"),
    "ton": ("tonne",),
    "liter": ("l", "lt", "ltr", "litre", "lit"),
    "buah": ("bh", "bua", "pcs", "pc", "piece", "each", "ea"),
    "unit": ("unt", "un"),
    "set": ("sets",),
    "titik": ("ttk", "tik", "point"),
    "lembar": ("lbr", "lb", "sheet"),
    "batang": ("btg", "batg"),
    "zak": ("sak", "zk"),
    "ls": ("1s", "ls", "lumpsum", "lump sum", "paket ls"),
    "hari": ("hr", "day"),
    "jam": ("hour",),
    "orang hari": ("oh", "org hari", "orang/hari", "org/hari"),
    "orang jam": ("oj", "org jam", "orang/jam", "org/jam"),
    "pohon": ("phn",),
    "rol": ("roll", "gulung"),
    "tube": ("tub",),
    "ha": ("hektar", "hektare"),
}
_CANONICAL = {spelling: unit for unit, others in _SPELLINGS.items() for spelling in (unit, *others)}
_PRIMES = str.maketrans(dict.fromkeys("’‘′´`ʹʼ＇", "'"))


@lru_cache(maxsize=4096)
def fold_unit(text: str) -> str:
    """One spelling for the many of a unit: "M³" and "m3" give "m3", "Bh." and "buah" give "buah".

    A unit that is not known keeps its own letters in lower case. For comparing only.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_PRIMES)).translate(_PRIMES).casefold()
    plain = " ".join(plain.split()).rstrip(". ").replace("''", "'")
    joined = plain.replace(" ", "").replace("-", "")
    return _CANONICAL.get(plain) or _CANONICAL.get(joined) or _CANONICAL.get(plain.replace("-", " "), joined)
