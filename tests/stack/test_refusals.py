"""What stops a start says so in one line, with the mend, and touches no data."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.stack.conftest import Installation
from tests.stack.machine import ROOT, free_port, run


def refusal(installation: Installation, home: Path, *arguments: str, **more: str) -> str:
    """The one line `up` ends with; before it there is at most the progress of a build."""
    # The usual port may be taken by whoever works on this machine.
    port = () if "--port" in arguments else ("--port", str(free_port()))
    done = run(installation.script, "up", *arguments, *port, home=home, **more)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    *progress, line = done.stderr.splitlines()
    assert all(one.startswith("Front end: ") for one in progress), done.stderr
    return line


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_taken_port_is_named_with_another_to_try(installation: Installation, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = refusal(installation, tmp_path / "home", "--port", str(port))
    assert f"Port {port}" in line
    assert f"--port {port + 1}" in line


def test_an_address_of_another_machine_is_refused(installation: Installation, tmp_path: Path) -> None:
    assert "--host 127.0.0.1" in refusal(installation, tmp_path / "home", "--host", "192.0.2.7")


def test_a_file_in_the_place_of_the_home_is_left_alone(installation: Installation, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a letter")
    assert "AHSP_HOME" in refusal(installation, home)
    assert home.read_text() == "a letter"


@pytest.mark.parametrize("version", ["14\n", "", "…"])
def test_data_of_another_version_is_left_alone(installation: Installation, tmp_path: Path, version: str) -> None:
    data = tmp_path / "home" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(version)
    (data / "precious").write_text("rows")
    before = contents(data)
    assert "Nothing was changed" in refusal(installation, tmp_path / "home")
    assert contents(data) == before


def test_data_without_its_version_is_left_alone(installation: Installation, tmp_path: Path) -> None:
    data = tmp_path / "home" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "precious").write_text("rows")
    line = refusal(installation, tmp_path / "home")
    assert "PG_VERSION" in line
    assert "backup" in line
    assert (data / "precious").read_text() == "rows"


def test_data_with_a_missing_file_is_left_alone(installation: Installation, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(installation.script, "manage", "check", home=home).returncode == 0
    control = home / "postgres" / "data" / "global" / "pg_control"
    control.unlink()
    before = contents(home / "postgres" / "data" / "base")
    line = refusal(installation, home)
    assert "pg_control" in line
    assert "postgres.log" in line
    assert contents(home / "postgres" / "data" / "base") == before


def test_a_lost_password_is_replaced_and_the_data_kept(installation: Installation, tmp_path: Path) -> None:
    home = tmp_path / "home"
    program = "from django.db import connection as c; k = c.cursor(); k.execute('{}'); {}"
    write = program.format("CREATE TABLE kept AS SELECT 42 AS answer", "")
    read = program.format("SELECT answer FROM kept", "print(k.fetchone()[0])")
    assert run(installation.script, "manage", "shell", "-v0", "-c", write, home=home).returncode == 0
    (home / "secrets" / "database-password").unlink()
    done = run(installation.script, "manage", "shell", "-v0", "-c", read, home=home)
    assert done.stdout.strip() == "42", done.stderr


def test_an_empty_secret_is_named(installation: Installation, tmp_path: Path) -> None:
    secrets = tmp_path / "home" / "secrets"
    secrets.mkdir(parents=True)
    (secrets / "database-password").write_text("")
    assert "database-password" in refusal(installation, tmp_path / "home")


def test_a_database_that_does_not_answer_is_named_without_its_password(
    installation: Installation, tmp_path: Path
) -> None:
    given = {"DATABASE_URL": "postgresql://me:s3cret@127.0.0.1:1/none"}
    line = refusal(installation, tmp_path / "home", **given)
    assert "DATABASE_URL" in line
    assert "s3cret" not in line


def test_a_redis_that_does_not_answer_is_named_without_its_password(installation: Installation, tmp_path: Path) -> None:
    line = refusal(installation, tmp_path / "home", REDIS_URL="redis://:s3cret@127.0.0.1:1/0")
    assert "REDIS_URL" in line
    assert "s3cret" not in line


def test_an_unknown_option_is_explained(installation: Installation, tmp_path: Path) -> None:
    done = run(installation.script, "up", "--prot", "8000", home=tmp_path / "home")
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def _bare_checkout(folder: Path) -> Path:
    """What the script reads before anything is installed."""
    for name in ("ahsp", "requirements.lock", "requirements-dev.lock", "src/ahsp/cli/bootstrap.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder / "ahsp"


def _tools(folder: Path) -> Path:
    """A PATH with what a shell script needs, and no Python."""
    folder.mkdir()
    for name in ("sh", "cat", "cksum", "dirname", "readlink"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


@pytest.mark.parametrize("installed", ["Python 3.9.2", None])
def test_a_python_that_is_too_old_or_absent_is_named(tmp_path: Path, installed: str | None) -> None:
    script = _bare_checkout(tmp_path / "checkout")
    path = _tools(tmp_path / "bin")
    if installed:
        # It answers as an old interpreter does: it tells its version and fails the comparison.
        old = path / "python3"
        old.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "{installed}" && exit 0\nexit 1\n')
        old.chmod(0o755)
    done = subprocess.run([script, "up"], env={"PATH": str(path)}, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11 or newer" in done.stderr
    assert (installed or "no python3") in done.stderr
    assert not (tmp_path / "checkout" / ".venv").exists()


def test_two_set_ups_at_once_both_end_well(tmp_path: Path) -> None:
    script = _bare_checkout(tmp_path / "checkout")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / "checkout" / lock).write_text("")
    main = tmp_path / "checkout" / "src" / "ahsp" / "cli" / "main.py"
    main.write_text("print('handed over')")
    both = [subprocess.Popen([script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], answers
    assert [out for out, _ in answers] == ["handed over\n"] * 2
    assert sum("Setting up" in said for _, said in answers) == 1


def test_a_set_up_that_was_interrupted_is_healed(tmp_path: Path) -> None:
    script = _bare_checkout(tmp_path / "checkout")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / "checkout" / lock).write_text("")
    (tmp_path / "checkout" / "src" / "ahsp" / "cli" / "main.py").write_text("print('handed over')")
    half_made = tmp_path / "checkout" / ".venv" / "bin"
    half_made.mkdir(parents=True)
    (half_made / "python").write_text("#!/bin/sh\nexit 1\n")
    (half_made / "python").chmod(0o755)
    done = subprocess.run([script], capture_output=True, text=True)
    assert done.stdout == "handed over\n", done.stderr


def test_packages_that_cannot_be_installed_are_named_and_tried_again(tmp_path: Path) -> None:
    script = _bare_checkout(tmp_path / "checkout")
    (tmp_path / "checkout" / "requirements.lock").write_text(f"click==8.5.1 --hash=sha256:{'0' * 64}\n")
    done = subprocess.run([script], capture_output=True, text=True)
    assert done.returncode == 2
    assert "requirements.lock could not be installed" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    again = subprocess.run([script], capture_output=True, text=True)
    assert "could not be installed" in again.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A disk of 60 MB; only root may make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", folder], check=True)
    return folder


def test_a_full_disk_is_told_before_anything_is_written(installation: Installation, small_disk: Path) -> None:
    try:
        line = refusal(installation, small_disk / "home")
        script = _bare_checkout(small_disk / "checkout")
        done = subprocess.run([script, "up"], capture_output=True, text=True)
    finally:
        subprocess.run(["umount", small_disk], check=True)
    assert "MB are free" in line
    assert "AHSP_HOME" in line
    assert done.returncode == 2
    assert "the set-up needs" in done.stderr
    assert len(done.stderr.splitlines()) == 1
