"""Resources by words of their names, to choose from while typing: those of the edition, of the price book, and of the
project itself, with their prices."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from ahsp.catalog.models import Resource as CatalogResource
from ahsp.engine.prices import find_price
from ahsp.engine.resources import Resource
from ahsp.estimates.bodies import Body, figure
from ahsp.estimates.models import ProjectLine, ProjectPrice
from ahsp.estimates.prices.queries import load_price_tables
from ahsp.estimates.prices.rows import IDENTITY, resource_of
from ahsp.prices.models import Price
from ahsp.projects.models import Project

MOST = 20
# Of each place that knows resources; the best of them are chosen afterwards.
MOST_READ = 300
MOST_WORDS = 8


def suggested_resources(project: Project, text: str, kind: str = "") -> list[Body]:
    """At most MOST resources whose names hold every word, the likeliest first; none without words. Five queries."""
    words = text.lower().split()[:MOST_WORDS]
    if not words:
        return []
    found = sorted(_known(project, words, kind), key=lambda one: _rank(one, words))[:MOST]
    table = load_price_tables([project], {one.name for one in found})[project.pk]
    shown = []
    for one in found:
        price = find_price(table, one)
        shown.append(
            {
                "kind": one.kind.value,
                "name": one.name,
                "unit": one.unit,
                "price": figure(price.price) if price else None,
            }
        )
    return shown


def _known(project: Project, words: Sequence[str], kind: str) -> set[Resource]:
    holds = Q()
    for word in words:
        holds &= Q(name__icontains=word)
    named = Q(kind=kind) if kind else Q()
    lines = ProjectLine.objects.filter(holds, project=project, line_kind="resource").annotate(kind=F("group_kind"))
    places = (
        CatalogResource.objects.filter(holds, named, edition=project.edition_id),
        Price.objects.filter(holds, named, book=project.price_book_id),
        ProjectPrice.objects.filter(holds, named, project=project),
        lines.filter(named),
    )
    return {resource_of(row) for rows in places for row in rows.values(*IDENTITY).distinct()[:MOST_READ]}


def _rank(one: Resource, words: Sequence[str]) -> tuple[bool, bool, int, str, str, str, str]:
    name = one.name.lower()
    begins, holds = name.startswith(words[0]), f" {words[0]}" in f" {name}"
    # What differs in capitals or kind alone keeps its order from one answer to the next, too.
    return not begins, not holds, len(name), name, one.unit, one.name, one.kind.value
