"""Page, JSON, workbook, PDF and DOCX of one project show the same rupiah; the slow ones are made by jobs."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from ahsp.accounts.models import Membership
from ahsp.engine.numbers import Notation, format_number
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.jobs.models import Job, JobFile, State
from ahsp.projects.models import Project
from tests.builders import bill
from tests.jobs.inline import run_waiting
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 1042.5
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
"""


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    import_boq(project=project, person=cast.ani, children=bill(BILL), replace=True, source="b", expected=1)
    project.refresh_from_db()
    return project


def ask(client: Client, project: Project, ending: str, **headers: str) -> Any:
    address = reverse("exchange:document", kwargs={"code": project.code})
    return client.post(address, {"format": ending, "place": "tray"}, headers=headers)


def download(client: Client, project: Project, ending: str) -> io.BytesIO:
    page = ask(client, project, ending).headers["Location"]
    run_waiting()
    return io.BytesIO(b"".join(client.get(f"{page}file/").streaming_content))


def test_every_rendering_shows_the_same_total(filled: Project, cast: Cast) -> None:
    total = priced_estimate(filled).rounded_total
    shown = format_number(total, Notation.INDONESIAN, max_decimals=2)
    client = sign_in(cast.citra)
    base = reverse("estimates:rab", kwargs={"code": filled.code})

    assert shown in client.get(base).content.decode()
    assert client.get(f"{base}rab.json").json()["rounded_total"] == f"{total:f}"
    pdf = PdfReader(download(client, filled, "pdf"))
    assert shown in "".join(page.extract_text() for page in pdf.pages)
    tables = Document(download(client, filled, "docx")).tables
    assert any(shown in cell.text for table in tables for row in table.rows for cell in row.cells)
    workbook = openpyxl.load_workbook(download(client, filled, "xlsx"), data_only=True)
    values = [cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(isinstance(value, int | float) and abs(value - float(total)) < 0.005 for value in values)


def test_a_download_names_project_and_revision(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.citra)
    page = ask(client, filled, "xlsx").headers["Location"]
    run_waiting()
    answer = client.get(f"{page}file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rab-gedung-uji-r2.xlsx"'
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert JobFile.objects.get().size == len(b"".join(answer.streaming_content))


def test_the_same_document_is_made_once_for_each_revision(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    first = ask(client, filled, "pdf").headers["Location"]
    assert ask(client, filled, "pdf").headers["Location"] == first
    run_waiting()
    assert ask(client, filled, "pdf").headers["Location"] == first
    import_boq(project=filled, person=cast.ani, children=bill(BILL), replace=True, source="b", expected=2)
    assert ask(client, filled, "pdf").headers["Location"] != first


def test_the_card_beside_the_page_starts_the_download(filled: Project, cast: Cast) -> None:
    client = sign_in(cast.ani)
    card = ask(client, filled, "xlsx", HX_Request="true").content.decode()
    job = Job.objects.get()
    assert 'data-state="WAITING"' in card
    assert "data-start-download" not in card
    run_waiting()
    card = client.get(f"/jobs/{job.pk}/?tray", headers={"HX-Request": "true"}).content.decode()
    assert 'data-state="DONE"' in card
    assert f'href="/jobs/{job.pk}/file/" download data-start-download' in card


def test_who_lost_the_project_meanwhile_gets_nothing(filled: Project, cast: Cast) -> None:
    page = ask(sign_in(cast.citra), filled, "pdf").headers["Location"]
    Membership.objects.filter(person=cast.citra).delete()
    assert [job.state for job in run_waiting()] == [State.FAILED]
    client = sign_in(cast.citra)
    assert client.get(f"{page}file/").status_code == 404
    assert "bukan untuk Anda lihat" in client.get(page).content.decode()


def test_a_format_that_is_none_is_refused(filled: Project, cast: Cast) -> None:
    answer = ask(sign_in(cast.ani), filled, "exe")
    assert answer.status_code == 422
    assert not Job.objects.exists()
