"""What the workers do with files and projects. Who asked may have lost the right since: each passes the door again."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from ahsp.exchange.access import open_import
from ahsp.exchange.exports import FORMATS, file_name, prepare, render
from ahsp.exchange.project_files import copy_project
from ahsp.exchange.services import apply_bill, read_import
from ahsp.jobs.models import Job
from ahsp.jobs.registry import register
from ahsp.jobs.work import Work
from ahsp.projects.access import Right, open_project

PRICED = 25
"""Percent of a document that is done once its lines are priced."""


def _document_label(job: Job) -> str:
    subject, _dot, ending = str(job.arguments.get("format", "")).rpartition(".")
    text = _("Back-up of quantities as %(format)s") if subject == "takeoff" else _("Estimate as %(format)s")
    return text % {"format": ending.upper()}


@register("document", label=_document_label)
def make_document(work: Work) -> None:
    """A document of a project as a file, one of FORMATS: arguments `code`, `format`, `language`."""
    project = open_project(work.job.person, work.arguments["code"]).project
    ending = work.arguments["format"]
    work.progress(5, "job.pricing")
    document, content = prepare(project, ending, work.arguments["language"])
    name = file_name(document, ending)

    def tick(percent: int) -> None:
        work.progress(PRICED + percent * (100 - PRICED) // 100, "job.writing", {"file": name})

    tick(0)
    work.keep_file(name, FORMATS[ending].content_type, render(content, ending, tick))


def _import_label(_job: Job) -> str:
    return _("Import of a bill of quantities")


def _open_project(job: Job) -> str:
    return reverse("estimates:rab", kwargs={"code": job.result["code"]})


def _open_preview(job: Job) -> str:
    return reverse("exchange:preview", kwargs={"code": job.arguments["code"], "pk": job.arguments["pk"]})


@register("import", label=_import_label, opens=_open_project, begins=_open_preview)
def import_bill(work: Work) -> None:
    """A previewed bill into its project: arguments `code`, `pk`, `mode`, `notation`, `revision` as in the preview."""
    arguments = work.arguments
    project = open_project(work.job.person, arguments["code"]).require_write()
    waiting = open_import(work.job.person, project, arguments["pk"])
    work.progress(5, "job.reading", {"file": waiting.file_name})
    boq = read_import(waiting, arguments["notation"])
    work.progress(60, "job.writing_rows")
    with work.completion():
        written = apply_bill(
            waiting=waiting,
            boq=boq,
            person=work.job.person,
            replace=arguments["mode"] == "replace",
            expected=arguments["revision"],
        )
        work.result["code"] = project.code
        work.conclusion = ("job.imported", {name: str(count) for name, count in written.items()})


def _copy_label(_job: Job) -> str:
    return _("Copy of the project")


@register("copy", label=_copy_label, opens=_open_project)
def copy(work: Work) -> None:
    """A second project like the first: arguments `code` and `name`."""
    project = open_project(work.job.person, work.arguments["code"]).require(Right.WRITE)
    work.progress(10, "job.copying")
    with work.completion():
        made = copy_project(project=project, person=work.job.person, name=work.arguments["name"])
        work.result["code"] = made.code
        work.conclusion = ("job.copied", {"name": made.name})
