"""The lines of a unit price sheet: A, B and C of an analysis, each line opening to say where its figures come from.

Written in Python and not as a template, as the rows of the RAB: a line is thirty tags, and a sheet is opened often.
Whatever comes from an edition, a price book or a person passes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ahsp.engine.analysis_difference import Change
from ahsp.engine.issues import Issue
from ahsp.engine.price_origins import Origin
from ahsp.engine.pricing import Status
from ahsp.estimates.sheet import SheetGroup, SheetLine
from ahsp.estimates.sheet_origins import SheetOrigins
from ahsp.prices.models import PriceBook
from ahsp.web.drawings import drawing
from ahsp.web.templatetags import figures
from ahsp.web.templatetags.interface import status_mark

register = template.Library()

HEADINGS = {
    "labor": gettext_lazy("Labour"),
    "material": gettext_lazy("Materials"),
    "equipment": gettext_lazy("Equipment"),
}


@register.simple_tag
def sheet_lines(groups: Sequence[SheetGroup], origins: SheetOrigins) -> SafeString:
    """The groups that have lines, as sections of <details>."""
    return mark_safe(_Sheet(origins).groups(groups))  # noqa: S308 escaped below


class _Sheet:
    """Words that repeat in every line, looked up once, and where coefficients and prices of the sheet come from."""

    def __init__(self, origins: SheetOrigins) -> None:
        self._price = escape(_("Price"))
        self._no_price = escape(_("no price yet"))
        self._open = f'{drawing("chevron-down")}<span class="sr-only">{escape(_("where from?"))}</span>'
        self._origins = origins
        self._nested = _fact(_("Price"), escape(_("direct cost of the analysis below")))
        self._book = _book_facts(origins.book)

    def groups(self, groups: Iterable[SheetGroup], *, nested: bool = False) -> str:
        return "".join(self._group(group, nested=nested) for group in groups if group.lines)

    def _group(self, group: SheetGroup, *, nested: bool) -> str:
        letter = f"{group.letter} " if group.letter else ""
        heading = escape(str(HEADINGS.get(group.kind) or _("Other lines")))
        total = "" if group.total is None else f'<span class="figures strong">{group_total(group)}</span>'
        return (
            f'<section class="sheet-group"><div class="sheet-group-head"><h3>{letter}{heading}</h3>{total}</div>\n'
            + "\n".join(self._line(line, nested=nested) for line in group.lines)
            + "</section>\n"
        )

    def _line(self, line: SheetLine, *, nested: bool) -> str:
        priced = line.status is Status.PRICED
        mark = "" if priced else status_mark(line.status)
        below = f'<div class="nested">{self.groups(line.nested, nested=True)}</div>' if line.nested else ""
        return (
            f'<details class="sheet-line{"" if priced else " incomplete"}"><summary>'
            f'<span class="line-name">{mark}<span>{escape(line.name)}</span></span>'
            f'<span class="line-coefficient figures">{_amount_of(line)}</span>'
            f'<span class="line-unit">{escape(line.unit)}</span>'
            f'<span class="line-price figures">{self._price_of(line, priced=priced)}</span>'
            f'<span class="line-amount figures">{figures.money(line.amount)}</span>'
            f'<span class="line-open">{self._open}</span></summary>'
            f'<dl class="facts origin">{self._origin(line, nested=nested)}</dl>{_issues(line.issues)}{below}</details>'
        )

    def _price_origin(self, line: SheetLine) -> str:
        origin = self._origins.prices.of(line.found) if self._origins.prices else None
        return _own_facts(origin) if origin is not None and origin.own else self._book

    def _price_of(self, line: SheetLine, *, priced: bool) -> str:
        if line.price is not None:
            return figures.money(line.price)
        return "" if priced else self._no_price

    def _origin(self, line: SheetLine, *, nested: bool) -> str:
        # Of what is nested the analysis itself tells, on its own page.
        told = "" if nested else escape(coefficient_origin(self._origins, line))
        facts = _fact(_("Coefficient"), told) if told and line.coefficient is not None else ""
        if line.nested:
            return facts + self._nested
        if line.price is None:
            return facts
        facts += self._price_origin(line)
        if line.converted is None:
            return facts
        said = _("recorded per %(unit)s, × %(factor)s per %(to)s") % {
            "unit": line.converted.source.unit,
            "factor": figures.plain(line.converted.factor),
            "to": line.unit,
        }
        return facts + _fact(_("Converted"), escape(said), "figures")


def coefficient_origin(origins: SheetOrigins, line: SheetLine) -> str:
    """Where the coefficient of a line is from, in words."""
    edition = origins.edition
    annex = f"{edition.regulation} {edition.number}, {_('annex')} {edition.annex}, {origins.reference}"
    if not origins.reference:
        return _("analysis of the project's own")
    changed = origins.changed.get(line.position)
    if changed is None:
        return annex
    if changed.change is Change.ADDED:
        return _("added; %(annex)s does not have it") % {"annex": annex}
    if changed.coefficient is None or changed.coefficient == line.coefficient:
        return _("changed against %(annex)s") % {"annex": annex}
    return _("changed from %(before)s (%(annex)s)") % {
        "before": figures.plain(changed.coefficient),
        "annex": annex,
    }


def _fact(name: str, value: str, kind: str = "") -> str:
    """`value` is markup."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<dt>{escape(name)}</dt><dd{attribute}>{value}</dd>"


def _book_facts(book: PriceBook) -> str:
    example = f' <span class="tag tag-warn">{escape(_("example prices"))}</span>' if book.is_example else ""
    valid_on = format_date(book.valid_on, "j F Y") if book.valid_on else ""
    known = ((_("Region"), book.region), (_("Valid on"), valid_on), (_("Document"), book.document))
    return _fact(_("Price"), escape(book.name) + example) + _facts(known)


def _own_facts(origin: Origin) -> str:
    """A price of the project itself."""
    dated = format_date(origin.dated, "j F Y") if origin.dated else ""
    source = escape(origin.source or _("price of the project"))
    mark = f' <span class="tag">{escape(_("own price"))}</span>'
    known = ((_("Region"), origin.region), (_("Valid on"), dated), (_("Document"), origin.document))
    return _fact(_("Price"), source + mark) + _facts(known)


def _facts(known: Iterable[tuple[str, str]]) -> str:
    return "".join(_fact(name, escape(value)) for name, value in known if value)


def _amount_of(line: SheetLine) -> str:
    if line.percent is not None:
        return f"{figures.plain(line.percent)} %"
    return "" if line.coefficient is None else figures.coefficient(line.coefficient)


def _issues(issues: tuple[Issue, ...]) -> str:
    return render_to_string("components/issues.html", {"issues": issues}) if issues else ""


def group_total(group: SheetGroup) -> SafeString:
    """A, B or C: a lower bound where a line lacks something, nothing where no line has a price."""
    statuses = {line.status for line in group.lines}
    if statuses == {Status.UNPRICED}:
        return figures.bound(None)
    return figures.bound(group.total, statuses != {Status.PRICED})
