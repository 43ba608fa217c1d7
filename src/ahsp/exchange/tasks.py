"""What the workers do with files and projects. Who asked may have lost the right since: each passes the door again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ahsp.exchange.exports import FORMATS, file_name, rab_document, render
from ahsp.jobs.models import Job
from ahsp.jobs.registry import register
from ahsp.jobs.work import Work
from ahsp.projects.access import open_project

PRICED = 25
"""Percent of a document that is done once its lines are priced."""


def _document_label(job: Job) -> str:
    return _("Estimate as %(format)s") % {"format": str(job.arguments.get("format", "")).upper()}


@register("document", label=_document_label)
def make_document(work: Work) -> None:
    """The RAB of a project as a file: arguments `code`, `format`, `language`."""
    project = open_project(work.job.person, work.arguments["code"]).project
    ending = work.arguments["format"]
    work.progress(5, "job.pricing")
    document = rab_document(project, work.arguments["language"])
    name = file_name(document, ending)

    def tick(percent: int) -> None:
        work.progress(PRICED + percent * (100 - PRICED) // 100, "job.writing", {"file": name})

    tick(0)
    work.keep_file(name, FORMATS[ending].content_type, render(document, ending, tick))
