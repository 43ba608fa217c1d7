"""Loading editions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from ahsp.accounts.models import Person
from ahsp.catalog.models import Analysis, AnalysisLine, Edition, Resource
from ahsp.catalog.package_files import MANIFEST
from ahsp.catalog.packages import EditionPackage, LineRow, read_edition
from ahsp.core.copying import copy_rows, reserve_ids
from ahsp.core.errors import Conflict, Forbidden
from ahsp.jobs.models import Job
from ahsp.jobs.services import enqueue


def manifest_checksum(path: Path) -> str:
    """SHA-256 of a package's manifest, which holds the checksums of its tables."""
    return hashlib.sha256((path / MANIFEST).read_bytes()).hexdigest()


def load_edition(*, path: Path) -> bool:
    """Load the edition package in folder `path`; False if it is there already.

    Raises FileRefused for a damaged package and Conflict for another content under a loaded slug: an edition
    is never changed, projects rest on it.
    """
    checksum = manifest_checksum(path)
    manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    loaded = Edition.objects.filter(slug=manifest.get("slug", "")).first()
    if loaded is not None and loaded.checksum == checksum:
        return False
    package = read_edition(path)
    if loaded is not None:
        raise Conflict("edition.changed", {"edition": loaded.slug})
    with transaction.atomic():
        _store(package, manifest, checksum)
    return True


def request_reload(*, person: Person) -> Job:
    """Let a job load what the folders of packages hold. Raises Forbidden, TooMany."""
    if not person.is_staff:
        raise Forbidden("edition.staff_only")
    return enqueue(person=person, organization=None, kind="reload_edition", title="load_packages", arguments={})


def _store(package: EditionPackage, manifest: dict[str, Any], checksum: str) -> None:
    head = package.manifest
    edition = Edition.objects.create(
        slug=head.slug,
        title=head.title,
        regulation=head.regulation,
        number=head.number,
        date=head.date,
        annex=head.annex,
        field=head.field,
        provenance=head.provenance.get("id", ""),
        checksum=checksum,
        manifest=manifest,
    )
    analysis_ids = _store_analyses(package, edition)
    resource_ids = _store_resources(package, edition)
    _store_lines(package, analysis_ids, resource_ids)


def _store_analyses(package: EditionPackage, edition: Edition) -> dict[str, int]:
    ids = dict(zip(package.analyses, reserve_ids(Analysis, len(package.analyses)), strict=True))
    fields = ("id", "edition", "code", "division", "section", "name", "unit", "agreement", "position")
    copy_rows(
        Analysis,
        fields,
        (
            (ids[r.code], edition.pk, r.code, r.division, r.section, r.name, r.unit, r.agreement, r.position)
            for r in package.records
        ),
    )
    return ids


def _store_resources(package: EditionPackage, edition: Edition) -> dict[tuple[str, str, str], int]:
    keys = dict.fromkeys((row.group, row.name, row.unit) for row in package.line_rows() if row.line == "resource")
    ids = dict(zip(keys, reserve_ids(Resource, len(keys)), strict=True))
    copy_rows(
        Resource,
        ("id", "edition", "kind", "name", "unit"),
        ((ids[key], edition.pk, *key) for key in keys),
    )
    return ids


LINE_FIELDS = (
    "analysis",
    "position",
    "line_kind",
    "group_kind",
    "resource",
    "name",
    "unit",
    "nested_code",
    "coefficient",
    "percent",
    "price",
    "of",
)


def _store_lines(package: EditionPackage, analyses: dict[str, int], resources: dict[tuple[str, str, str], int]) -> None:
    copy_rows(AnalysisLine, LINE_FIELDS, _line_rows(package, analyses, resources))


def _line_rows(
    package: EditionPackage, analyses: dict[str, int], resources: dict[tuple[str, str, str], int]
) -> Iterator[tuple[Any, ...]]:
    for row in package.line_rows():
        yield (*_line_head(row, analyses, resources), row.nested, *_line_numbers(row))


def _line_head(row: LineRow, analyses: dict[str, int], resources: dict[tuple[str, str, str], int]) -> tuple[Any, ...]:
    is_resource = row.line == "resource"
    resource = resources[row.group, row.name, row.unit] if is_resource else None
    name, unit = ("", "") if is_resource else (row.name, row.unit)
    return analyses[row.analysis], int(row.position), row.line, row.group, resource, name, unit


def _line_numbers(row: LineRow) -> tuple[Any, ...]:
    of = [int(position) for position in row.of.split()]
    return row.coefficient or None, row.percent or None, row.price or None, of
