"""Guessing is stopped where it happens; the right password is never in the way of anybody's guessing."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from ahsp.accounts import guessing
from ahsp.accounts.guessing import (
    ACCOUNTS_OF_A_SOURCE,
    ATTACKED_FAILURES,
    DAILY_FAILURES,
    RECENT_FAILURES,
    RECENT_FAILURES_ATTACKED,
)
from ahsp.accounts.models import Person, SignInFailure
from tests.accounts.signing_in import ELSEWHERE, HERE, QUICK_HASHERS, WRONG, CountedQuickHasher, attempt, fail
from tests.people import PASSWORD, Cast, sign_in


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHERS


def pass_time(**amount: float) -> None:
    """Every failure was so much earlier."""
    earlier = timedelta(**amount)
    SignInFailure.objects.update(recent_since=F("recent_since") - earlier, daily_since=F("daily_since") - earlier)


def botnet(number: int) -> str:
    return f"192.0.2.{number}"


def test_guessing_is_stopped_with_a_translated_page_that_says_how_long(cast: Cast) -> None:
    assert fail(cast.ani.email, RECENT_FAILURES) == [200] * RECENT_FAILURES
    answer = attempt(cast.ani.email)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= guessing.RECENT_SECONDS
    assert "Coba lagi dalam 15 menit" in answer.content.decode()
    client = Client()
    client.cookies["ahsp_language"] = "en"
    english = attempt(cast.ani.email, client=client)
    assert "Too many attempts" in english.content.decode()
    assert english.headers["Content-Language"] == "en"


def test_htmx_gets_the_same_status_with_a_fragment(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    form = {"login": cast.ani.email, "password": WRONG}
    answer = Client().post(reverse("account_login"), form, headers={"HX-Request": "true"}, REMOTE_ADDR=HERE)
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert "<html" not in answer.content.decode()


def test_nobody_is_held_up_elsewhere_or_with_another_account(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES + 5)
    assert attempt(cast.ani.email, address=ELSEWHERE).status_code == 302
    assert attempt(cast.budi.email).status_code == 302


def test_it_ends_by_itself_and_trying_meanwhile_does_not_prolong_it(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    pass_time(minutes=14)
    assert fail(cast.ani.email, 5) == [429] * 5
    pass_time(minutes=1)
    assert attempt(cast.ani.email).status_code == 302


def test_successes_are_never_counted(cast: Cast) -> None:
    assert {attempt(cast.ani.email).status_code for _ in range(RECENT_FAILURES + 5)} == {302}
    assert not SignInFailure.objects.exists()


def test_a_success_forgives_the_mistyping_before_it(cast: Cast) -> None:
    for _ in range(3):
        fail(cast.ani.email, RECENT_FAILURES - 1)
        assert attempt(cast.ani.email).status_code == 302
    assert not SignInFailure.objects.exists()


def test_slow_guessing_is_stopped_by_the_day(cast: Cast) -> None:
    for _ in range(DAILY_FAILURES // RECENT_FAILURES):
        assert fail(cast.ani.email, RECENT_FAILURES) == [200] * RECENT_FAILURES
        pass_time(minutes=15)
    answer = attempt(cast.ani.email)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 20 * 3600
    pass_time(hours=24)
    assert attempt(cast.ani.email).status_code == 302


def test_a_stopped_guess_costs_no_hash_and_learns_nothing(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    before = CountedQuickHasher.looks
    pages = [attempt(cast.ani.email, password).content for password in (PASSWORD, WRONG)]
    assert pages[0] == pages[1]
    assert CountedQuickHasher.looks == before


def test_an_account_that_does_not_exist_is_answered_alike(cast: Cast) -> None:
    real, invented = cast.ani.email, "siapa@example.com"
    assert fail(real, RECENT_FAILURES + 1) == fail(invented, RECENT_FAILURES + 1)
    assert attempt(real, WRONG).content == attempt(invented, WRONG).content


@pytest.mark.parametrize("email", ["ani@example.com", "siapa@example.com"])
@pytest.mark.usefixtures("cast")
def test_known_and_unknown_accounts_cost_one_hash(email: str) -> None:
    before = CountedQuickHasher.looks
    assert attempt(email, WRONG).status_code == 200
    assert CountedQuickHasher.looks == before + 1


def test_letters_of_either_case_are_one_account(cast: Cast) -> None:
    fail("ANI@example.com", RECENT_FAILURES - 1)
    fail(" ani@Example.com ", 1)
    assert attempt(cast.ani.email).status_code == 429


def test_one_line_of_ipv6_is_one_address(cast: Cast) -> None:
    for number in range(RECENT_FAILURES):
        fail(cast.ani.email, 1, f"2001:db8:1:2::{number + 1:x}")
    assert attempt(cast.ani.email, address="2001:db8:1:2:ffff::1").status_code == 429
    assert attempt(cast.ani.email, address="2001:db8:1:3::1").status_code == 302


def test_an_invented_forwarded_address_is_no_way_round(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    form = {"login": cast.ani.email, "password": PASSWORD}
    headers = {"X-Forwarded-For": ELSEWHERE}
    answer = Client().post(reverse("account_login"), form, headers=headers, REMOTE_ADDR=HERE)
    assert answer.status_code == 429


def test_guessing_from_everywhere_narrows_what_unknown_addresses_may(cast: Cast) -> None:
    for number in range(ATTACKED_FAILURES // RECENT_FAILURES):
        fail(cast.ani.email, RECENT_FAILURES, botnet(number))
    allowed = [200] * RECENT_FAILURES_ATTACKED
    assert fail(cast.ani.email, RECENT_FAILURES_ATTACKED + 1, botnet(200)) == [*allowed, 429]
    assert fail(cast.budi.email, RECENT_FAILURES_ATTACKED + 1, botnet(201)) == [*allowed, 200]


def test_the_owner_gets_in_at_any_other_address_however_many_guess(cast: Cast) -> None:
    for number in range(ATTACKED_FAILURES // RECENT_FAILURES + 2):
        fail(cast.ani.email, RECENT_FAILURES, botnet(number))
    fail(cast.ani.email, RECENT_FAILURES_ATTACKED - 1)
    assert attempt(cast.ani.email).status_code == 302


def test_a_known_browser_stays_open_while_others_guess_from_its_own_network(cast: Cast) -> None:
    mine = Client()
    attempt(cast.ani.email, client=mine)
    mine.post(reverse("account_logout"))
    fail(cast.ani.email, RECENT_FAILURES)
    assert attempt(cast.ani.email).status_code == 429
    assert attempt(cast.ani.email, client=mine).status_code == 302


def test_a_known_browser_may_not_guess_either(cast: Cast) -> None:
    mine = Client()
    attempt(cast.ani.email, client=mine)
    mine.post(reverse("account_logout"))
    assert fail(cast.ani.email, RECENT_FAILURES + 1, client=mine) == [*[200] * RECENT_FAILURES, 429]
    assert attempt(cast.ani.email).status_code == 429, "its failures count for its network too"
    assert fail(cast.budi.email, RECENT_FAILURES + 1, client=mine)[-1] == 429, "to other accounts it is a stranger"


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIl0:1:x", "a" * 4000])
def test_a_cookie_we_did_not_sign_is_worth_nothing(cast: Cast, cookie: str) -> None:
    client = Client()
    client.cookies["ahsp_device"] = cookie
    fail(cast.ani.email, RECENT_FAILURES)
    assert attempt(cast.ani.email, client=client).status_code == 429


def test_one_password_tried_on_many_accounts_is_stopped_for_that_network(cast: Cast) -> None:
    mine = Client()
    attempt(cast.ani.email, client=mine)
    mine.post(reverse("account_logout"))
    for number in range(ACCOUNTS_OF_A_SOURCE):
        address = guessing.pseudonyms.pseudonym("address", HERE)
        account = guessing.pseudonyms.of_account(f"{number}@example.com")
        guessing.charge(guessing.Attempt(account, address, address))
    refused = attempt(cast.budi.email)
    assert refused.status_code == 429
    assert "jaringan Anda" in refused.content.decode()
    assert attempt(cast.budi.email, address=ELSEWHERE).status_code == 302
    assert attempt(cast.ani.email, client=mine).status_code == 302
    assert attempt("5@example.com", WRONG).status_code == 200, "who is counted already has the limit of the account"
    pass_time(minutes=15)
    assert attempt(cast.budi.email).status_code == 302


def test_an_office_that_mistypes_and_then_gets_in_is_no_attack(cast: Cast) -> None:
    for person in (cast.ani, cast.budi, cast.citra, cast.dedi):
        fail(person.email, 2)
        assert attempt(person.email).status_code == 302
    assert not SignInFailure.objects.exists()


def test_an_operator_ends_it_at_once(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    call_command("forgive_sign_in", "Ani@example.com", stdout=io.StringIO())
    assert attempt(cast.ani.email).status_code == 302


def test_old_counts_are_swept_out(cast: Cast) -> None:
    for number in range(30):
        fail(f"{number}@example.com", 1)
    pass_time(hours=25)
    fail(cast.ani.email, 2)
    assert SignInFailure.objects.count() == 1


def test_asking_for_the_password_again_is_limited_alike(cast: Cast) -> None:
    client = sign_in(cast.ani)
    again = reverse("account_reauthenticate")
    statuses = [client.post(again, {"password": WRONG}, REMOTE_ADDR=HERE).status_code for _ in range(RECENT_FAILURES)]
    assert set(statuses) == {200}
    assert client.post(again, {"password": PASSWORD}, REMOTE_ADDR=HERE).status_code == 429
    assert client.post(again, {"password": PASSWORD}, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_the_current_password_is_no_way_to_guess(cast: Cast) -> None:
    client = sign_in(cast.ani)
    new = {"password1": "papan-kayu-delapan", "password2": "papan-kayu-delapan"}
    page = reverse("account_change_password")
    statuses = [client.post(page, {"oldpassword": WRONG, **new}).status_code for _ in range(RECENT_FAILURES)]
    assert set(statuses) == {200}
    assert client.post(page, {"oldpassword": PASSWORD, **new}).status_code == 429
    assert Person.objects.get(pk=cast.ani.pk).check_password(PASSWORD)


def test_counts_do_not_depend_on_the_cache(cast: Cast) -> None:
    fail(cast.ani.email, RECENT_FAILURES)
    cache.clear()
    assert attempt(cast.ani.email).status_code == 429
