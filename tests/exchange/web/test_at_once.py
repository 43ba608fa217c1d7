"""Two people, or one person twice, importing into one project at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from ahsp.estimates.models import Section, WorkItem
from ahsp.exchange.models import BoqImport
from ahsp.projects.models import Change, Project
from tests.people import Cast, sign_in

BILL = "No;Kode;Uraian;Satuan;Volume\nI;;TANAH;;\n" + "".join(f"{n};1.1;Galian {n};m3;{n}\n" for n in range(1, 40))


def all_at_once(acts: list[Callable[[], int]]) -> list[int]:
    """What the acts answer, started together, each on a connection of its own."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], int]) -> None:
        start.wait()
        answers.append(act())
        connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def waiting_import(client: Client, project: Project) -> str:
    file = SimpleUploadedFile("boq.csv", BILL.encode())
    address = reverse("exchange:import", kwargs={"code": project.code})
    preview = client.post(address, {"file": file, "notation": "auto"}).headers["Location"]
    return f"{preview}apply/"


def applying(client: Client, address: str, revision: int) -> Callable[[], int]:
    form = {"notation": "auto", "revision": revision, "mode": "append"}
    return lambda: client.post(address, form).status_code


@pytest.mark.django_db(transaction=True)
def test_of_two_people_importing_at_once_one_is_told_and_nothing_is_half_written(project: Project, cast: Cast) -> None:
    clients = [sign_in(cast.ani), sign_in(cast.budi)]
    acts = [applying(client, waiting_import(client, project), project.revision) for client in clients]
    assert all_at_once(acts) == [302, 409]
    assert (Section.objects.count(), WorkItem.objects.count()) == (1, 39)
    assert list(Change.objects.values_list("revision", flat=True)) == [project.revision + 1]
    assert Project.objects.get(pk=project.pk).revision == project.revision + 1
    # The refused upload is still there to be looked at again.
    assert BoqImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_imports_once(project: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    address = waiting_import(client, project)
    answers = all_at_once([applying(client, address, project.revision) for _ in range(3)])
    assert answers.count(302) == 1
    assert set(answers) <= {302, 404, 409}
    assert (WorkItem.objects.count(), Change.objects.count()) == (39, 1)


@pytest.mark.django_db(transaction=True)
def test_an_import_that_fails_in_the_middle_leaves_nothing(project: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    client.raise_request_exception = False
    address = waiting_import(client, project)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE estimates_workitem ADD CONSTRAINT refuse CHECK (description <> 'Galian 39')")
    try:
        assert applying(client, address, project.revision)() == 500
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE estimates_workitem DROP CONSTRAINT refuse")
    assert (Section.objects.count(), WorkItem.objects.count(), Change.objects.count()) == (0, 0, 0)
    assert Project.objects.get(pk=project.pk).revision == project.revision
    assert BoqImport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_uploads_at_the_same_moment_are_all_answered(project: Project, cast: Cast) -> None:
    clients = [sign_in(cast.budi) for _ in range(4)]

    def uploading(client: Client) -> Callable[[], int]:
        file = SimpleUploadedFile("boq.csv", BILL.encode())
        address = reverse("exchange:import", kwargs={"code": project.code})
        return lambda: client.post(address, {"file": file, "notation": "auto"}).status_code

    assert all_at_once([uploading(client) for client in clients]) == [302] * 4
