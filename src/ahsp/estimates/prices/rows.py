"""Reads of the rows of a project's own prices and conversions, and of the resources it may price."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F

from ahsp.catalog.models import Resource as CatalogResource
from ahsp.engine.resources import Resource, ResourceKind, shared_resource
from ahsp.estimates.models import ProjectConversion, ProjectLine, ProjectPrice
from ahsp.projects.models import Project

IDENTITY = ("kind", "name", "unit")
_KINDS = {kind.value: kind for kind in ResourceKind}
OwnPrice = dict[str, Any]
"""A row of ProjectPrice by the names of its columns, with "id" and "version"."""
PRICE_FIELDS = ("price", "purchase_unit", "source", "region", "dated", "document", "note")


def own_prices(project: Project, names: Collection[str] | None = None) -> dict[Resource, OwnPrice]:
    """The own prices of the project by resource, of all or of the resources called `names`."""
    rows = ProjectPrice.objects.filter(project=project)
    if names is not None:
        rows = rows.filter(name__in=names)
    found = rows.order_by("id").values("id", "version", *IDENTITY, *PRICE_FIELDS)
    return {resource_of(row): dict(row) for row in found}


def own_conversions(project: Project, names: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The own conversions of the project in the order they were recorded."""
    rows = ProjectConversion.objects.filter(project=project)
    if names is not None:
        rows = rows.filter(name__in=names)
    fields = ("id", "version", "name", "from_unit", "to_unit", "factor", "note")
    return [dict(row) for row in rows.order_by("id").values(*fields)]


def resource_of(row: Any) -> Resource:
    """The resource that a row with kind, name and unit names."""
    return shared_resource(_KINDS[row["kind"]], row["name"], row["unit"])


def known_resources(project: Project, wanted: Iterable[Resource]) -> set[Resource]:
    """Those of `wanted` that an analysis of the project's edition or one of its own names. Two queries."""
    wanted = set(wanted)
    names = {one.name for one in wanted}
    catalog = CatalogResource.objects.filter(edition=project.edition_id, name__in=names).values(*IDENTITY)
    lines = ProjectLine.objects.filter(project=project, line_kind="resource", name__in=names)
    own = lines.values("name", "unit", kind=F("group_kind")).distinct()
    return wanted & {resource_of(row) for row in (*catalog, *own)}
