"""Settings that come from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahsp.environment import SettingError, without_files


def test_files_of_our_secrets_become_values_and_those_of_others_stay(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("quite secret\n", encoding="utf-8")
    variables = {"AHSP_SECRET_KEY_FILE": str(secret), "SSL_CERT_FILE": "/etc/certificates", "AHSP_HTTPS": "1"}
    assert without_files(variables) == {
        "AHSP_SECRET_KEY": "quite secret",
        "SSL_CERT_FILE": "/etc/certificates",
        "AHSP_HTTPS": "1",
    }


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingError, match="REDIS_URL_FILE names /nowhere"):
        without_files({"REDIS_URL_FILE": "/nowhere"})
