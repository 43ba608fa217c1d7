"""Children end in order, by force when they must, and are found again when their parent was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ahsp.operations.stack.errors import StackError
from ahsp.operations.stack.processes import Child, Command, Register, identity, wait_until

STUBBORN = "trap '' TERM; echo up; while :; do sleep 0.05; done"


def command(folder: Path, *argv: str, grace: float = 10) -> Command:
    log = folder / "child.log"
    return Command("child", argv, log, folder, signal.SIGTERM, grace, {"PATH": os.environ["PATH"]})


def test_a_child_ends_when_asked(tmp_path: Path) -> None:
    child = Child(command(tmp_path, "sleep", "60"), Register(tmp_path / "children"))
    assert child.running
    child.stop()
    assert child.exit_code == -signal.SIGTERM
    assert identity(child.pid) is None


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = Child(command(tmp_path, "sh", "-c", STUBBORN, grace=0.2), Register(tmp_path / "children"))
    assert wait_until(lambda: "up" in (tmp_path / "child.log").read_text(), 10)
    child.stop()
    assert child.exit_code == -signal.SIGKILL


def test_what_a_child_says_is_in_its_log(tmp_path: Path) -> None:
    child = Child(command(tmp_path, "sh", "-c", "echo out; echo err >&2"), Register(tmp_path / "children"))
    assert wait_until(lambda: not child.running, 10)
    assert (tmp_path / "child.log").read_text() == "out\nerr\n"


def test_a_program_that_cannot_be_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackError) as refused:
        Child(command(tmp_path, str(tmp_path / "nothing")), Register(tmp_path / "children"))
    assert refused.value.code == "stack.program_unusable"


def test_leftovers_of_a_killed_parent_are_ended(tmp_path: Path) -> None:
    leftover = subprocess.Popen(["sleep", "60"])
    register = Register(tmp_path / "children")
    register.add("sleeper", leftover.pid, signal.SIGTERM)
    Register(tmp_path / "children").end_leftovers(grace=10)
    assert leftover.wait(timeout=10) == -signal.SIGTERM
    assert not (tmp_path / "children").exists()


def test_another_process_that_got_the_same_number_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "children").write_text(f'{{"sleeper": {{"pid": {os.getpid()}, "identity": "1", "signal": 15}}}}')
    Register(tmp_path / "children").end_leftovers()
    assert not (tmp_path / "children").exists()


def test_a_leftover_that_does_not_end_is_named(tmp_path: Path) -> None:
    stubborn = subprocess.Popen(["sh", "-c", STUBBORN], stdout=subprocess.PIPE)
    assert stubborn.stdout is not None
    assert stubborn.stdout.readline() == b"up\n"
    register = Register(tmp_path / "children")
    register.add("stubborn", stubborn.pid, signal.SIGTERM)
    with pytest.raises(StackError) as refused:
        register.end_leftovers(grace=0.2)
    stubborn.kill()
    stubborn.communicate(timeout=10)
    assert refused.value.code == "stack.leftover"
    assert refused.value.data["pid"] == str(stubborn.pid)


def test_a_damaged_register_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "children").write_text("{")
    Register(tmp_path / "children").end_leftovers()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import sys, time
from pathlib import Path
from tests.operations.test_processes import command
from ahsp.operations.stack.processes import Child, Register
folder = Path({str(tmp_path)!r})
print(Child(command(folder, "sleep", "60"), Register(folder / "children")).pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path.cwd())
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert identity(pid) is not None
    parent.kill()
    parent.communicate(timeout=10)
    assert wait_until(lambda: identity(pid) is None, 10)
