"""The one query that opens a project.

Nearly every request asks it, and putting it together anew took Django three times as long as PostgreSQL answering it.
So its text is written once, from the columns of the models.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from ahsp.accounts.models import Membership, Organization
from ahsp.catalog.models import Edition
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Project, ProjectRole

# Long texts that no page of a project shows; they are fetched when somebody asks for them after all.
LEFT_OUT: dict[type[Model], frozenset[str]] = {
    Edition: frozenset({"manifest", "provenance"}),
    PriceBook: frozenset({"note"}),
}
PARTS: tuple[type[Model], ...] = (Project, Organization, Edition, PriceBook, Membership)

# Names of tables and columns are those of our own models.
_FROM = """
  FROM {projects} AS {projects}
  JOIN {members} AS {members} ON {members}.organization_id = {projects}.organization_id
  JOIN {offices} AS {offices} ON {offices}.id = {projects}.organization_id
  JOIN {editions} AS {editions} ON {editions}.id = {projects}.edition_id
  JOIN {books} AS {books} ON {books}.id = {projects}.price_book_id
  LEFT JOIN {given} AS {given} ON {given}.project_id = {projects}.id AND {given}.person_id = {members}.person_id
 WHERE {projects}.code = %s AND {members}.person_id = %s
"""


@cache
def _attributes(model: type[Model]) -> tuple[str, ...]:
    """Of the columns that are fetched; a model takes them in this order."""
    left_out = LEFT_OUT.get(model, frozenset())
    return tuple(field.attname for field in model._meta.concrete_fields if field.name not in left_out)


@cache
def _statement() -> str:
    columns = [
        f'{model._meta.db_table}."{field.column}"'
        for model in PARTS
        for field in model._meta.concrete_fields
        if field.attname in _attributes(model)
    ]
    names = zip(("projects", "offices", "editions", "books", "members"), PARTS, strict=True)
    tables = {name: model._meta.db_table for name, model in names} | {"given": ProjectRole._meta.db_table}
    return f"SELECT {', '.join(columns)}, {tables['given']}.role{_FROM.format(**tables)}"


def find_project(person_id: int, code: str) -> tuple[Project, Membership, str | None] | None:
    """The project with `code`, the membership through which the person sees it, and the role given in this project
    alone; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [code, person_id])
        row = cursor.fetchone()
    if row is None:
        return None
    made: list[Any] = []
    for model in PARTS:
        attributes = _attributes(model)
        made.append(model.from_db(connection.alias, attributes, row[: len(attributes)]))
        row = row[len(attributes) :]
    project, project.organization, project.edition, project.price_book, membership = made
    (given,) = row
    return project, membership, given
