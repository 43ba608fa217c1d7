"""What each row is: a section, an item, a subtotal or a note. Rows are judged with their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ahsp.exchange.reading.cells import cell_text
from ahsp.exchange.reading.lines import Line
from ahsp.exchange.reading.model import RowKind
from ahsp.exchange.reading.numbering import (
    Numbering,
    is_beginning,
    numbering_of_heading,
    parse_numbering,
    split_numbering,
    style_following,
    styles,
)

# Never an item, whatever else the row holds.
_TAX: Final = re.compile(r"(?:pajak\s+)?\(?(?:ppn|pajak pertambahan nilai|value added tax|vat)\b")
_SUM: Final = re.compile(
    r"(?:sub[\s-]*(?:total|jumlah|jml)|jumlah|jml|total|grand\s+total|sum\s+total|summary|rekap(?:itulasi)?|pajak"
    r"|dibulatkan|pembulatan|terbilang|(?:amount )?in words|rounded|rounding|carried (?:forward|to)|brought forward"
    r"|(?:jumlah )?(?:di)?pindahan|(?:nilai|harga|biaya) (?:total|keseluruhan|seluruhnya|konstruksi))\b"
)
_NO_UNIT: Final = frozenset({"rp", "%", "idr", "rupiah"})
_INDEX: Final = re.compile(r"[(\[]?(?:[0-9]{1,2}|[a-z])[)\]]?(?:\s*=.*)?")
_NOTE: Final = re.compile(r"(?:[*(\[•\-–]|catatan|note|n\.b|nb\b|ket\b|keterangan|termasuk|including|lihat)")
_HEADING_WORD: Final = re.compile(
    r"(?:pekerjaan|pek\b|bagian|divisi|lantai|bab|gedung|bangunan|section|part|division|bill|works?\b|floor|building)"
)
_LONGEST_HEADING: Final = 120


class _Guess(Enum):
    """What a row looks like on its own; HEADING, PRICED and CODED await a look at the neighbours."""

    ITEM = auto()
    SUBTOTAL = auto()
    TEXT = auto()
    HEADING = auto()
    PRICED = auto()
    CODED = auto()


@dataclass(slots=True)
class _Ahead:
    """What was found further down, as the rows are judged from the last to the first."""

    kind: RowKind | None = None  # of the next row that is no note
    line: Line | None = None
    items: bool = False  # an item follows somewhere


def judge(lines: Sequence[Line]) -> list[tuple[Line, RowKind]]:
    """Each line with its kind, in order. Rows that only number the columns ("(1) (2) (3)") are left out."""
    kept = [line for line in lines if not _is_index(line)]
    guesses = [_guess(line) for line in kept]
    before = _lines_before(kept, guesses)
    ahead = _Ahead()
    judged: list[tuple[Line, RowKind]] = []
    for line, guess, previous in zip(reversed(kept), reversed(guesses), reversed(before), strict=True):
        kind = _decide(line, guess, previous, ahead)
        judged.append((line, kind))
        if kind is not RowKind.TEXT:
            ahead = _Ahead(kind, line, ahead.items or kind is RowKind.ITEM)
    judged.reverse()
    return judged


def _lines_before(lines: Sequence[Line], guesses: Sequence[_Guess]) -> list[Line | None]:
    """For each line the item right before it, notes not counted."""
    before: list[Line | None] = []
    last: Line | None = None
    for line, guess in zip(lines, guesses, strict=True):
        before.append(last)
        if guess is not _Guess.TEXT:
            last = line if guess is _Guess.ITEM else None
    return before


def has_real_unit(line: Line) -> bool:
    """A unit of work, not a currency or a percent sign beside a sum."""
    return bool(line.unit) and line.unit.rstrip(".").casefold() not in _NO_UNIT


def subtotal_label(line: Line) -> str:
    """The words that name a sum, in whichever cell beside it they stand; "" where there are none."""
    for cell in (line.description, line.number, line.code, line.unit, line.quantity, line.unit_price):
        if isinstance(cell, str) and cell and (_SUM.match(_fold(cell)) or _TAX.match(_fold(cell))):
            return cell_text(cell)
    return ""


def _fold(text: str) -> str:
    return split_numbering(text.strip())[1].casefold()


def _is_index(line: Line) -> bool:
    """The row under a header that numbers its columns: 1, 2, 3 or (a), (b), 6 = 4 x 5."""
    cells = [line.description, line.unit, line.number, line.code]
    cells += [cell_text(cell) for cell in (line.quantity, line.unit_price, line.amount)]
    filled = [cell.casefold() for cell in cells if cell]
    return bool(line.description and line.unit) and all(_INDEX.fullmatch(cell) for cell in filled)


def _guess(line: Line) -> _Guess:
    if _is_subtotal(line):
        return _Guess.SUBTOTAL
    unit = has_real_unit(line)
    if not (line.description or line.code):
        return _Guess.ITEM if unit and line.has_quantity else _Guess.TEXT
    if unit or line.has_quantity or line.has_unit_price:
        return _Guess.ITEM
    if line.has_amount:
        return _Guess.PRICED
    if line.code:
        return _Guess.CODED
    return _Guess.HEADING


def _is_subtotal(line: Line) -> bool:
    unit, quantity = has_real_unit(line), line.has_quantity
    if unit and quantity:
        return bool(_TAX.match(_fold(line.description)))
    label = subtotal_label(line)
    if not label or _TAX.match(_fold(label)):
        return bool(label)
    if line.code and line.code != label:
        return not (unit or quantity)
    return not unit or line.has_amount


def _decide(line: Line, guess: _Guess, previous: Line | None, ahead: _Ahead) -> RowKind:
    if guess in _SURE:
        return _SURE[guess]
    numbering = numbering_of_heading(line.number or line.code, line.description)
    if guess is _Guess.CODED:
        return RowKind.SECTION if _leads_to(numbering, ahead) else RowKind.ITEM
    if guess is _Guess.PRICED:
        if numbering is not None and _lacks_everything(line, numbering, previous, ahead):
            return RowKind.ITEM
        # The recapitulation at the end names the sections again: nothing follows there but sums.
        leads = ahead.kind in (RowKind.ITEM, RowKind.SECTION) and ahead.items
        note = numbering is None and _NOTE.match(line.description.casefold())
        return RowKind.SECTION if leads and not note and not _follows(numbering, ahead) else RowKind.TEXT
    if numbering is not None:
        if _lacks_everything(line, numbering, previous, ahead):
            return RowKind.ITEM
        return RowKind.SECTION if ahead.items else RowKind.TEXT
    return RowKind.SECTION if ahead.items and _reads_as_heading(line, previous, ahead) else RowKind.TEXT


_SURE: Final = {
    _Guess.ITEM: RowKind.ITEM,
    _Guess.SUBTOTAL: RowKind.SUBTOTAL,
    _Guess.TEXT: RowKind.TEXT,
}


def _next_number(ahead: _Ahead) -> Numbering | None:
    return parse_numbering(ahead.line.number or ahead.line.code) if ahead.line else None


def _leads_to(numbering: Numbering | None, ahead: _Ahead) -> bool:
    """The next row's number carries this one in front: 3.1 leads to 3.1.(2)."""
    following = _next_number(ahead)
    return bool(ahead.items and numbering and following and is_beginning(numbering, following))


