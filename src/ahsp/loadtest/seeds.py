"""What was seeded, as the people of the load test know it: read without Django, kept beside the secrets."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ahsp.operations.stack.files import replace_file
from ahsp.operations.stack.home import Home

# Whatever changes what is seeded raises it: an older set is then replaced.
SHAPE = 1
ACCOUNTS = 100
SIZES = (50, 100, 200)
SINGLE_SIZES = (50, 200, 1000)


@dataclass(frozen=True, slots=True)
class Item:
    """One work item somebody may open: the catalog's `code` is empty for a line with a price of its own."""

    pk: int
    code: str
    description: str


@dataclass(frozen=True, slots=True)
class SeededProject:
    """`first` and `last` are the names of the first and the last section, `items` a few of its `size` lines."""

    code: str
    name: str
    size: int
    first: str
    last: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a name, an organization and projects of their own."""

    email: str
    name: str
    password: str
    projects: tuple[SeededProject, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """`accounts` drive the mixes; `single` owns the projects that one client alone is measured on."""

    shape: int
    edition: str
    accounts: tuple[Account, ...]
    single: Account

    @property
    def items(self) -> int:
        return sum(project.size for account in (*self.accounts, self.single) for project in account.projects)


def seeds_file(home: Home) -> Path:
    """Where the seeds of `home` are written, with their passwords: readable by the owner alone."""
    return home.secrets / "loadtest-seeds.json"


def write_seeds(path: Path, seeds: Seeds) -> None:
    replace_file(path, json.dumps(asdict(seeds), indent=0, ensure_ascii=False))


def read_seeds(path: Path) -> Seeds | None:
    """None when nothing, or another shape, was seeded."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if found.get("shape") != SHAPE:
        return None
    accounts = tuple(_account(one) for one in found["accounts"])
    return Seeds(found["shape"], found["edition"], accounts, _account(found["single"]))


def _account(found: dict[str, Any]) -> Account:
    projects = tuple(
        SeededProject(**{**project, "items": tuple(Item(**item) for item in project["items"])})
        for project in found["projects"]
    )
    return Account(found["email"], found["name"], found["password"], projects)
