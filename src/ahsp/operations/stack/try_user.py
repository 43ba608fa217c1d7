"""Whether the servers' user could run the application: `python -m ahsp.operations.stack.try_user HOST PORT FOLDER`.

Run as that user. The interpreter, the packages, the source and the built pages in FOLDER may lie where only root
reads, and the port may be one only root may listen on; then it ends with an error that says so.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from ahsp.operations.stack.ports import can_listen

NEEDED = ("django", "celery", "granian", "psycopg", "redis", "typst", "ahsp.environment")


def try_everything(host: str, port: int, folder: Path) -> None:
    """Raises ImportError or OSError for the first thing that is out of reach."""
    for module in NEEDED:
        importlib.import_module(module)
    for path in folder.rglob("*"):
        if path.is_file():
            path.open("rb").close()
    error = can_listen(host, port)
    if error is not None:
        raise error


if __name__ == "__main__":
    try_everything(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
