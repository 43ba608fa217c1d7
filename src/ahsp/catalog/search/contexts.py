"""Words that only say where a work is, from contexts.csv.

"Galian tanah pondasi" asks for the digging of soil and "cor sloof K-225" for concrete of that grade: the regulation
measures both wherever they are, so the place must not outweigh the work.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from ahsp.catalog.search.stems import stem

CONTEXTS_FILE = Path(__file__).with_name("contexts.csv")
# In contexts.csv: whatever asks for a grade of concrete.
GRADE = "#grade"


def _stems(words: str) -> frozenset[str]:
    return frozenset(part for word in words.split() for part in stem(word))


@cache
def _contexts() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    with CONTEXTS_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            about = [GRADE] if row["about"] == GRADE else list(_stems(row["about"]))
            for word in about:
                found[word] = found.get(word, frozenset()) | _stems(row["where"])
    return found


def places(stems: Collection[str], *, grade: bool) -> frozenset[str]:
    """Those of `stems` that only say where, given the others; `grade` where a grade of concrete is asked for."""
    contexts = _contexts()
    asked = frozenset(stems)
    found = contexts[GRADE] & asked if grade else frozenset()
    for word in asked:
        found |= (contexts.get(word, frozenset()) & asked) - {word}
    # Words that each only place another ("lantai keramik dinding") place nothing.
    return found if found < asked or grade else frozenset()
