"""Sign-up, messages and addresses: as often as people need, not as often as a machine likes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from ahsp.accounts import limits
from ahsp.accounts.limits import Limit
from ahsp.accounts.models import Person, Tally
from ahsp.core.errors import TooOften
from tests.accounts.signing_in import ELSEWHERE, HERE, QUICK_HASHERS
from tests.people import PASSWORD, Cast, sign_in

THREE = Limit("three", 3, 60)


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHERS


def use_up(limit: Limit, of: str) -> None:
    for _ in range(limit.amount):
        limits.spend(limit, of)


@pytest.mark.django_db
def test_a_limit_ends_by_itself() -> None:
    use_up(THREE, "a")
    limits.spend(THREE, "b")
    with pytest.raises(TooOften) as refused:
        limits.spend(THREE, "a")
    assert 0 < refused.value.seconds <= 60
    Tally.objects.update(until=F("until") - timedelta(seconds=61))
    limits.spend(THREE, "a")
    assert Tally.objects.count() == 1, "what is over is swept out"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly() -> None:
    passed: list[bool] = []
    start = threading.Barrier(10)

    def spend() -> None:
        start.wait()
        try:
            limits.spend(THREE, "a")
            passed.append(True)
        except TooOften:
            passed.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(True) == 3


@pytest.mark.django_db
def test_a_machine_cannot_sign_up_for_ever() -> None:
    form = {"name": "Rina", "organization": "CV Maju", "email": "rina@example.com", "password1": PASSWORD}
    use_up(limits.SIGN_UP, HERE)
    page = reverse("account_signup")
    refused = Client().post(page, form, REMOTE_ADDR=HERE)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert "terlalu sering" in refused.content.decode()
    assert not Person.objects.exists()
    assert Client().post(page, form, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_one_mailbox_gets_few_links_whether_or_not_it_is_known(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = "smtp://mail.example.com"
    page = reverse("account_reset_password")
    for email in (cast.ani.email, "siapa@example.com"):
        sent = [Client().post(page, {"email": email}).status_code for _ in range(limits.RESET_TO_MAILBOX.amount + 1)]
        assert sent == [302] * limits.RESET_TO_MAILBOX.amount + [429]
    assert len(mail.outbox) == 2 * limits.RESET_TO_MAILBOX.amount
    assert Client().post(page, {"email": cast.budi.email}).status_code == 302


def test_one_network_asks_for_so_many_links_only(cast: Cast, settings: LazySettings) -> None:
    settings.MAIL_SERVER = "smtp://mail.example.com"
    use_up(limits.RESET_FROM_ADDRESS, HERE)
    page = reverse("account_reset_password")
    assert Client().post(page, {"email": cast.ani.email}, REMOTE_ADDR=HERE).status_code == 429
    assert Client().post(page, {"email": cast.ani.email}, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_addresses_of_an_account_are_changed_so_often_only(cast: Cast) -> None:
    use_up(limits.MANAGE_EMAIL, str(cast.ani.pk))
    page = reverse("account_email")
    assert sign_in(cast.ani).post(page, {"action_add": "", "email": "a@example.com"}).status_code == 429
    assert sign_in(cast.budi).post(page, {"action_add": "", "email": "b@example.com"}).status_code == 302
    assert sign_in(cast.ani).get(page).status_code == 200
