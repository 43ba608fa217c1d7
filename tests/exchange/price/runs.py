"""Runs `./ahsp price` as a person does, and bills to run it on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from ahsp.cli.price import price

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden"
HEADER = "No;Kode;Uraian;Satuan;Volume;Harga Satuan;Jumlah"


class Run(NamedTuple):
    code: int
    out: str
    err: str


def bill(folder: Path, lines: str, name: str = "boq.csv") -> Path:
    """A bill with `lines` (number; code; description; unit; quantity; unit price; amount) below the usual header."""
    path = folder / name
    body = "\n".join(line.strip() for line in lines.strip().splitlines())
    path.write_text(f"{HEADER}\n{body}\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    """The command within this process."""
    return CliRunner().invoke(price, [str(one) for one in arguments], catch_exceptions=False)


def as_json(*arguments: str | Path) -> dict[str, Any]:
    """What the command prints with --json, which must have ended well."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    shape: dict[str, Any] = json.loads(result.stdout)
    return shape


def run_process(*arguments: str | Path, folder: Path, **environment: str) -> Run:
    """The whole program in a process of its own."""
    command = [sys.executable, "-P", "-m", "ahsp.cli.main", "price", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True, timeout=60,
    )  # fmt: skip
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
