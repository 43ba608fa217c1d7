"""A whole project as JSON values and back. Copying is `load(dump(project))`, so a copy keeps what a file keeps.

Every table of the row log is carried, row by row, without ids: a row is its place in the list of its table. What lies
outside the project is named by what it is called there: edition and price book by slug, an analysis by its code. The
change log stays behind: a loaded project begins with one entry that says where it is from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction

from ahsp.accounts.models import Organization, Person
from ahsp.catalog.access import open_edition
from ahsp.catalog.models import Analysis
from ahsp.catalog.queries import ids_by_code
from ahsp.core.copying import reserve_ids
from ahsp.core.errors import FileRefused
from ahsp.estimates.places import ROOM
from ahsp.prices.models import PriceBook
from ahsp.projects.commands import follow_up
from ahsp.projects.entries import Entry
from ahsp.projects.models import Change, Project, ProjectRole
from ahsp.projects.services import SETTINGS
from ahsp.projects.tables import Table, table_of, written

FORMAT, VERSION = "ahsp-project", 2
_OUTSIDE = ("edition", "price_book")
PLAIN_SETTINGS = tuple(name for name in SETTINGS if name not in _OUTSIDE)
# Rows are made in this order: those that others point at first.
CARRIED = ("a", "l", "s", "i", "t", "p", "r", "c")
_Broken = (
    KeyError, TypeError, ValueError, IndexError, DataError, IntegrityError, InvalidOperation, ValidationError,
    FieldDoesNotExist, AttributeError,
)  # fmt: skip


@transaction.atomic
def dump(project: Project) -> dict[str, Any]:
    """The project as JSON values: decimals as strings, rows by table, each with what is not a default."""
    # Nobody writes in the middle: rows and settings are those of one revision.
    stored = Project.objects.select_for_update(no_key=True, of=("self",)).select_related("edition", "price_book")
    project = stored.get(pk=project.pk)
    ids = row_ids(project)
    places = {kind: {pk: place for place, pk in enumerate(pks)} for kind, pks in ids.items()}
    return {
        "format": FORMAT,
        "version": VERSION,
        "code": project.code,
        "revision": project.revision,
        "settings": settings_of(project),
        "rows": {kind: list(_rows(project, table_of(kind), places)) for kind in CARRIED},
    }


def settings_of(project: Project) -> dict[str, Any]:
    """The settings of a project as a file holds them."""
    plain = {name: written(getattr(project, name)) for name in PLAIN_SETTINGS}
    return {**plain, "edition": project.edition.slug, "price_book": project.price_book.slug}


def row_ids(project: Project) -> dict[str, list[int]]:
    """Ids of the rows of each table in the order in which `dump` writes them."""
    return {kind: list(table_of(kind).rows(project).order_by("id").values_list("id", flat=True)) for kind in CARRIED}


def _pointers(table: Table) -> dict[str, str]:
    """Letter of the table that a column points into."""
    return {column: kind for kind, column in (*table.owners, *table.references)}


def _catalog_columns(table: Table) -> tuple[str, ...]:
    """Columns that point at an analysis of the edition."""
    return tuple(name for name in table.fields if table.columns[name].related_model is Analysis)


def _rows(project: Project, table: Table, places: Mapping[str, Mapping[int, int]]) -> Iterator[dict[str, Any]]:
    pointers, outside = _pointers(table), _catalog_columns(table)
    names = [name.removesuffix("_id") + "__code" if name in outside else name for name in table.fields]
    defaults = {name: table.default(name) for name in table.fields}
    for values in table.rows(project).order_by("id").values_list(*names):
        row = dict(zip(table.fields, values, strict=True))
        yield {
            name: places[pointers[name]][value] if name in pointers else written(value)
            for name, value in row.items()
            if value != defaults[name]
        }


@transaction.atomic
def load(
    data: Mapping[str, Any], *, person: Person, organization: Organization, name: str = "", trusted: bool = False
) -> Project:
    """Make the project that `dump` wrote, in `organization`, called `name` if that is given.

    What follows from its rows is worked out anew unless the file is `trusted` to be as it was written. Raises
    FileRefused for what is no project file, NotFound for an edition that is not loaded here, Refused for a circle.
    """
    if data.get("format") != FORMAT or data.get("version") not in {1, VERSION}:
        raise FileRefused("project_file.format", {"file": "JSON", "version": str(VERSION)})
    try:
        rows = data["rows"] if data["version"] == VERSION else _of_version_1(data)
        project = _settings(data["settings"], organization)
        project.name, project.created_by = (name or project.name)[:250], person
        project.full_clean(exclude=["code"])
        project.save()
        entry = Entry(project, person, project.revision)
        fill(entry, rows)
        if not trusted:
            follow_up(entry)
    except _Broken as error:
        raise FileRefused("project_file.broken", {"file": "JSON", "reason": str(error)[:200]}) from error
    origin = {"name": project.name, "code": str(data["code"]), "revision": str(data["revision"])}
    Change.objects.create(
        project=project,
        organization=organization,
        revision=project.revision,
        person=person,
        act="project.copy",
        data=origin,
    )
    return project


def _of_version_1(data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Files that knew sections and work items alone, with positions one apart."""
    renamed = {"parent": "parent_id", "section": "section_id", "analysis": "analysis_id"}
    rows: dict[str, list[dict[str, Any]]] = {}
    for kind, name in (("s", "sections"), ("i", "items")):
        found = [{renamed.get(part, part): value for part, value in row.items()} for row in data[name]]
        rows[kind] = [{**row, "position": row["position"] * ROOM} for row in found]
    for tag, row in enumerate(rows["i"], 1):
        row["tag"] = tag
    return rows


