"""The text of an API token: ahsp_KEY_SECRET, in characters that a double click selects as one word."""

from __future__ import annotations

import hashlib
import re
import secrets

_KEY_BYTES, _SECRET_BYTES = 8, 24
_FORMAT = re.compile(r"ahsp_([0-9a-f]{16})_([0-9a-f]{48})", re.ASCII)


def make() -> tuple[str, str]:
    """A fresh key and secret. The secret has 192 random bits, so its plain hash can be kept: nobody guesses it."""
    return secrets.token_hex(_KEY_BYTES), secrets.token_hex(_SECRET_BYTES)


def write(key: str, secret: str) -> str:
    return f"ahsp_{key}_{secret}"


def read(text: str) -> tuple[str, str] | None:
    """(key, secret) of a well-formed token."""
    found = _FORMAT.fullmatch(text)
    return (found[1], found[2]) if found else None


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, kept: str) -> bool:
    """Whether `kept` is the hash of `secret`; takes the same time wherever they differ."""
    return secrets.compare_digest(hash_of(secret), kept)
