"""Makes `.venv` and installs a lock into it; run by `ahsp` with the machine's Python, standard library only.

Usage: python -I bootstrap.py ROOT LOCK
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

SPACE_FOR_FIRST = 1500 * 2**20
SPACE_FOR_UPDATE = 300 * 2**20
FULL_LOCK, SMALL_LOCK = "requirements-dev.lock", "requirements.lock"


def main(root: Path, lock: str) -> None:
    """Leave `.venv` with everything `lock` names, or end with one line that says what to mend."""
    # The servers' own user must be able to read the programs that are installed.
    os.umask(0o022)
    try:
        (root / ".cache").mkdir(exist_ok=True)
        with (root / ".cache" / "setup.lock").open("w") as file:
            _wait_for_turn(file.fileno())
            # Somebody else may have done it while we waited.
            if not _is_installed(root, lock):
                _set_up(root, lock)
    except PermissionError as error:
        fail(f"{error.filename or root} cannot be written: run ahsp as the owner of {root}.")
    except OSError as error:
        fail(f"{error.filename or root} cannot be written ({error.strerror}): mend this and run ahsp again.")
    except KeyboardInterrupt:
        fail("The set-up was interrupted: run the same command again, it goes on.", code=130)


def _wait_for_turn(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up of this folder is under way; waiting for it …")
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _set_up(root: Path, lock: str) -> None:
    venv = root / ".venv"
    usable = _is_usable(venv)
    _require_space(root, SPACE_FOR_UPDATE if usable else SPACE_FOR_FIRST)
    if not usable:
        say(f"Setting up ahsp in {root}: this happens once and takes a minute or two.")
        say("  Python environment …")
        _make_environment(venv)
    unfinished = venv / ".installing"
    unfinished.touch()
    say(f"  Packages of {lock} …")
    _install(root, lock)
    _make_importable(root)
    unfinished.unlink()
    for done in (lock, *([SMALL_LOCK] if lock == FULL_LOCK else [])):
        (venv / f".installed-{done}").write_text(stamp(root, done), encoding="utf-8")


def stamp(root: Path, lock: str) -> str:
    """What `.venv` is marked with once `lock` is installed; the script `ahsp` computes the same text."""
    with (root / lock).open("rb") as file:
        checksum = subprocess.run(["cksum"], stdin=file, capture_output=True, check=True, text=True)
    return f"{checksum.stdout.strip()} {root}"


def _is_installed(root: Path, lock: str) -> bool:
    mark = root / ".venv" / f".installed-{lock}"
    python = root / ".venv" / "bin" / "python"
    return python.exists() and mark.exists() and mark.read_text(encoding="utf-8") == stamp(root, lock)


def _is_usable(venv: Path) -> bool:
    """Whether packages can be installed into `venv`: whole, of this folder, not left in the middle."""
    if (venv / ".installing").exists():
        return False
    question = "import sys, pip; assert sys.version_info >= (3, 11); print(sys.prefix)"
    try:
        answer = subprocess.run([venv / "bin" / "python", "-c", question], capture_output=True, text=True)
    except OSError:
        return False
    moved = any(not mark.read_text().endswith(f" {venv.parent}") for mark in venv.glob(".installed-*"))
    return answer.returncode == 0 and answer.stdout.strip() == str(venv) and not moved


def _require_space(root: Path, needed: int) -> None:
    free = shutil.disk_usage(root).free
    if free < needed:
        fail(
            f"Only {free // 2**20} MB are free on the disk of {root} and the set-up needs "
            f"{needed // 2**20} MB: free some space and run the same command again."
        )


def _make_environment(venv: Path) -> None:
    if venv.is_symlink():
        fail(f"{venv} is a link to a folder whose Python cannot be used: remove it and run ahsp again.")
    if venv.exists():
        shutil.rmtree(venv)
    # The interpreter with its version in its name: a later upgrade shows as a missing program.
    python = os.path.realpath(sys.executable)
    ensurepip = subprocess.run([python, "-I", "-c", "import ensurepip, venv"], capture_output=True)
    if ensurepip.returncode != 0:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        fail(
            f"{python} cannot make environments, since its module ensurepip is missing: "
            f"install it, for example with `sudo apt-get install python{version}-venv`, and run this again."
        )
    _run([python, "-I", "-m", "venv", str(venv)], venv.parent, "The Python environment could not be made")


def _install(root: Path, lock: str) -> None:
    pip = [str(root / ".venv" / "bin" / "python"), "-m", "pip", "install", "--no-input", "--require-hashes"]
    options = ["--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--progress-bar=off"]
    # Only wheels: a build would fetch its own tools, which no hash of the lock covers.
    _run([*pip, *options, "-r", str(root / lock)], root, f"The packages of {lock} could not be installed")


def _make_importable(root: Path) -> None:
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    python = root / ".venv" / "bin" / "python"
    answer = subprocess.run([python, "-c", question], capture_output=True, check=True, text=True)
    (Path(answer.stdout.strip()) / "ahsp-src.pth").write_text(f"{root / 'src'}\n", encoding="utf-8")


def _run(command: Sequence[str], root: Path, failure: str) -> None:
    """Run quietly; when it fails, show its last words and end."""
    log = root / ".cache" / "setup.log"
    with log.open("wb") as file:
        done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, cwd=root)
    if done.returncode != 0:
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()[-6:]:
            say(f"    {line}")
        fail(f"{failure}: see the lines above and {log}; check the network and run the same command again.")


def say(line: str) -> None:
    """Progress goes to standard error: standard output belongs to the command."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def fail(line: str, code: int = 2) -> NoReturn:
    """End with one line."""
    say(f"ahsp: {line}")
    sys.exit(code)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
