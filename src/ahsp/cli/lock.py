"""`./ahsp lock`: writes the lock files from pyproject.toml; `[tool.uv.pip]` says how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from ahsp.core.errors import AhspError
from ahsp.operations.stack.home import REPOSITORY

LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev"],
    "requirements-node.lock": ["--group", "node"],
}


@click.command()
@click.option("--upgrade", is_flag=True, help="Take the newest versions rather than those locked now.")
def lock(upgrade: bool) -> None:
    """Write the lock files anew from pyproject.toml."""
    uv = Path(sys.executable).parent / "uv"
    for name, arguments in LOCKS.items():
        options = ["--quiet", "--upgrade"] if upgrade else ["--quiet"]
        command = [str(uv), "pip", "compile", *arguments, *options, "--output-file", name]
        done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            raise AhspError("cli.lock_failed", {"file": name})
