"""Bills of quantities of a wished size, made of the real analyses of an edition under its own headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from random import Random

from ahsp.catalog.models import Analysis, Edition
from ahsp.engine.boq import Section, WorkItem

# A section of a real bill rarely has more lines; longer ones of the catalog are cut into several bills.
MOST_LINES = 12
# One line in so many is a lump sum with a price of its own.
OWN_PRICE_EVERY = 25


@dataclass(frozen=True, slots=True)
class Heading:
    """Lines of the catalog that stand under one heading."""

    division: str
    section: str
    analyses: tuple[Analysis, ...]


def headings(edition: Edition) -> tuple[Heading, ...]:
    """Everything of `edition`, in pieces of at most MOST_LINES lines, in its order."""
    rows = Analysis.objects.filter(edition=edition).order_by("position")
    pieces = []
    for (division, section), found in groupby(rows, key=lambda row: (row.division, row.section)):
        analyses = tuple(found)
        for start in range(0, len(analyses), MOST_LINES):
            pieces.append(Heading(division, section, analyses[start : start + MOST_LINES]))
    return tuple(pieces)


def make_bill(pieces: Sequence[Heading], size: int, chance: Random) -> tuple[Section, ...]:
    """A bill of `size` lines in two levels: divisions, and sections in them."""
    chosen = _choose(pieces, size, chance)
    divisions = [(name, list(found)) for name, found in groupby(chosen, key=lambda piece: piece.division)]
    bill = []
    for number, (name, sections) in enumerate(divisions, 1):
        children = tuple(
            Section("", f"{number}.{place}", piece.section, tuple(_lines(piece, f"{number}.{place}", chance)))
            for place, piece in enumerate(sections, 1)
        )
        bill.append(Section("", str(number), name, children))
    return tuple(bill)


def _choose(pieces: Sequence[Heading], size: int, chance: Random) -> list[Heading]:
    """Pieces with `size` lines together, the last one cut, in the order of the catalog."""
    order = chance.sample(range(len(pieces)), len(pieces))
    chosen: list[tuple[int, Heading]] = []
    missing = size
    # A bill larger than the catalog begins again from its start.
    while missing:
        for place in order:
            piece = pieces[place]
            taken = Heading(piece.division, piece.section, piece.analyses[:missing])
            chosen.append((place, taken))
            missing -= len(taken.analyses)
            if not missing:
                break
    chosen.sort(key=lambda pair: pair[0])
    return [piece for _, piece in chosen]


def _lines(piece: Heading, number: str, chance: Random) -> Iterator[WorkItem]:
    for place, analysis in enumerate(piece.analyses, 1):
        own = chance.randrange(OWN_PRICE_EVERY) == 0
        yield WorkItem(
            key="",
            number=f"{number}.{place}",
            description=analysis.name,
            unit=analysis.unit,
            quantity=Decimal(chance.randrange(100, 100_000)) / 100,
            analysis=None if own else analysis.code,
            unit_price=Decimal(chance.randrange(10, 5_000)) * 1000 if own else None,
        )
