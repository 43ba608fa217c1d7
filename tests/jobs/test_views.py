"""The pages of jobs: one's own, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from ahsp.jobs import services
from ahsp.jobs.models import Job, State
from tests.builders import make_project
from tests.jobs.inline import run_waiting
from tests.jobs.kinds import KIND, directed, keeps
from tests.people import Cast, sign_in


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    with directed(keeps("isi")):
        yield


@pytest.fixture
def job(cast: Cast) -> Job:
    """Of which a message is under way: the transaction around a test sends none."""
    asked = services.enqueue(person=cast.ani, organization=cast.office, kind=KIND, title="Gedung <b>", arguments={})
    Job.objects.filter(pk=asked.pk).update(sent_at=asked.created_at)
    return asked


def page(job: Job, act: str = "job") -> str:
    return reverse(f"jobs:{act}", kwargs={"pk": job.pk})


def test_a_page_without_scripts_looks_again_until_the_job_is_done(job: Job, cast: Cast) -> None:
    client = sign_in(cast.ani)
    waiting = client.get(page(job)).content.decode()
    assert "<noscript><meta http-equiv=" in waiting
    assert "Menunggu giliran" in waiting
    assert "Gedung &lt;b&gt;" in waiting
    run_waiting()
    done = client.get(page(job)).content.decode()
    assert "<meta http-equiv=" not in done
    assert page(job, "file") in done
    assert "hx-trigger" not in done


def test_the_list_shows_ones_own_jobs_alone(job: Job, cast: Cast) -> None:
    assert page(job) in sign_in(cast.ani).get(reverse("jobs:index")).content.decode()
    others = sign_in(cast.budi).get(reverse("jobs:index")).content.decode()
    assert page(job) not in others
    assert "Belum ada tugas" in others


@pytest.mark.parametrize("act", ["job", "file", "cancel", "retry"])
def test_nobody_else_reaches_a_job(act: str, job: Job, cast: Cast) -> None:
    run_waiting()
    client = sign_in(cast.budi)
    answer = client.post(page(job, act)) if act in {"cancel", "retry"} else client.get(page(job, act))
    assert answer.status_code == 404


def test_cancel_and_try_again(job: Job, cast: Cast) -> None:
    client = sign_in(cast.ani)
    assert client.post(page(job, "cancel"), {"place": "list"}).headers["Location"] == reverse("jobs:index")
    assert "dibatalkan" in client.get(page(job)).content.decode()
    assert client.post(page(job, "retry")).headers["Location"] == page(job)
    assert [done.state for done in run_waiting()] == [State.DONE]
    assert client.post(page(job, "retry")).status_code == 409


def test_a_person_with_too_many_jobs_under_way_is_told_so(cast: Cast) -> None:
    waiting = {"person": cast.ani, "kind": KIND, "title": "Gedung"}
    Job.objects.bulk_create(Job(**waiting) for _ in range(services.MOST_UNFINISHED))
    project = make_project(cast)
    answer = sign_in(cast.ani).post(f"/p/{project.code}/documents/", {"format": "pdf"})
    assert answer.status_code == 429
    assert "20 tugas" in answer.content.decode()


def test_a_job_the_broker_did_not_take_says_that_it_waits(job: Job, cast: Cast) -> None:
    Job.objects.filter(pk=job.pk).update(sent_at=None, created_at="2026-01-01T00:00:00Z")
    assert "Menunggu antrean tugas menjawab lagi" in sign_in(cast.ani).get(page(job)).content.decode()


def test_a_finished_job_leads_on_to_what_it_made(job: Job, cast: Cast) -> None:
    with directed(keeps("isi"), opens=lambda _job: "/catalog/"):
        client = sign_in(cast.ani)
        assert client.get(f"{page(job)}?go").status_code == 200
        run_waiting()
        assert client.get(f"{page(job)}?go").headers["Location"] == "/catalog/"
        assert client.get(f"{page(job)}?go", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/catalog/"
        assert 'href="/catalog/"' in client.get(page(job)).content.decode()


def test_a_job_of_an_earlier_program_can_still_be_seen(cast: Cast) -> None:
    old = Job.objects.create(person=cast.ani, kind="forgotten", title="Lama", state=State.DONE)
    client = sign_in(cast.ani)
    assert client.get(page(old)).status_code == 200
    assert client.get(page(old, "file")).status_code == 404
