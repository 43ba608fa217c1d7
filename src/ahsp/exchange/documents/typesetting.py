"""Sets a template of this folder with the data on standard input and writes the PDF to standard output.

Runs in a process of its own: the typesetter keeps what it has laid out, some 100 kB a line, for the next ten
documents, and a server's worker would never give that back. Only standard library and typst are imported here,
so that it starts fast.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).parent


def typeset(template: str, data: bytes, *, tags: bool) -> bytes:
    """`data` is the JSON that the template reads. Tags let a reader program speak the tables."""
    inputs = {"data": data.decode("utf-8")}
    return typst.compile(FOLDER / template, ignore_system_fonts=True, sys_inputs=inputs, pdf_tags=tags)


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.argv[1], sys.stdin.buffer.read(), tags="--tags" in sys.argv))
