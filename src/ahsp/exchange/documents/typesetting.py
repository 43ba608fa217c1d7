"""Sets rab.typ with the data on standard input and writes the PDF to standard output.

Runs in a process of its own: the typesetter keeps what it has laid out, some 100 kB a line, for the next ten
documents, and a server's worker would never give that back. Only standard library and typst are imported here,
so that it starts fast.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("rab.typ")


def typeset(data: bytes, *, tags: bool) -> bytes:
    """`data` is the JSON that the template reads. Tags let a reader program speak the tables."""
    return typst.compile(TEMPLATE, ignore_system_fonts=True, sys_inputs={"data": data.decode("utf-8")}, pdf_tags=tags)


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read(), tags="--tags" in sys.argv))
