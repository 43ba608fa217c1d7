"""Reading a bill of quantities from XLSX or CSV, for the command line and for the import preview alike."""

from __future__ import annotations

from pathlib import Path

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.numbers import Notation
from ahsp.exchange.reading.model import Boq, BoqRow, RowKind

__all__ = ["Boq", "BoqRow", "RowKind", "read_boq", "to_children"]


def read_boq(
    path: Path,
    *,
    notation: Notation = Notation.AUTO,
    name: str | None = None,
    sheet: str | None = None,
    collect: bool = False,
) -> Boq:
    """Read the bill in `path`, XLSX or CSV by content.

    `name` is the file name shown to people (an upload's own name), `sheet` picks a sheet instead of the best match.
    Raises core.errors.FileRefused with data "file" and, where known, "row" and "column": nothing is kept then.
    A number that can be read two ways refuses the file too, unless `collect`: then it is an ERROR of its row.
    """
    raise NotImplementedError


def to_children(boq: Boq) -> tuple[Section | WorkItem, ...]:
    """The bill as the engine's tree; the key of each section and item is its row number as text."""
    raise NotImplementedError
