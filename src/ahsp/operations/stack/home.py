"""The folder that holds everything a running installation keeps: data, logs, secrets, ports."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ahsp.operations.stack.errors import StackError

REPOSITORY = Path(__file__).resolve().parents[4]
# PostgreSQL writes a first set of files of 40 MB and needs room for its log of changes.
SMALLEST_FREE_SPACE = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Home:
    """Places below one folder. Only `open_home` makes sure that they can be used."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def pgbouncer(self) -> Path:
        return self.root / "pgbouncer"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def metrics(self) -> Path:
        """What each process of the application has counted; emptied at every start."""
        return self.root / "metrics"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def running(self) -> Path:
        return self.root / "running.json"

    @property
    def children(self) -> Path:
        return self.root / "children.json"

    @property
    def demo(self) -> Path:
        """E-mail and password of the demo as JSON, while they let somebody in."""
        return self.secrets / "demo.json"

    @property
    def ports(self) -> Path:
        return self.root / "ports.json"


def default_home() -> Path:
    """`AHSP_HOME`, or `.ahsp` beside the source."""
    named = os.environ.get("AHSP_HOME")
    return Path(named).expanduser().absolute() if named else REPOSITORY / ".ahsp"


def open_home(root: Path) -> Home:
    """Make the folder if it is absent and check that it can be used. Raises StackError, deletes nothing."""
    home = Home(root)
    try:
        # Others may pass through, so that the servers' own user reaches its two folders; secrets stay closed.
        root.mkdir(mode=0o755, parents=True, exist_ok=True)
        home.log.mkdir(mode=0o700, exist_ok=True)
        home.secrets.mkdir(mode=0o700, exist_ok=True)
        _prove_writable(home)
    except FileExistsError as error:
        raise StackError("stack.home_is_file", path=str(error.filename)) from error
    except NotADirectoryError as error:
        raise StackError("stack.home_is_file", path=str(error.filename)) from error
    except OSError as error:
        raise StackError("stack.home_unusable", path=str(root), reason=error.strerror or str(error)) from error
    return home


def _prove_writable(home: Home) -> None:
    for folder in (home.root, home.log, home.secrets):
        list(folder.iterdir())
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "no permission to write", str(folder))


def require_space(home: Home, needed: int = SMALLEST_FREE_SPACE) -> None:
    """Raises StackError when the disk of `home` has fewer than `needed` bytes free."""
    free = shutil.disk_usage(home.root).free
    if free < needed:
        raise StackError("stack.disk_full", path=str(home.root), free=str(free // 2**20), needed=str(needed // 2**20))
