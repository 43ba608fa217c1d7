"""`./ahsp price` on a bill of 10,000 lines, as a person runs it: a process of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ahsp.catalog.packages import edition_path, read_edition

SLUG = "ck-se47-2026"
LINES = 10_000
ROUNDS = 3
# The kernel counts memory in kilobytes, on macOS in bytes.
BYTES_OF_A_UNIT = 1 if sys.platform == "darwin" else 1024


def measure() -> dict[str, float]:
    """`seconds` (median of three runs) and `megabytes` (largest of them) from the start of Python to its end."""
    with tempfile.TemporaryDirectory() as folder:
        bill = Path(folder) / "bill.csv"
        _write_bill(bill)
        runs = sorted(_run(bill) for _ in range(ROUNDS))
    return {
        "lines": LINES,
        "seconds": round(runs[ROUNDS // 2][0], 2),
        "megabytes": round(max(size for _, size in runs)),
    }


def _write_bill(file: Path) -> None:
    records = read_edition(edition_path(SLUG)).records
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["No", "Kode", "Uraian", "Satuan", "Volume"])
        for number in range(LINES):
            record = records[number % len(records)]
            writer.writerow([number + 1, record.code, record.name, record.unit, f"{number % 97 + 1},5"])


def _run(bill: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run. Raises RuntimeError when it fails."""
    begin = time.perf_counter()
    command = [sys.executable, "-P", "-m", "ahsp.cli.main", "price", str(bill), "--json", "--locale", "id"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"./ahsp price ended with {process.returncode}")
    return time.perf_counter() - begin, usage.ru_maxrss * BYTES_OF_A_UNIT / 2**20
