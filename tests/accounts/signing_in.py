"""What the tests of sign-in share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.test import Client
from django.urls import reverse

from ahsp.accounts.hashers import OwaspArgon2Hasher
from tests.people import PASSWORD

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
WRONG = "bukan-kata-sandinya"

QUICK_HASHERS = ["tests.accounts.signing_in.CountedQuickHasher"]


class CountedQuickHasher(OwaspArgon2Hasher):
    """Argon2id that costs next to nothing and knows how often a password was looked at."""

    memory_cost, time_cost = 8, 1
    looks: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        CountedQuickHasher.looks += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        CountedQuickHasher.looks += 1
        return super().verify(password, encoded)


def attempt(email: str, password: str = PASSWORD, address: str = HERE, client: Client | None = None) -> Any:
    """The answer to one sign-in, from a browser of its own unless one is given."""
    form = {"login": email, "password": password}
    return (client or Client()).post(reverse("account_login"), form, REMOTE_ADDR=address)


def fail(email: str, times: int, address: str = HERE, client: Client | None = None) -> list[int]:
    """The statuses of so many wrong passwords."""
    return [attempt(email, WRONG, address, client).status_code for _ in range(times)]
