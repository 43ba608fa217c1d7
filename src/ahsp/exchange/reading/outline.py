"""Which section a row belongs to: told from the numbering, as a reader would."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahsp.exchange.reading.limits import MAX_LEVEL
from ahsp.exchange.reading.numbering import (
    Numbering,
    Style,
    is_beginning,
    style_following,
    styles,
    texts,
    values_begin,
)


@dataclass(slots=True)
class OpenSection:
    """A section that rows can still fall into. `items` maps the numbers of its own items to their rows."""

    numbering: Numbering | None
    style: Style | None
    last_item: Numbering | None = None
    has_items: bool = False
    items: dict[str, int] = field(default_factory=dict)


class Outline:
    """The sections open at the current row, outermost first."""

    def __init__(self) -> None:
        self._open: list[OpenSection] = []
        self._loose = OpenSection(None, None)  # items before any section

    @property
    def level(self) -> int:
        """The level of a row that stands here."""
        return len(self._open)

    def add_section(self, numbering: Numbering | None) -> int:
        """Open a section; its level, 0 for one at the top."""
        level, style = self._place(numbering)
        level = min(level, MAX_LEVEL - 1)
        del self._open[level:]
        self._open.append(OpenSection(numbering, style))
        return level

    def add_item(self, numbering: Numbering | None) -> OpenSection:
        """Close what the item's number shows to be over; the section the item falls into."""
        if numbering:
            innermost = self._open[-1] if self._open else self._loose
            for level in reversed(range(len(self._open))):
                if _is_over(self._open[level], innermost, numbering):
                    del self._open[level:]
        section = self._open[-1] if self._open else self._loose
        section.has_items = True
        section.last_item = numbering
        return section

    def _place(self, numbering: Numbering | None) -> tuple[int, Style | None]:
        if numbering is None:
            return self._place_unnumbered(), None
        if len(numbering) > 1:
            return self._place_long(numbering), None
        return self._place_single(numbering)

    def _place_unnumbered(self) -> int:
        for level in reversed(range(len(self._open))):
            if self._open[level].numbering is None:
                return level
        if self._open and self._open[-1].has_items:
            return len(self._open) - 1
        return len(self._open)

    def _place_long(self, numbering: Numbering) -> int:
        """A number of several parts names its parent: "A.1.2" stands below "A.1", and "2.1" below "II"."""
        numbered = [
            (level, section.numbering)
            for level, section in reversed(list(enumerate(self._open)))
            if section.numbering is not None
        ]
        for level, other in numbered:
            if is_beginning(other, numbering):
                return level + 1
        for level, other in numbered:
            if len(other) == len(numbering) and texts(other)[:-1] == texts(numbering)[:-1]:
                return level
        for level, other in numbered:
            if values_begin(other, numbering):
                return level + 1
        for level, other in numbered:
            if len(other) == len(numbering):
                return level
        return next((level + 1 for level, other in numbered if len(other) < len(numbering)), 0)

    def _place_single(self, numbering: Numbering) -> tuple[int, Style | None]:
        part = numbering[0]
        for level in reversed(range(len(self._open))):
            other = self._open[level]
            following = style_following(other.numbering, numbering) if other.numbering else None
            if following is not None and other.style in (None, following):
                return level, following
        taken = {section.style for section in self._open}
        first = next((style for style, value in part.readings if value == 1 and style not in taken), None)
        if first is not None:
            return len(self._open), first
        for level in reversed(range(len(self._open))):
            if self._open[level].style in styles(part):
                return level, self._open[level].style
        return self._place_by_rank(part.readings[0][0])

    def _place_by_rank(self, style: Style) -> tuple[int, Style]:
        for level in reversed(range(len(self._open))):
            other = self._open[level].style
            if other is not None and other < style:
                return level + 1, style
        return 0, style


def _is_over(section: OpenSection, innermost: OpenSection, item: Numbering) -> bool:
    """The item continues the list that the section itself is numbered in: 3, 3a, 3b, then 4."""
    own = section.numbering
    if own is None:
        return False
    if len(item) > 1:
        apart = own[0].text == item[0].text and texts(own) != texts(item)
        return len(own) > 1 and apart and not is_beginning(own, item)
    following = style_following(own, item)
    if following is None or section.style not in (None, following):
        return False
    last = innermost.last_item
    if last is None:
        return section is innermost
    return following not in styles(last[-1])