def _follows(numbering: Numbering | None, ahead: _Ahead) -> bool:
    """The next row is an item in the same list: then this one is no heading above it."""
    following = _next_number(ahead) if ahead.kind is RowKind.ITEM else None
    return bool(numbering and following and style_following(numbering, following) is not None)


def _lacks_everything(line: Line, numbering: Numbering, previous: Line | None, ahead: _Ahead) -> bool:
    """A numbered row among items that nobody has filled in yet: an item whose cost is unknown, not a heading."""
    if _follows(numbering, ahead):
        return True
    before = parse_numbering(previous.number) if previous else None
    if before is None or style_following(before, numbering) is None or line.description.isupper():
        return False
    if ahead.kind in (None, RowKind.SUBTOTAL):
        return True
    following = _next_number(ahead)
    return (
        ahead.kind is RowKind.SECTION
        and following is not None
        and len(following) <= len(numbering)
        and min(styles(following[-1])) < min(styles(numbering[-1]))
    )


def _reads_as_heading(line: Line, previous: Line | None, ahead: _Ahead) -> bool:
    """A row of words without a number: a heading in capitals or of the trade's words, or one right above items."""
    text = line.description
    folded = text.casefold()
    if len(text) > _LONGEST_HEADING or _NOTE.match(folded):
        return False
    if text.isupper() or _HEADING_WORD.match(folded):
        return True
    if ahead.kind is RowKind.SECTION and previous is None:
        return text[0].isupper()
    if ahead.kind is not RowKind.ITEM or not text[0].isupper():
        return False
    before = parse_numbering(previous.number) if previous else None
    following = _next_number(ahead)
    return before is None or following is None or style_following(before, following) is None
