"""Importing a bill through the pages: upload, preview, apply."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ahsp.estimates.models import WorkItem
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.models import BoqImport
from ahsp.projects.models import Project
from tests.people import Cast, sign_in

BILL = """No;Kode;Uraian Pekerjaan;Satuan;Volume;Harga Satuan
I;;PEKERJAAN TANAH;;;
1;1.1;Galian tanah;m3;1.042,50;
2;;Mobilisasi;ls;1;5.000.000,00
;;Jumlah I;;;
"""


def upload(client: Client, project: Project, content: bytes, name: str = "boq.csv", notation: str = "auto") -> Any:
    file = SimpleUploadedFile(name, content)
    address = reverse("exchange:import", kwargs={"code": project.code})
    return client.post(address, {"file": file, "notation": notation})


@pytest.fixture
def budi(cast: Cast) -> Client:
    return sign_in(cast.budi)


def test_the_main_way(budi: Client, project: Project) -> None:
    answer = upload(budi, project, BILL.encode())
    waiting = BoqImport.objects.get()
    preview = reverse("exchange:preview", kwargs={"code": project.code, "pk": waiting.pk})
    assert answer.headers["Location"] == preview
    page = budi.get(preview)
    counts = page.context["counts"]
    assert (counts.sections, counts.items, counts.subtotals, counts.errors) == (1, 2, 1, 0)
    apply = reverse("exchange:apply", kwargs={"code": project.code, "pk": waiting.pk})
    answer = budi.post(apply, {"notation": "auto", "revision": project.revision, "mode": "replace"})
    assert answer.headers["Location"] == reverse("estimates:rab", kwargs={"code": project.code})
    estimate = priced_estimate(Project.objects.get(pk=project.pk))
    # 1,042.50 x 107,360 + 5,000,000
    assert str(estimate.subtotal) == "116922800.00"
    assert not BoqImport.objects.exists()


def test_a_refused_file_says_why_and_keeps_nothing(budi: Client, project: Project) -> None:
    answer = upload(budi, project, b"\x00\x01\x02\x03", "gambar.xlsx")
    assert answer.status_code == 422
    assert "gambar.xlsx" in answer.content.decode()
    assert not BoqImport.objects.exists()


def test_a_doubtful_number_is_shown_and_can_be_read_again(budi: Client, project: Project) -> None:
    upload(budi, project, b"No;Uraian;Satuan;Volume\n1;Galian;m3;12.500\n")
    preview = reverse("exchange:preview", kwargs={"code": project.code, "pk": BoqImport.objects.get().pk})
    assert budi.get(preview).context["counts"].errors == 1
    read_again = budi.get(preview, {"notation": "id"})
    assert read_again.context["counts"].errors == 0
    assert str(read_again.context["page"][0].quantity) == "12500"


def test_a_stale_preview_overwrites_nothing(budi: Client, project: Project) -> None:
    upload(budi, project, BILL.encode())
    waiting = BoqImport.objects.get()
    apply = reverse("exchange:apply", kwargs={"code": project.code, "pk": waiting.pk})
    stale = {"notation": "auto", "revision": project.revision - 1, "mode": "replace"}
    preview = "http://testserver" + reverse("exchange:preview", kwargs={"code": project.code, "pk": waiting.pk})
    answer = budi.post(apply, stale, headers={"Referer": preview})
    assert answer.status_code == 409
    assert f'href="{preview}"' in answer.content.decode()
    elsewhere = budi.post(apply, stale, headers={"Referer": "https://elsewhere.example/"})
    assert "elsewhere" not in elsewhere.content.decode()
    assert not WorkItem.objects.exists()
    assert BoqImport.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "C:\\temp\\boq.csv", "<script>alert(1)</script>.csv"])
def test_a_hostile_name_is_only_a_name(budi: Client, project: Project, name: str) -> None:
    upload(budi, project, BILL.encode(), name)
    waiting = BoqImport.objects.get()
    assert "/" not in waiting.file_name
    assert "\\" not in waiting.file_name
    preview = reverse("exchange:preview", kwargs={"code": project.code, "pk": waiting.pk})
    assert "<script>alert" not in budi.get(preview).content.decode()


def test_markup_in_a_description_stays_text(budi: Client, project: Project) -> None:
    upload(budi, project, b"No;Uraian;Satuan;Volume\n1;<img src=x onerror=alert(1)>;m3;2\n")
    waiting = BoqImport.objects.get()
    apply = reverse("exchange:apply", kwargs={"code": project.code, "pk": waiting.pk})
    budi.post(apply, {"notation": "auto", "revision": project.revision, "mode": "replace"})
    page = budi.get(reverse("estimates:rab", kwargs={"code": project.code})).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_nobody_else_sees_an_upload(budi: Client, project: Project, cast: Cast) -> None:
    upload(budi, project, BILL.encode())
    preview = reverse("exchange:preview", kwargs={"code": project.code, "pk": BoqImport.objects.get().pk})
    assert sign_in(cast.ani).get(preview).status_code == 404
