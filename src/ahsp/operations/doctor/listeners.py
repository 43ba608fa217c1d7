"""Which process of this machine listens on a port, as far as the kernel lets us see."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LISTENS = "0A"
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Listener:
    """A process: its number, its name and its state as one letter of the kernel."""

    pid: int
    name: str
    state: str

    @property
    def is_stopped(self) -> bool:
        """By SIGSTOP or a debugger: it holds its port and does nothing."""
        return self.state in "Tt"


def find_listener(port: int) -> Listener | None:
    """None where nobody listens, the process is not ours to see, or the system is not Linux."""
    sockets = {f"socket:[{inode}]" for inode in _inodes(port)}
    if not sockets:
        return None
    holders = sorted(int(folder.name) for folder in PROC.glob("[0-9]*") if _holds(folder, sockets))
    # The first of a family: its children inherit what it listens on.
    return next((found for pid in holders if (found := process(pid))), None)


def process(pid: int) -> Listener | None:
    """The process `pid`, while it lives."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    name = text[text.index("(") + 1 : text.rindex(")")]
    state = text.rpartition(")")[2].split()[0]
    return None if state in "ZX" else Listener(pid, name, state)


def _inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("tcp", "tcp6"):
        try:
            lines = (PROC / "net" / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == LISTENS and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes


def _holds(folder: Path, sockets: set[str]) -> bool:
    try:
        return any(str(file.readlink()) in sockets for file in (folder / "fd").iterdir())
    except OSError:
        return False


def children_of(pid: int) -> list[Listener]:
    """The processes that `pid` started and that live."""
    try:
        text = (PROC / str(pid) / "task" / str(pid) / "children").read_text()
    except OSError:
        return []
    return [found for child in text.split() if (found := process(int(child)))]
