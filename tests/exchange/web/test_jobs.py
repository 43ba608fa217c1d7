"""Copies, large imports and reloads of the catalog, asked for on pages and done by jobs."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ahsp.accounts.models import Membership
from ahsp.catalog.models import Edition
from ahsp.estimates.models import WorkItem
from ahsp.estimates.services import import_boq
from ahsp.exchange.models import BoqImport
from ahsp.exchange.requests import LARGE_BILL
from ahsp.jobs.models import Job, State
from ahsp.projects.models import Project
from tests.builders import bill
from tests.jobs.inline import run_waiting
from tests.people import Cast, sign_in

LINE = "{n};1.1;Galian {n} {more};m3;{n}\n"


def large_bill() -> bytes:
    """A bill of a few hundred lines with long texts: reading it stays cheap."""
    more = "tanah " * 120
    return ("No;Kode;Uraian;Satuan;Volume\n" + "".join(LINE.format(n=n, more=more) for n in range(1, 400))).encode()


def start_import(client: Client, project: Project) -> str:
    """Upload the large bill and apply it; the address it leads to."""
    content = large_bill()
    assert len(content) > LARGE_BILL
    address = reverse("exchange:import", kwargs={"code": project.code})
    file = SimpleUploadedFile("besar.csv", content)
    preview = client.post(address, {"file": file, "notation": "auto"}).headers["Location"]
    form = {"notation": "auto", "revision": project.revision, "mode": "replace"}
    return str(client.post(f"{preview}apply/", form).headers["Location"])


def test_a_large_bill_is_imported_by_a_job_that_leads_to_the_estimate(project: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    page = start_import(client, project)
    assert not WorkItem.objects.exists()
    (job,) = run_waiting()
    assert (job.state, job.message_data) == (State.DONE, {"items": "399", "sections": "0"})
    assert client.get(page).headers["Location"] == reverse("estimates:rab", kwargs={"code": project.code})
    assert WorkItem.objects.count() == 399
    assert not BoqImport.objects.exists()


def test_an_import_whose_project_was_changed_meanwhile_writes_nothing(project: Project, cast: Cast) -> None:
    page = start_import(client := sign_in(cast.budi), project)
    line = bill("1 | 1.1 | Galian | m3 | 1")
    import_boq(project=project, person=cast.ani, children=line, replace=True, source="b", expected=1)
    assert [job.error_code for job in run_waiting()] == ["project.changed"]
    assert WorkItem.objects.count() == 1
    assert BoqImport.objects.exists()
    shown = client.get(page).content.decode()
    assert "revisi 1 kini 2" in shown
    # The same once more would be refused again: it begins at the preview.
    assert f"/p/{project.code}/import/{BoqImport.objects.get().pk}/" in shown
    assert "/retry/" not in shown


def test_an_import_of_someone_who_lost_the_right_writes_nothing(project: Project, cast: Cast) -> None:
    start_import(sign_in(cast.budi), project)
    Membership.objects.filter(person=cast.budi).update(role="viewer")
    assert [job.error_code for job in run_waiting()] == ["project.read_only"]
    assert not WorkItem.objects.exists()


def copy(client: Client, project: Project, once: str = "") -> str:
    address = reverse("exchange:copy", kwargs={"code": project.code})
    return str(client.post(address, {"once": once}).headers["Location"])


def test_a_copy_opens_when_it_is_made(project: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    settings = client.get(reverse("projects:settings", kwargs={"code": project.code})).content.decode()
    assert reverse("exchange:copy", kwargs={"code": project.code}) in settings
    page = copy(client, project)
    run_waiting()
    made = Project.objects.exclude(pk=project.pk).get()
    assert made.name == "Gedung Uji (salinan)"
    assert client.get(page).headers["Location"] == reverse("estimates:rab", kwargs={"code": made.code})


def test_a_button_pressed_twice_copies_once_and_another_day_again(project: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    assert copy(client, project, "abc") == copy(client, project, "abc")
    run_waiting()
    copy(client, project, "abc")
    run_waiting()
    assert Project.objects.count() == 2
    copy(client, project, "def")
    run_waiting()
    assert Project.objects.count() == 3


@pytest.mark.parametrize("staff", [True, False])
def test_staff_alone_reload_the_packages(cast: Cast, *, staff: bool) -> None:
    cast.ani.is_staff = True
    cast.ani.save()
    client = sign_in(cast.ani)
    assert reverse("catalog:reload") in client.get(reverse("catalog:index")).content.decode()
    client.post(reverse("catalog:reload"))
    cast.ani.is_staff = staff
    cast.ani.save()
    (job,) = run_waiting()
    assert Edition.objects.exists() == staff
    assert job.state == (State.DONE if staff else State.FAILED)
    assert (job.message_code == "job.edition_loaded") == staff


def test_a_reload_that_finds_nothing_new_says_so(cast: Cast) -> None:
    cast.ani.is_staff = True
    cast.ani.save()
    for code in ("job.edition_loaded", "job.edition_unchanged"):
        sign_in(cast.ani).post(reverse("catalog:reload"))
        assert [job.message_code for job in run_waiting()] == [code]
    assert Job.objects.count() == 2
