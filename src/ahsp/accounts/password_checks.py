"""Every look at a password: limited, and one line in the log."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from ahsp.accounts import access, guessing, pseudonyms
from ahsp.accounts.models import Person
from ahsp.core.client_address import client_address
from ahsp.core.errors import TooOften
from ahsp.core.metrics import count_password_check

log = structlog.get_logger(__name__)


def under_limits(request: HttpRequest, *, act: str, email: str, check: Callable[[], Person | None]) -> Person | None:
    """What `check` finds, charged when it finds nobody. Raises TooOften before it is even called.

    `act` names the page in the log: sign_in, password_again, password_change.
    """
    line = _Line(request, act, email)
    attempt = guessing.attempt_of(request, email)
    try:
        failed_before = guessing.require_allowed(attempt)
        person = check()
        if person is None:
            guessing.charge(attempt)
        elif failed_before:
            guessing.forgive(attempt)
        line.write_result(person, access.person_id_of_email(email) if person is None else person.pk)
    except TooOften as refusal:
        line.write("refused", refusal.code.rpartition(".")[2])
        raise
    except (InterfaceError, OperationalError):
        line.write("failed", "database_away")
        raise
    return person


def note_incomplete(request: HttpRequest, *, act: str, email: str) -> None:
    """A form without what a password can be checked with."""
    _Line(request, act, email).write("failed", "incomplete")


class _Line:
    """The line of one attempt. It never has what was typed: people type passwords into the field of the e-mail too.

    The account stands there as its pseudonym, so that attempts on the same one can be recognized, and by its id as
    soon as that is known.
    """

    def __init__(self, request: HttpRequest, act: str, email: str) -> None:
        self._began = time.perf_counter()
        self._act = act
        self._known = {
            "act": act,
            "account": pseudonyms.of_account(email)[: pseudonyms.SHORT],
            "address": client_address(request),
        }

    def write_result(self, person: Person | None, person_id: int | None) -> None:
        if person is None:
            self.write("failed", "unknown_account" if person_id is None else "wrong_password", person_id)
        elif person.is_active:
            self.write("succeeded", "right_password", person_id)
        else:
            self.write("refused", "disabled", person_id)

    def write(self, outcome: str, reason: str, person_id: int | None = None) -> None:
        count_password_check(self._act, outcome, reason)
        took_ms = round((time.perf_counter() - self._began) * 1000, 1)
        log.info("password.checked", outcome=outcome, reason=reason, person=person_id, took_ms=took_ms, **self._known)
