"""What the driving process is told: it is a process of its own, for Locust replaces Python's sockets and threads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """`address` is driven by `users` people of `mix` for `seconds`.

    `seeds` is the file of the seeds, `records` the one to write. With `shared` everybody has the first account.
    `bare` is the address of the bare page, where it is what is measured.
    """

    address: str
    mix: str
    users: int
    spawn_rate: float
    seconds: float
    shared: bool
    seeds: str
    records: str
    bare: str = ""

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Plan:
        return cls(**json.loads(path.read_text(encoding="utf-8")))
