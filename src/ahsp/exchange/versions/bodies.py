"""Versions and comparisons as bodies of the API."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ahsp.accounts.models import Person
from ahsp.core.api.bodies import plain
from ahsp.engine.comparison import Compared, Effects, Heading, Row
from ahsp.estimates.bodies import share
from ahsp.exchange.project_files import PLAIN_SETTINGS
from ahsp.exchange.versions.queries import Side, SideBySide, latest_row_change, versions_of
from ahsp.projects.log.bodies import person_body
from ahsp.projects.log.readable import value_type
from ahsp.projects.log.words import words_of
from ahsp.projects.models import Project, Snapshot
from ahsp.projects.tables import table_of

Body = dict[str, Any]
ROWS_OF_A_PART = 1_000
SUMS = ("subtotal", "vat", "total", "rounded_total")


def versions_body(project: Project, person: Person) -> list[Body]:
    latest = latest_row_change(project)
    return [_version(one, person, latest) for one in versions_of(project)]


def _version(version: Snapshot, person: Person, latest: int) -> Body:
    return {
        "id": version.pk,
        "name": version.name,
        "note": version.note,
        "revision": version.revision,
        "at": version.at,
        "person": person_body(version.person),
        "approved_at": version.approved_at,
        "approved_by": person_body(version.approved_by),
        "is_present": latest <= version.revision,
        "is_yours": version.person_id == person.pk,
        "totals": version.totals,
    }


def comparison_body(project: Project, person: Person, found: SideBySide, part: int) -> Body:
    """One part of the rows, with everything that stands above them; see ComparisonSerializer."""
    rows = found.rows
    shown = rows[part * ROWS_OF_A_PART : (part + 1) * ROWS_OF_A_PART]
    latest = latest_row_change(project)
    return {
        "a": _side(found.a, person, latest),
        "b": _side(found.b, person, latest),
        "totals": sums(found),
        "effects": _effects(found.effects),
        "counts": found.counts,
        "settings": settings(found),
        "part": part,
        "parts": max(1, -(-len(rows) // ROWS_OF_A_PART)),
        "row_count": len(rows),
        "rows": [_compared(row) for row in shown],
    }


def _side(one: Side, person: Person, latest: int) -> Body:
    version = None if one.version is None else _version(one.version, person, latest)
    return {"version": version, "totals": one.totals}


def sums(found: SideBySide) -> list[Body]:
    """Each sum on both sides and what it differs by."""
    rows = []
    for name in SUMS:
        before, after = found.a.totals[name], found.b.totals[name]
        base = Decimal(before or 0)
        difference = Decimal(after or 0) - base
        told = {"name": name, "before": before, "after": after, "difference": plain(difference)}
        rows.append({**told, "share": share(difference / base) if base else None})
    return rows


def settings(found: SideBySide) -> list[Body]:
    """Settings that differ, in words."""
    words, table = words_of("g"), table_of("g")
    rows = []
    for name in PLAIN_SETTINGS:
        before, after = found.a.settings.get(name), found.b.settings.get(name)
        if before == after:
            continue
        shown = dict(table.columns[name].flatchoices)
        told = [None if one in {None, ""} else str(shown.get(one, one)) for one in (before, after)]
        kind = value_type(table.columns[name])
        rows.append({"name": str(words.fields[name]), "type": kind, "before": told[0], "after": told[1]})
    if found.a.settings["price_book"] != found.b.settings["price_book"]:
        books = {"before": found.a.totals["price_book"], "after": found.b.totals["price_book"]}
        rows.append({"name": str(words.fields["price_book_id"]), "type": "text", **books})
    return rows


def _effects(effects: Effects) -> Mapping[str, str | None]:
    return {name: plain(value) for name, value in effects._asdict().items()}


def _compared(row: Compared) -> Body:
    shown = row.b if row.b is not None else row.a
    return {
        "key": shown.key if shown is not None else "",
        "level": row.level,
        "is_section": row.is_heading,
        "a": _state(row.a),
        "b": _state(row.b),
        "difference": plain(row.difference),
        "effects": None if row.is_heading else _effects(row.effects),
        "changed": sorted(row.changed),
        "moved": row.moved,
    }


def _state(row: Row | None) -> Body | None:
    if row is None:
        return None
    if isinstance(row, Heading):
        return {"number": row.number, "text": row.name, "amount": plain(row.total), "complete": row.complete}
    return {
        "number": row.number,
        "code": row.code,
        "text": row.description,
        "unit": row.unit,
        "quantity": plain(row.quantity),
        "unit_price": plain(row.unit_price),
        "amount": plain(row.amount),
        "complete": row.complete,
    }
