"""The rows of the RAB grid.

Written in Python and not as a template: a thousand rows take the template engine 0.3 s, this a twentieth of it.
Whatever a person typed passes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ahsp.engine.issues import Issue
from ahsp.estimates.presentation import RabRow
from ahsp.web.drawings import drawing
from ahsp.web.templatetags import figures
from ahsp.web.templatetags.interface import sentence, share_bar, status_mark

register = template.Library()


@register.simple_tag
def rab_grid_rows(rows: Iterable[RabRow]) -> SafeString:
    """Sections and items as <tr>; frontend/src/behaviours/tree.ts folds, filters and walks them."""
    grid = _Grid()
    return mark_safe("\n".join(grid.section(row) if row.is_section else grid.item(row) for row in rows))  # noqa: S308 escaped below


class _Grid:
    """Words and drawings that repeat in every row, looked up once."""

    def __init__(self) -> None:
        self._incomplete = escape(_("incomplete"))
        self._partial = drawing("shapes/PARTIAL")
        self._twist = f'<span class="twist" data-fold aria-hidden="true">{drawing("chevron-right")}</span>'
        self._first = True

    def section(self, row: RabRow) -> str:
        """A heading with its total."""
        count = ""
        if row.incomplete:
            count = (
                f'<span class="status status-PARTIAL">{self._partial}{figures.count(row.incomplete)}'
                f'<span class="sr-only">{self._incomplete}</span></span>'
            )
        return (
            f'{self._begin(row, "section")} aria-expanded="true"><td class="c-no">{escape(row.number)}'
            f'<td class="c-code"><td class="c-name" colspan="4"><span class="name">{self._twist}'
            f'<span class="text">{escape(row.description)}</span>{count}</span>'
            f'<td class="c-amount numeric">{figures.bound(row.amount, row.lower_bound)}'
            f'<td class="c-share numeric">{share_bar(row.share)}{_percent(row.share)}'
        )

    def item(self, row: RabRow) -> str:
        """A work item, its description leading to its unit price sheet."""
        mark = status_mark(row.status) if row.incomplete else ""
        worth = "" if row.incomplete or not row.issues else _worth(row.issues)
        return (
            f'{self._begin(row, "item")}><td class="c-no">{escape(row.number)}<td class="c-code">{escape(row.code)}'
            f'<td class="c-name"><span class="name">{mark}'
            f'<a class="text" data-open tabindex="-1" href="items/{row.pk}/">{escape(row.description)}</a>'
            f'{worth}</span><td class="c-unit">{escape(row.unit)}'
            f'<td class="c-quantity numeric">{figures.quantity(row.quantity)}'
            f'<td class="c-price numeric">{figures.bound(row.unit_price, row.lower_bound)}'
            f'<td class="c-amount numeric">{figures.bound(row.amount, row.lower_bound)}'
            f'<td class="c-share numeric">{_percent(row.share)}'
        )

    def _begin(self, row: RabRow, kind: str) -> str:
        """The start tag without its end: one stop of the tab key for the whole grid, on its first row."""
        stop = ' tabindex="0"' if self._first else ""
        self._first = False
        incomplete = " incomplete" if row.incomplete else ""
        parent = row.parents[-1] if row.parents else ""
        return (
            f'<tr role="row" id="{escape(row.key)}" class="{kind}{incomplete}" data-parent="{escape(parent)}"'
            f' aria-level="{row.level + 1}"{stop}'
        )


def _percent(share: Decimal) -> str:
    return figures.percent(share)


def _worth(issues: Iterable[Issue]) -> str:
    """What is worth a look in a line that is complete."""
    words = escape("\n".join(sentence(issue) for issue in issues))
    return f'<span class="worth" title="{words}">{drawing("info")}<span class="sr-only">{words}</span></span>'
