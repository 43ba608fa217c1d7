"""A whole project as JSON values and back. Copying is `load(dump(project))`, so a copy keeps what a file keeps.

A file names what lies outside the project by what it is called there: its edition and its price book by slug, an
analysis by its code. The change log stays behind: a loaded project begins with one entry that says where it is from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, transaction

from ahsp.accounts.models import Organization, Person
from ahsp.catalog.access import open_edition
from ahsp.catalog.queries import ids_by_code
from ahsp.core.copying import copy_rows, reserve_ids
from ahsp.core.errors import FileRefused
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.services import ITEM_COLUMNS, SECTION_COLUMNS
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Change, Project
from ahsp.projects.services import SETTINGS

FORMAT, VERSION = "ahsp-project", 1
_OUTSIDE = ("edition", "price_book")
PLAIN_SETTINGS = tuple(name for name in SETTINGS if name not in _OUTSIDE)
# What a copy carries of each row: all but the ids of the row, its project and its organization.
SECTION_PARTS = SECTION_COLUMNS[3:]
ITEM_PARTS = ITEM_COLUMNS[2:]
_DECIMALS = {"quantity", "unit_price", "overhead"}


@transaction.atomic
def dump(project: Project) -> dict[str, Any]:
    """The project as JSON values: decimals as strings, sections by their place in the list of sections."""
    # Nobody writes in the middle: sections, items and settings are those of one revision.
    stored = Project.objects.select_for_update(no_key=True, of=("self",)).select_related("edition", "price_book")
    project = stored.get(pk=project.pk)
    settings = {name: _plain(getattr(project, name)) for name in PLAIN_SETTINGS}
    heads = Section.objects.filter(project=project).order_by("position", "id")
    sections = list(heads.values_list("id", *_ids("parent", SECTION_PARTS)))
    places: dict[int | None, int | None] = {row[0]: place for place, row in enumerate(sections)} | {None: None}
    names = ("analysis__code" if name == "analysis" else name for name in _ids("section", ITEM_PARTS))
    items = WorkItem.objects.filter(project=project).order_by("position", "id").values_list(*names)
    return {
        "format": FORMAT,
        "version": VERSION,
        "code": project.code,
        "revision": project.revision,
        "settings": {**settings, "edition": project.edition.slug, "price_book": project.price_book.slug},
        "sections": [dict(zip(SECTION_PARTS, (places[row[1]], *row[2:]), strict=True)) for row in sections],
        "items": [
            dict(zip(ITEM_PARTS, (places[row[0]], *(_plain(value) for value in row[1:])), strict=True)) for row in items
        ],
    }


def _ids(parent: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}_id" if name == parent else name for name in parts)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None or isinstance(value, int | str | list) else value.isoformat()


@transaction.atomic
def load(data: Mapping[str, Any], *, person: Person, organization: Organization, name: str = "") -> Project:
    """Make the project that `dump` wrote, in `organization`, called `name` if that is given.

    Raises FileRefused for what is no project file, NotFound for an edition that is not loaded here.
    """
    if (data.get("format"), data.get("version")) != (FORMAT, VERSION):
        raise FileRefused("project_file.format", {"file": "JSON", "version": str(VERSION)})
    try:
        project = _settings(data["settings"], organization)
        project.name, project.created_by = (name or project.name)[:250], person
        project.full_clean(exclude=["code"])
        project.save()
        _fill(project, data["sections"], data["items"])
    except (KeyError, TypeError, ValueError, IndexError, DataError, InvalidOperation, ValidationError) as error:
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


def _settings(settings: Mapping[str, Any], organization: Organization) -> Project:
    edition = open_edition(settings["edition"])
    books = PriceBook.objects.filter(slug=settings["price_book"])
    book = next((one for one in books if one.organization_id in {None, organization.pk}), None)
    if book is None:
        raise FileRefused("project_file.price_book", {"file": "JSON", "book": str(settings["price_book"])})
    values = {name: settings[name] for name in PLAIN_SETTINGS}
    return Project(organization=organization, edition=edition, price_book=book, **values)


def _fill(project: Project, sections: list[Mapping[str, Any]], items: list[Mapping[str, Any]]) -> None:
    owner = (project.pk, project.organization_id)
    ids = reserve_ids(Section, len(sections))

    def head(place: int | None) -> int | None:
        if place is not None and place < 0:
            raise IndexError(place)
        return None if place is None else ids[place]

    heads = ((head(row["parent"]), *(row[part] for part in SECTION_PARTS[1:])) for row in sections)
    copy_rows(Section, SECTION_COLUMNS, ((pk, *owner, *parts) for pk, parts in zip(ids, heads, strict=True)))
    analyses = ids_by_code(project.edition, {row["analysis"] for row in items if row["analysis"] is not None})
    copy_rows(WorkItem, ITEM_COLUMNS, ((*owner, head(row["section"]), *_item(row, analyses)) for row in items))


def _item(row: Mapping[str, Any], analyses: Mapping[str, int]) -> list[Any]:
    """The parts of an item behind its section, as columns."""
    values: list[Any] = []
    for part in ITEM_PARTS[1:]:
        value = row[part]
        if part == "analysis":
            value = None if value is None else analyses[value]
        elif part == "reading_issues":
            value = json.dumps(value)
        elif part in _DECIMALS:
            value = None if value is None else Decimal(value)
        values.append(value)
    return values


def copy_project(*, project: Project, person: Person, name: str = "") -> Project:
    """A second project in the same organization, with everything but the change log."""
    return load(dump(project), person=person, organization=project.organization, name=name)
