"""Page, JSON, workbook and PDF of one project show the same rupiah."""

from __future__ import annotations

import io

import openpyxl
from django.urls import reverse
from pypdf import PdfReader

from ahsp.engine.numbers import Notation, format_number
from ahsp.estimates.queries import priced_estimate
from ahsp.estimates.services import import_boq
from ahsp.projects.models import Project
from tests.builders import bill
from tests.people import Cast, sign_in

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 1042.5
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
"""


def test_every_rendering_shows_the_same_total(project: Project, cast: Cast) -> None:
    import_boq(project=project, person=cast.ani, children=bill(BILL), replace=True, source="b", expected=1)
    total = priced_estimate(project).rounded_total
    shown = format_number(total, Notation.INDONESIAN, max_decimals=2)
    client = sign_in(cast.citra)
    base = reverse("estimates:rab", kwargs={"code": project.code})

    assert shown in client.get(base).content.decode()
    assert client.get(f"{base}rab.json").json()["rounded_total"] == f"{total:f}"
    pdf = PdfReader(io.BytesIO(b"".join(client.get(f"{base}rab.pdf").streaming_content)))
    assert shown in "".join(page.extract_text() for page in pdf.pages)
    workbook = io.BytesIO(b"".join(client.get(f"{base}rab.xlsx").streaming_content))
    values = [
        cell
        for sheet in openpyxl.load_workbook(workbook, data_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert any(isinstance(value, int | float) and abs(value - float(total)) < 0.005 for value in values)


def test_a_download_names_project_and_revision(project: Project, cast: Cast) -> None:
    answer = sign_in(cast.citra).get(reverse("exchange:rab_xlsx", kwargs={"code": project.code}))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rab-gedung-uji-r1.xlsx"'
