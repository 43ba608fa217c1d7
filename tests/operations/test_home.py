"""The folder of an installation: made once, checked always, never emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.files import read_or_make_secret, replace_file
from ahsp.operations.stack.home import Home, default_home, open_home, require_space
from ahsp.operations.stack.lock import Running, announce, exclusive, is_held, read_running


def test_secrets_and_logs_are_closed_to_others(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    secret = read_or_make_secret(home.secrets / "key")
    assert len(secret) >= 40
    assert (home.secrets / "key").stat().st_mode & 0o077 == 0
    assert home.secrets.stat().st_mode & 0o077 == 0
    assert home.log.stat().st_mode & 0o077 == 0


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    first = read_or_make_secret(tmp_path / "key")
    assert read_or_make_secret(tmp_path / "key") == first
    assert read_or_make_secret(tmp_path / "other") != first


def test_the_home_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AHSP_HOME", str(tmp_path / "elsewhere"))
    assert default_home() == tmp_path / "elsewhere"
    monkeypatch.delenv("AHSP_HOME")
    assert default_home().name == ".ahsp"


def test_a_file_within_the_home_that_should_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("not a folder")
    with pytest.raises(StackError) as refused:
        open_home(tmp_path)
    assert refused.value.code == "stack.home_is_file"
    assert refused.value.data["path"] == str(tmp_path / "log")


def test_too_little_space_tells_how_much_there_is(tmp_path: Path) -> None:
    home = Home(tmp_path)
    require_space(home, 1)
    with pytest.raises(StackError) as refused:
        require_space(home, 2**60)
    assert refused.value.code == "stack.disk_full"
    assert int(refused.value.data["free"]) < int(refused.value.data["needed"])


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "state"
    replace_file(file, "first")
    with pytest.raises(TypeError):
        replace_file(file, 2)
    assert file.read_text() == "first"
    assert list(tmp_path.iterdir()) == [file]


def test_only_one_works_on_a_home_and_the_second_learns_the_address(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    assert not is_held(home)
    with exclusive(home):
        assert is_held(home)
        with pytest.raises(StackError) as still_starting, exclusive(home):
            pass
        assert still_starting.value.code == "stack.busy"
        announce(home, Running("postgresql://db", "redis://cache", "http://127.0.0.1:8000"))
        with pytest.raises(StackError) as refused, exclusive(home):
            pass
        assert refused.value.code == "stack.already_up"
        assert refused.value.data["address"] == "http://127.0.0.1:8000"
    assert not is_held(home)
    assert read_running(home) is None


def test_what_is_announced_can_be_read_by_the_owner_alone(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    running = Running("postgresql://db", "redis://cache")
    announce(home, running)
    assert read_running(home) == running
    assert home.running.stat().st_mode & 0o077 == 0
