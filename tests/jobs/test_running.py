"""A job through its states: once, again, interrupted, cancelled, refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from ahsp.core.errors import Conflict, NotFound, TooMany
from ahsp.jobs import running, services
from ahsp.jobs.models import ATTEMPTS, Job, JobFile, State
from ahsp.jobs.tasks import expire, run, sweep
from ahsp.jobs.work import Superseded, Work
from tests.jobs.kinds import KIND, directed, keeps, nothing
from tests.people import Cast


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    with directed(keeps("first")):
        yield


def ask(cast: Cast, key: str = "", **fields: Any) -> Job:
    values = {"person": cast.ani, "organization": cast.office, "kind": KIND, "title": "Uji", "arguments": {}}
    return services.enqueue(**{**values, **fields}, key=key)


def perform(job: Job) -> Job:
    run(str(job.pk))
    job.refresh_from_db()
    return job


def silent(job: Job) -> Job:
    """`job` as a worker leaves it that died a minute ago."""
    claimed = running.claim(job.pk, "celery@a#1")
    assert claimed is not None
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    return claimed


def test_a_job_is_done_and_keeps_its_file(cast: Cast) -> None:
    job = perform(ask(cast))
    assert (job.state, job.percent, job.attempt) == (State.DONE, 100, 1)
    assert bytes(job.file.content) == b"first"
    assert job.expires_at is not None and job.expires_at > timezone.now()


def test_a_second_message_changes_nothing(cast: Cast) -> None:
    job = perform(ask(cast))
    assert perform(job).attempt == 1


def test_the_same_key_is_the_same_job_until_its_result_expires(cast: Cast) -> None:
    job = ask(cast, "a")
    assert ask(cast, "a").pk == job.pk
    perform(job)
    assert ask(cast, "a").pk == job.pk
    assert ask(cast, "a", person=cast.budi).pk != job.pk
    Job.objects.filter(pk=job.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask(cast, "a").pk != job.pk


def test_a_failed_job_does_not_stand_in_the_way_of_its_key(cast: Cast) -> None:
    def refuse(_work: Work) -> None:
        raise NotFound("project.not_found", {"code": "x"})

    with directed(refuse):
        failed = perform(ask(cast, "a"))
    assert (failed.state, failed.error_code) == (State.FAILED, "project.not_found")
    with directed(nothing):
        assert ask(cast, "a").pk != failed.pk
        # The other one is under way: a second try is that one.
        assert services.retry(job=failed).pk != failed.pk


def test_an_unexpected_error_fails_the_job_and_says_where_to_look(cast: Cast) -> None:
    def stumble(_work: Work) -> None:
        raise ZeroDivisionError

    with directed(stumble):
        job = perform(ask(cast))
    assert (job.state, job.error_data) == (State.FAILED, {"job": str(job.pk)})
    with directed(keeps("second")):
        again = perform(services.retry(job=job))
    assert again.state == State.DONE
    assert bytes(again.file.content) == b"second"


def test_a_person_may_have_so_many_jobs_under_way(cast: Cast) -> None:
    for _ in range(services.MOST_UNFINISHED):
        ask(cast)
    with pytest.raises(TooMany):
        ask(cast)
    ask(cast, person=cast.budi)


def test_a_waiting_job_is_cancelled_at_once_and_never_done(cast: Cast) -> None:
    job = services.cancel(job=ask(cast))
    assert job.state == State.CANCELLED
    assert perform(job).state == State.CANCELLED
    assert perform(services.retry(job=job)).state == State.DONE


def test_a_running_job_stops_when_it_next_says_how_far_it_is(cast: Cast) -> None:
    reached: list[int] = []

    def long(work: Work) -> None:
        for percent in range(100):
            reached.append(percent)
            if percent == 3:
                services.cancel(job=work.job)
                work.look()
            work.progress(percent)

    with directed(long):
        job = perform(ask(cast))
    assert job.state == State.CANCELLED
    assert reached == [0, 1, 2, 3]
    assert not JobFile.objects.exists()


def test_a_cancelled_job_takes_back_what_it_wrote(cast: Cast) -> None:
    def write(work: Work) -> None:
        with work.completion():
            cast.office.name = "Dinas Lain"
            cast.office.save()
            services.cancel(job=work.job)

    with directed(write):
        job = perform(ask(cast))
    cast.office.refresh_from_db()
    assert (job.state, cast.office.name) == (State.CANCELLED, "Dinas PUPR Kota Contoh")


def test_a_done_job_is_neither_cancelled_nor_tried_again(cast: Cast) -> None:
    job = perform(ask(cast))
    assert services.cancel(job=job).state == State.DONE
    with pytest.raises(Conflict):
        services.retry(job=job)


def test_what_a_dead_worker_left_is_done_by_another(cast: Cast) -> None:
    job = ask(cast)
    silent(job)
    sweep()
    job.refresh_from_db()
    assert job.state == State.WAITING
    assert perform(job).attempt == 2
    assert job.state == State.DONE


def test_a_worker_taken_for_dead_changes_nothing_when_it_comes_back(cast: Cast) -> None:
    job = ask(cast)
    work = Work(silent(job))
    sweep()
    perform(job)
    work.keep_file("late.txt", "text/plain", b"late")
    with pytest.raises(Superseded), work.completion():
        pass
    running.end(work.job, State.FAILED, "job.unexpected")
    job.refresh_from_db()
    assert (job.state, bytes(job.file.content)) == (State.DONE, b"first")


def test_a_job_that_kills_its_workers_is_given_up(cast: Cast) -> None:
    job = ask(cast)
    for _ in range(ATTEMPTS):
        silent(job)
        sweep()
    job.refresh_from_db()
    assert (job.state, job.error_code, job.error_data) == (State.FAILED, "job.given_up", {"times": str(ATTEMPTS)})
    silent(services.retry(job=job))
    sweep()
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_the_next_life_of_a_worker_frees_what_the_last_one_had(cast: Cast) -> None:
    mine, others, present = ask(cast), ask(cast), ask(cast)
    for job, worker in ((mine, "celery@a#1"), (others, "celery@b#1"), (present, "celery@a#2")):
        running.claim(job.pk, worker)
    sweep(node="celery@a", incarnation="2")
    states = [Job.objects.get(pk=job.pk).state for job in (mine, others, present)]
    assert states == [State.WAITING, State.RUNNING, State.RUNNING]


def test_a_silent_job_that_was_cancelled_is_cancelled(cast: Cast) -> None:
    job = ask(cast)
    silent(job)
    services.cancel(job=job)
    sweep()
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_results_are_forgotten_after_their_time(cast: Cast) -> None:
    old, young = perform(ask(cast)), perform(ask(cast))
    Job.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    expire()
    assert list(Job.objects.values_list("pk", flat=True)) == [young.pk]
    assert JobFile.objects.count() == 1


def test_a_job_of_an_unknown_kind_is_not_taken(cast: Cast) -> None:
    with pytest.raises(NotFound):
        ask(cast, kind="no-such-kind")


def test_nothing_is_sent_for_a_transaction_that_fails(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(cast)
        raise ZeroDivisionError
    assert callbacks == []
    assert not Job.objects.exists()
