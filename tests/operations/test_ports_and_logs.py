"""Ports stay the same while they can, logs stay small, last words are found."""

from __future__ import annotations

import errno
import shutil
import socket
from pathlib import Path

import pytest

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.logs import bound_logs, last_words
from ahsp.operations.stack.ports import LOOPBACK, can_listen, remembered_port
from ahsp.operations.stack.web import address, allowed_hosts, require_port


def test_a_port_is_remembered_until_somebody_takes_it(tmp_path: Path) -> None:
    file = tmp_path / "ports"
    port = remembered_port(file, "postgres")
    assert remembered_port(file, "postgres") == port
    assert remembered_port(file, "valkey") != port
    with socket.socket() as other:
        other.bind((LOOPBACK, port))
        other.listen()
        assert can_listen(LOOPBACK, port) is not None
        moved = remembered_port(file, "postgres")
    assert moved != port
    assert remembered_port(file, "postgres") == moved


@pytest.mark.parametrize("text", ["", "{", "[]", '{"postgres": "x"}', '{"postgres": 99999999}'])
def test_a_damaged_note_of_ports_is_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "ports").write_text(text)
    port = remembered_port(tmp_path / "ports", "postgres")
    assert remembered_port(tmp_path / "ports", "postgres") == port


def test_a_name_that_is_no_address_is_refused() -> None:
    with pytest.raises(StackError) as refused:
        require_port("no.such.host.invalid", 8000)
    assert refused.value.code == "stack.host_unknown"


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("office.example", "http://office.example:8000"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(host: str, shown: str) -> None:
    assert address(host, 8000) == shown


def test_names_of_the_machine_are_allowed_only_when_others_may_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AHSP_ALLOWED_HOSTS", raising=False)
    assert allowed_hosts("127.0.0.1") == "localhost,127.0.0.1,[::1]"
    assert socket.gethostname() in allowed_hosts("0.0.0.0").split(",")
    monkeypatch.setenv("AHSP_ALLOWED_HOSTS", "rab.example")
    assert allowed_hosts("0.0.0.0") == "rab.example"


def test_a_log_that_grew_too_long_starts_again_under_the_hands_of_its_writer(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 100)
        bound_logs(tmp_path, largest=1000)
        assert log.stat().st_size == 100
        bound_logs(tmp_path, largest=50)
        writer.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "web.log.1").read_bytes() == b"x" * 100


def test_a_log_that_cannot_be_kept_on_a_full_disk_is_emptied_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    (tmp_path / "web.log").write_bytes(b"x" * 100)
    bound_logs(tmp_path, largest=50)
    assert (tmp_path / "web.log").read_bytes() == b""
    assert not (tmp_path / "web.log.1").exists()


def test_the_last_words_are_of_this_start_and_tell_of_the_error(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("FATAL:  yesterday\nLOG:  start\nFATAL:  no room\nLOG:  end\n")
    assert last_words(log, 0) == "FATAL:  no room"
    log.write_text("FATAL:  yesterday\nLOG:  start\nFATAL:  the database system is starting up\n\n")
    assert last_words(log, len("FATAL:  yesterday\n")) == "LOG:  start"
    assert last_words(tmp_path / "absent", 0) == "…"
