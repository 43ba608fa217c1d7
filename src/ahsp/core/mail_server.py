"""The mail server as one address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from ahsp.environment import SettingError

SECONDS_TO_ANSWER = 10


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for `smtps://user:password@host:465` or `smtp://host:25`; without an address nothing is sent.

    smtps is encrypted from the start; smtp turns encryption on before it sends a password. Raises SettingError.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError("AHSP_MAIL_SERVER has a port that is no number.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingError("AHSP_MAIL_SERVER must be smtp://… or smtps://user:password@host:port.")
    encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if encrypted else 587 if parts.password else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": encrypted,
        "EMAIL_USE_TLS": not encrypted and bool(parts.password),
        "EMAIL_TIMEOUT": SECONDS_TO_ANSWER,
    }