def _settings(settings: Mapping[str, Any], organization: Organization) -> Project:
    edition = open_edition(settings["edition"])
    books = PriceBook.objects.filter(slug=settings["price_book"])
    book = next((one for one in books if one.organization_id in {None, organization.pk}), None)
    if book is None:
        raise FileRefused("project_file.price_book", {"file": "JSON", "book": str(settings["price_book"])})
    values = {name: settings[name] for name in PLAIN_SETTINGS if name in settings}
    return Project(organization=organization, edition=edition, price_book=book, **values)


def fill(entry: Entry, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Make the rows of a file in the project of `entry`."""
    ids = {kind: reserve_ids(table_of(kind).model, len(rows.get(kind, ()))) for kind in CARRIED}
    values = row_values(entry.project, rows, ids)
    for kind in CARRIED:
        entry.add_rows(kind, [{"id": pk, **row} for pk, row in values[kind].items()])


def row_values(
    project: Project, rows: Mapping[str, Sequence[Mapping[str, Any]]], ids: Mapping[str, Sequence[int]]
) -> dict[str, dict[int, dict[str, Any]]]:
    """The columns of the rows of a file by table and id, where its rows have these `ids`."""
    named = {
        row[name]
        for kind in CARRIED
        for name in _catalog_columns(table_of(kind))
        for row in rows.get(kind, ())
        if row.get(name) is not None
    }
    analyses = ids_by_code(project.edition, named)
    return {
        kind: {
            pk: _values(table_of(kind), row, ids, analyses)
            for pk, row in zip(ids.get(kind, ()), rows.get(kind, ()), strict=True)
        }
        for kind in CARRIED
    }


def _values(
    table: Table, row: Mapping[str, Any], ids: Mapping[str, Sequence[int]], analyses: Mapping[str, int]
) -> dict[str, Any]:
    """The columns of a row of a file."""
    pointers, outside = _pointers(table), _catalog_columns(table)
    values: dict[str, Any] = {}
    for name, value in row.items():
        if value is None:
            values[name] = None
        elif name in pointers:
            if value < 0:
                raise IndexError(value)
            values[name] = ids[pointers[name]][value]
        elif name in outside:
            values[name] = analyses[value]
        else:
            values[name] = table.read(name, value)
    return values


def copy_project(*, project: Project, person: Person, name: str = "") -> Project:
    """A second project in the same organization, with everything but the change log and the roles of others."""
    copy = load(dump(project), person=person, organization=project.organization, name=name, trusted=True)
    given = ProjectRole.objects.filter(project=project, person=person).first()
    if given is not None:
        ProjectRole.objects.create(project=copy, organization_id=copy.organization_id, person=person, role=given.role)
    return copy
