"""The command line fails in one line, and starts without what it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ahsp.cli.main import COMMANDS, cli
from ahsp.cli.messages import language

AHSP = [sys.executable, "-P", "-m", "ahsp.cli.main"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    given = {**os.environ, "AHSP_LANGUAGE": "en", **environment}
    return subprocess.run([*AHSP, *arguments], capture_output=True, text=True, env=given)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_overview_can_be_loaded(name: str) -> None:
    command = cli.get_command(cli.make_context("ahsp", ["--help"], resilient_parsing=True), name)
    assert command is not None
    assert command.name == name


def test_an_unknown_command_is_explained() -> None:
    done = run("prize")
    assert done.returncode == 2
    assert "prize" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_overview_imports_no_django() -> None:
    program = "import sys; sys.modules['django'] = None; sys.argv = ['ahsp', '--help']; "
    program += "from ahsp.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Start everything" in done.stdout


def test_an_expected_error_is_one_line_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file")
    english = run("up", AHSP_HOME=str(home))
    assert english.returncode == 2
    assert english.stderr.startswith("ahsp: ")
    assert len(english.stderr.splitlines()) == 1
    indonesian = run("up", AHSP_HOME=str(home), AHSP_LANGUAGE="id")
    assert indonesian.returncode == 2
    assert "folder" in indonesian.stderr
    assert indonesian.stderr != english.stderr


@pytest.mark.parametrize("debug", ["0", "1"])
def test_an_unexpected_error_shows_its_traceback_only_on_demand(tmp_path: Path, debug: str) -> None:
    program = "from ahsp.cli import main as m; m.cli.get_command = None; m.main()"
    import os

    given = {**os.environ, "AHSP_HOME": str(tmp_path), "AHSP_DEBUG": debug, "AHSP_LANGUAGE": "en"}
    done = subprocess.run([sys.executable, "-P", "-c", program, "up"], capture_output=True, text=True, env=given)
    assert done.returncode != 0
    assert ("Traceback" in done.stderr) == (debug == "1")
    if debug == "0":
        assert len(done.stderr.splitlines()) == 1
        assert "TypeError" in (tmp_path / "log" / "ahsp-error.log").read_text()
        assert str(tmp_path / "log" / "ahsp-error.log") in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C.UTF-8", "AHSP_LANGUAGE": "id"}, "id"),
    ],
)
def test_the_language_is_the_terminals(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    for name in ("AHSP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected
