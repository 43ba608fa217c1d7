"""The rows of the list of projects, and the bars of what they cost.

Written in Python and not as a template: it is the page people open most, and this takes a tenth of the time.
Whatever a person typed passes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from html import escape

from django import template
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ahsp.accounts.models import Role
from ahsp.estimates.portfolio import Asked, Choices, Part, Row, Spend, State, leading
from ahsp.projects.listing import Sort
from ahsp.web.drawings import drawing
from ahsp.web.templatetags import figures

register = template.Library()

MOST_DIVISIONS = 10
# Whoever may write needs no word about it.
NOT_WRITING = (Role.REVIEWER, Role.VIEWER)
STATES = {
    State.COMPLETE: gettext_lazy("All lines priced"),
    State.PARTIAL: gettext_lazy("Incomplete"),
    State.EMPTY: gettext_lazy("No lines yet"),
}
SORTS = {
    Sort.CHANGED: gettext_lazy("Latest change first"),
    Sort.OLDEST: gettext_lazy("Oldest change first"),
    Sort.NAME: gettext_lazy("By name"),
}
KINDS = {
    "labor": gettext_lazy("Labour"),
    "material": gettext_lazy("Materials"),
    "equipment": gettext_lazy("Equipment"),
    "overhead_and_profit": gettext_lazy("Overhead and profit"),
    "own_prices": gettext_lazy("Lines with their own price"),
    "rounding": gettext_lazy("Rounding of unit prices"),
}


@register.simple_tag
def project_rows(rows: Iterable[Row]) -> SafeString:
    """Projects as <tr>: name and place, how far they are priced, total, when they changed."""
    words = _Words()
    return mark_safe("\n".join(_project(row, words) for row in rows))  # noqa: S308 escaped below


class _Words:
    """Words and drawings that repeat in every row, looked up once."""

    def __init__(self) -> None:
        self.none = f'<span class="muted">{escape(_("no lines yet"))}</span>'
        self.demo = f' <span class="tag">{escape(_("demo"))}</span>'
        self.priced, self.partial = drawing("shapes/PRICED"), drawing("shapes/PARTIAL")
        self.complete, self.incomplete = escape(_("complete")), escape(_("incomplete"))
        self.roles = {role: f' <span class="tag">{escape(str(role.label))}</span>' for role in NOT_WRITING}
        self.work, self.open = drawing("grid"), escape(_("Open the workspace"))


def _project(row: Row, words: _Words) -> str:
    project, sums = row.project, row.figures
    place = escape(project.organization.name) + (f" · {escape(project.location)}" if project.location else "")
    changed = localtime(project.updated_at)
    total = figures.bound(sums.total if sums.item_count else None, bool(sums.incomplete), "rupiah")
    return (
        f'<tr><th scope="row" class="project-name"><a href="{reverse("estimates:rab", args=[project.code])}">'
        f"{escape(project.name)}</a>{words.demo if project.is_demo else ''}{words.roles.get(row.role, '')}"
        f'<a class="project-work" href="{reverse("workspace:shell", args=[project.code])}" title="{words.open}">'
        f'{words.work}<span class="sr-only">{words.open}</span></a>'
        f'<div class="meta">{place}</div></th>'
        f'<td class="project-progress">{_progress(row, words)}</td>'
        f'<td class="numeric">{total}</td>'
        f'<td class="numeric muted project-changed">'
        f'<time datetime="{changed:%Y-%m-%dT%H:%M%z}">{format_date(changed, "j M Y H:i")}</time></td></tr>'
    )


def _progress(row: Row, words: _Words) -> str:
    sums = row.figures
    if not sums.item_count:
        return words.none
    every = figures.count(sums.item_count)
    if not sums.incomplete:
        return _status("PRICED", words.priced, every, words.complete)
    text = f"{figures.count(sums.priced)} / {every}"
    return _status("PARTIAL", words.partial, text, words.incomplete) + _bar(sums.priced, sums.item_count)


def _status(state: str, shape: str, text: str, word: str) -> str:
    return (
        f'<span class="status status-{state}">{shape}<span class="figures">{text}</span>'
        f'<span class="sr-only">{word}</span></span>'
    )


def _bar(value: Decimal | int, most: Decimal | int) -> str:
    """Its figures stand beside it, so it is hidden from readers. A third of the bytes of a drawing."""
    width = max(Decimal(value) / most * 1000, Decimal(0)) if most else Decimal(0)
    return f'<progress class="bar" max="1000" value="{width:.0f}" aria-hidden="true"></progress>'


@register.simple_tag
def kind_bars(spend: Spend) -> SafeString:
    """Spend by kind as table rows, each with its bar."""
    parts = [(str(KINDS[part.name]), part) for part in spend.kinds]
    return _bars(parts, lower=bool(spend.incomplete), exact=str(KINDS["rounding"]))


@register.simple_tag
def division_bars(spend: Spend) -> SafeString:
    """Spend by division of the catalog as table rows, from the largest; the small ones are added up."""
    first, together, count = leading(spend.divisions, MOST_DIVISIONS)
    parts = [(division_name(part.name), part) for part in first]
    if together is not None:
        parts.append((ngettext("%(n)s more division", "%(n)s more divisions", count) % {"n": count}, together))
    return _bars(parts, lower=bool(spend.incomplete))


def division_name(name: str) -> str:
    """The catalog's own name, which is never translated; of lines without an analysis, what they are."""
    return name or _("Lines without an analysis")


