"""What every sheet has: a heading, column heads, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ahsp.exchange.documents.content import example_warning, heading_lines
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.texts import translator
from ahsp.exchange.documents.workbook.rows import Cell, RowSheet, clean_text
from ahsp.exchange.documents.workbook.styles import ACCENT, MUTED, SOFT, WARN, Styles

_A4 = 9
_LONGEST_FOOTER_TITLE = 90
_MARGINS = {"left": 0.55, "right": 0.55, "top": 0.6, "bottom": 0.75}


class Column(NamedTuple):
    """`width` in characters; figures stand on the right."""

    name: str
    width: float
    figures: bool = False
    indent: int = 0


def heading(sheet: RowSheet, styles: Styles, document: RabDocument, name: str, *, full: bool = False) -> None:
    """The sheet's name over the project's title; with `full` also what the document is about."""
    if document.organization:
        sheet.add([(document.organization, styles.get(font_color=MUTED, bold=True))])
    sheet.add([(name, styles.get(font_size=18, bold=True, font_color=ACCENT))], height=26)
    sheet.add([(document.title, styles.get(font_size=12, bold=True))], height=17)
    if full:
        for label, text in heading_lines(document):
            sheet.add([(label, styles.get(font_color=MUTED)), (text, styles.get())])
    warning = example_warning(document)
    if warning:
        sheet.add([(warning, styles.get(bold=True, font_color=WARN))])
    sheet.skip()


def column_heads(sheet: RowSheet, styles: Styles, columns: Sequence[Column]) -> int:
    """Write the heads, freeze and repeat them on every page. Returns their row."""
    row = sheet.add([(one.name, _head_style(styles, one)) for one in columns], height=30)
    sheet.freeze_panes(row, 0)
    sheet.repeat_rows(row - 1)
    return row


def _head_style(styles: Styles, column: Column) -> int:
    return styles.get(
        bold=True,
        font_size=9,
        font_color=MUTED,
        bg_color=SOFT,
        text_wrap=True,
        valign="vcenter",
        align="right" if column.figures else "left",
        indent=column.indent,
        above="line",
        below="line",
    )


def set_up(
    sheet: RowSheet, styles: Styles, document: RabDocument, columns: Sequence[Column], *, landscape: bool
) -> None:
    """Widths, paper, margins, footer."""
    _ = translator(document.language)
    sheet.wrap([column.width for column in columns], styles.wrapping)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(**_MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    page = _("Page {page} of {pages}").format(page="&P", pages="&N")
    title = _plain(document.title[:_LONGEST_FOOTER_TITLE])
    sheet.set_footer(f"&L&8{title}&C&8{_plain(example_warning(document))}&R&8{page}", {"margin": 0.35})


def _plain(text: str) -> str:
    """A space keeps a leading figure from being read as the font size."""
    return " " + clean_text(text).replace("&", "&&") if text else ""


def finish(sheet: RowSheet, columns: Sequence[Column]) -> None:
    """Set the print area to what was written; call once after the last row."""
    sheet.print_area(0, 0, max(sheet.last - 1, 0), len(columns) - 1)
    sheet.finish()


def empty_cells(style: int, count: int) -> list[Cell | None]:
    """Cells without content, for a border or a ground that runs through."""
    return [(None, style)] * count
