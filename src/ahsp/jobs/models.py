"""Slow work as rows: what is asked, how far it is, what came out."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ahsp.accounts.models import Organization, Person


class State(models.TextChoices):
    WAITING = "WAITING", _("waiting")
    RUNNING = "RUNNING", _("running")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("failed")
    CANCELLED = "CANCELLED", _("cancelled")


UNFINISHED = (State.WAITING, State.RUNNING)
ATTEMPTS = 3


class Job(models.Model):
    """One piece of slow work of one person.

    `attempt` rises with each start and is the token of the worker that has it: whatever a worker writes names the
    attempt it began, so one that was given up for dead changes nothing. `last_attempt` is the attempt after which an
    interruption is a failure. `sent_at` is when the broker last took its message, NULL while that has to be done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    arguments = models.JSONField(default=dict)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="jobs")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="+")
    project_code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=250)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    message_code = models.CharField(max_length=60, blank=True)
    message_data = models.JSONField(default=dict)
    error_code = models.CharField(max_length=60, blank=True)
    error_data = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    attempt = models.PositiveSmallIntegerField(default=0)
    last_attempt = models.PositiveSmallIntegerField(default=ATTEMPTS)
    cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # What is under way or still there is not done twice.
            models.UniqueConstraint(
                fields=["person", "kind", "key"],
                condition=~Q(key="") & Q(state__in=["WAITING", "RUNNING", "DONE"]),
                name="one_job_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="job_list"),
            models.Index(
                fields=["state", "heartbeat_at"], condition=Q(state__in=["WAITING", "RUNNING"]), name="job_unfinished"
            ),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="job_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def may_be_retried(self) -> bool:
        return self.state in {State.FAILED, State.CANCELLED}


class JobFile(models.Model):
    """What a job made. In a table of its own, so that lists of jobs never read it."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="file")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