def _bars(parts: list[tuple[str, Part]], *, lower: bool, exact: str = "") -> SafeString:
    """Every bar ends where the largest part does: they are compared with each other, their share stands beside them.

    With `lower` all are lower bounds but `exact`: what rounding added may be more or less later.
    """
    end = max((part.share for _, part in parts), default=Decimal(0)) or Decimal(1)
    return mark_safe(  # noqa: S308 escaped here
        "\n".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            f'<td class="numeric">{figures.bound(part.amount, lower and name != exact)}</td>'
            f'<td class="numeric muted">{figures.percent(part.share, 1)}</td>'
            f'<td class="c-bar">{_bar(part.share, end)}</td></tr>'
            for name, part in parts
        )
    )


@register.simple_tag
def sort_choices(asked: Asked) -> list[tuple[str, str, bool]]:
    """(value, word, chosen) of each order."""
    return [(sort.value, str(word), asked.sort is sort) for sort, word in SORTS.items()]


@register.simple_tag
def state_choices(asked: Asked) -> list[tuple[str, str, bool]]:
    """(value, word, chosen) of each state."""
    return [(state.value, str(word), asked.state is state) for state, word in STATES.items()]


@register.simple_tag
def sorted_address(asked: Asked, column: str) -> str:
    """The address behind the head of a column: its order, or the opposite one where it has that already."""
    if column == "name":
        return asked.sorted(Sort.NAME).address()
    return asked.sorted(Sort.OLDEST if asked.sort is Sort.CHANGED else Sort.CHANGED).address()


@register.simple_tag
def active_filters(asked: Asked, choices: Choices) -> list[tuple[str, str]]:
    """(what it is, address without it) of each filter that is on."""
    found = []
    if asked.organization is not None:
        found.append((choices.organizations[asked.organization], asked.without("organization").address()))
    if asked.edition is not None:
        found.append((choices.editions[asked.edition], asked.without("edition").address()))
    if asked.state is not None:
        found.append((str(STATES[asked.state]), asked.without("state").address()))
    if asked.since is not None:
        day = format_date(asked.since, "j M Y")
        found.append((_("Changed since %(day)s") % {"day": day}, asked.without("since").address()))
    return found


@register.simple_tag
def page_address(asked: Asked, after: str = "", before: str = "") -> str:
    """The address of another page of the same list."""
    return asked.address(after=after, before=before)
