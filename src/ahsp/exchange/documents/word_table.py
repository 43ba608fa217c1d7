"""Rows of a table in the XML of word processors, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

_TWIPS = 56.7
"""Twentieths of a point in a millimetre."""
_HAIR, _RULE = "CAC7C2", "1C1A17"


class Column(NamedTuple):
    """Its width in millimetres, and whether its cells stand at the right."""

    width: int
    right: bool = False


class Cell(NamedTuple):
    """Text and how it looks; `span` is the number of columns it takes."""

    text: str
    bold: bool = False
    muted: bool = False
    warn: bool = False
    shade: bool = False
    span: int = 1


def start_table(columns: tuple[Column, ...], *, lined: bool) -> str:
    """The table up to its first row, of fixed widths: a word processor need not measure every row first."""
    total = sum(twips(column.width) for column in columns)
    lines = ""
    if lined:
        rule, hair = (
            f'w:val="single" w:sz="{size}" w:space="0" w:color="{color}"' for size, color in ((6, _RULE), (2, _HAIR))
        )
        lines = f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {hair}/></w:tblBorders>"
    grid = "".join(f'<w:gridCol w:w="{twips(column.width)}"/>' for column in columns)
    margins = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/>{lines}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def twips(millimetres: float) -> int:
    return int(millimetres * _TWIPS)


def table_rows(
    columns: tuple[Column, ...], rows: Iterable[list[Cell]], *, head: bool = False, whole: bool = False
) -> Iterator[str]:
    """Each row as XML. A `head` is repeated on every page; a `whole` row is not cut by the end of one."""
    kept = "<w:cantSplit/>" if whole or head else ""
    kept += "<w:tblHeader/>" if head else ""
    start = f"<w:tr><w:trPr>{kept}</w:trPr>" if kept else "<w:tr>"
    for cells in rows:
        parts, place = [start], 0
        for cell in cells:
            parts.append(_cell(cell, columns[place : place + cell.span]))
            place += cell.span
        parts.append("</w:tr>")
        yield "".join(parts)


def _cell(cell: Cell, columns: tuple[Column, ...]) -> str:
    width = sum(twips(column.width) for column in columns)
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F6F4F1"/>' if cell.shade else ""
    right = '<w:jc w:val="right"/>' if columns[-1].right and cell.span == 1 else ""
    color = "865403" if cell.warn else "63605A" if cell.muted else ""
    look = "<w:b/>" if cell.bold else ""
    look += f'<w:color w:val="{color}"/>' if color else ""
    look += f'<w:sz w:val="{15 if cell.muted else 17}"/>'
    # A mark of a lower bound stays with its number.
    text = escape(cell.text).replace("≥ ", "≥\N{NO-BREAK SPACE}")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{right}</w:pPr>'
        f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r></w:p></w:tc>"
    )
