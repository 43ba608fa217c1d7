"""The mail server as one address."""

from __future__ import annotations

import pytest

from ahsp.core.mail_server import mail_settings
from ahsp.environment import SettingError


def test_without_an_address_nothing_is_sent_and_nothing_is_logged() -> None:
    assert mail_settings("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_a_password_never_travels_unencrypted() -> None:
    encrypted = mail_settings("smtps://ani:p%40ss@mail.example.com")
    assert (encrypted["EMAIL_USE_SSL"], encrypted["EMAIL_PORT"]) == (True, 465)
    assert encrypted["EMAIL_HOST_PASSWORD"] == "p@ss"
    later = mail_settings("smtp://ani:rahasia@mail.example.com")
    assert (later["EMAIL_USE_TLS"], later["EMAIL_PORT"]) == (True, 587)
    assert mail_settings("smtp://localhost")["EMAIL_PORT"] == 25


@pytest.mark.parametrize("address", ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://host:x"])
def test_another_address_is_refused_when_the_settings_are_read(address: str) -> None:
    with pytest.raises(SettingError, match="AHSP_MAIL_SERVER"):
        mail_settings(address)
