"""What people ask of the workers: each a job that is the same one when it is asked again."""

from __future__ import annotations

from ahsp.accounts.models import Person
from ahsp.core.errors import FileRefused
from ahsp.exchange.exports import FORMATS, language_of
from ahsp.jobs.models import Job
from ahsp.jobs.services import enqueue
from ahsp.projects.models import Project


def request_document(*, project: Project, person: Person, ending: str, language: str) -> Job:
    """The RAB as a file with `ending`, one of FORMATS. Raises FileRefused, TooMany."""
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
