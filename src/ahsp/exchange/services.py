"""Acts on files on their way in."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ahsp.accounts.models import Person
from ahsp.core.errors import FileRefused
from ahsp.engine.numbers import Notation
from ahsp.estimates.services import import_boq
from ahsp.exchange.models import BoqImport
from ahsp.exchange.reading.boq import Boq, RowKind, read_boq, to_children
from ahsp.exchange.reading.limits import MAX_FILE_BYTES
from ahsp.projects.models import Project


def shown_name(name: str) -> str:
    """The last part of an upload's name, whatever separators it came with, bounded."""
    return PurePath(name.replace("\\", "/")).name[-255:] or "boq"


@contextmanager
def on_disk(content: bytes) -> Iterator[Path]:
    """`content` as a file, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="ahsp-boq-") as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        yield path


def read_content(content: bytes, *, name: str, notation: str) -> Boq:
    """The bill in `content`; doubtful numbers are errors of their rows. Raises FileRefused."""
    with on_disk(content) as path:
        return read_boq(path, notation=Notation(notation), name=name, collect=True)


def keep_upload(*, project: Project, person: Person, upload: UploadedFile[Any], notation: str) -> BoqImport:
    """Keep an upload for its preview, instead of the person's earlier one. Raises FileRefused, keeping nothing."""
    name = shown_name(upload.name or "")
    if (upload.size or 0) > MAX_FILE_BYTES:
        raise FileRefused("file.too_large", {"file": name, "limit": f"{MAX_FILE_BYTES // 1024**2} MB"})
    content = upload.read()
    read_content(content, name=name, notation=notation)
    with transaction.atomic():
        BoqImport.objects.filter(project=project, person=person).delete()
        return BoqImport.objects.create(
            project=project,
            organization_id=project.organization_id,
            person=person,
            file_name=name,
            content=content,
            notation=notation,
        )


def read_import(waiting: BoqImport, notation: str | None = None) -> Boq:
    """The kept upload as read with `notation`, or with the one chosen at upload."""
    return read_content(bytes(waiting.content), name=waiting.file_name, notation=notation or waiting.notation)


def apply_import(*, waiting: BoqImport, person: Person, replace: bool, notation: str, expected: int) -> Project:
    """Write the bill into the project as the preview showed it and forget the upload."""
    # Reading takes seconds for a large file: no transaction stays open for it.
    boq = read_import(waiting, notation)
    apply_bill(waiting=waiting, boq=boq, person=person, replace=replace, expected=expected)
    return waiting.project


@transaction.atomic
def apply_bill(*, waiting: BoqImport, boq: Boq, person: Person, replace: bool, expected: int) -> dict[str, int]:
    """Write `boq`, read from the upload, into its project and forget the upload; how many `items` and `sections`.

    Raises Conflict if the project changed since revision `expected`.
    """
    children = to_children(boq)
    import_boq(
        project=waiting.project,
        person=person,
        children=children,
        replace=replace,
        source=boq.file,
        expected=expected,
    )
    waiting.delete()
    counted = Counter(row.kind for row in boq.rows)
    return {"items": counted[RowKind.ITEM], "sections": counted[RowKind.SECTION]}
