"""Names for accounts, addresses and browsers that only this installation can make and nobody can turn back."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

LENGTH = 32
SHORT = 12


def pseudonym(kind: str, text: str) -> str:
    """LENGTH hexadecimal digits, the same for the same `kind` and `text` as long as the secret key is."""
    return salted_hmac(f"ahsp.accounts.{kind}", text, algorithm="sha256").hexdigest()[:LENGTH]


def of_account(email: str) -> str:
    """The account an e-mail address asks for, whether or not there is one."""
    return pseudonym("account", email.strip().lower())
