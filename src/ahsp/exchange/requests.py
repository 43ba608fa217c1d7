"""What people ask of the workers: each a job that is the same one when it is asked again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ahsp.accounts.models import Person
from ahsp.core.errors import FileRefused
from ahsp.exchange.exports import FORMATS, language_of
from ahsp.exchange.models import BoqImport
from ahsp.jobs.models import Job
from ahsp.jobs.services import enqueue
from ahsp.projects.models import Project

LARGE_BILL = 256 * 1024
"""Bytes; a smaller bill is read and written faster than a job goes there and back."""


def request_document(*, project: Project, person: Person, ending: str, language: str) -> Job:
    """The document `ending`, one of FORMATS, as a file. Raises FileRefused, TooMany."""
    if ending not in FORMATS:
        raise FileRefused("output.format", {"file": ending, "known": ", ".join(FORMATS)})
    spoken = language_of(language)
    return enqueue(
        person=person,
        organization=project.organization,
        kind="document",
        title=project.name,
        project_code=project.code,
        arguments={"code": project.code, "format": ending, "language": spoken, "revision": project.revision},
        key=f"{project.code}:{project.revision}:{ending}:{spoken}",
    )


def request_import(*, waiting: BoqImport, person: Person, values: dict[str, Any]) -> Job:
    """The import of a previewed bill; `values` are those of the ApplyForm. Raises TooMany."""
    project = waiting.project
    return enqueue(
        person=person,
        organization=project.organization,
        kind="import",
        title=waiting.file_name,
        project_code=project.code,
        arguments={"code": project.code, "pk": waiting.pk, **values},
        key=f"{waiting.pk}:{values['revision']}:{values['mode']}:{values['notation']}",
    )


def request_copy(*, project: Project, person: Person, once: str) -> Job:
    """A copy of the project; the same for every press of a button whose page drew the random text `once`.

    Raises TooMany.
    """
    return enqueue(
        person=person,
        organization=project.organization,
        kind="copy",
        title=project.name,
        project_code=project.code,
        arguments={"code": project.code, "name": _("%(name)s (copy)") % {"name": project.name[:230]}},
        key=f"{project.code}:{once[:40]}" if once else "",
    )
