"""Who uses a parameter or the quantity of an item, asked before it is taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypedDict

from ahsp.core.errors import Conflict
from ahsp.estimates.quantities.sources import Reach, load_items, tags_of
from ahsp.projects.models import Project
from ahsp.projects.tables import key_of

MOST_TOLD = 100


class Use(TypedDict):
    """A row that names something in a formula: its key, and what a person calls it."""

    key: str
    label: str


class InUse(Conflict):
    """Others rest on what is to go: their labels are `affected`, with their keys they are `uses`, at most MOST_TOLD."""

    def __init__(self, code: str, uses: list[Use], **data: str) -> None:
        super().__init__(code, {"count": str(len(uses)), **data})
        told = uses[:MOST_TOLD]
        self.more: dict[str, Any] = {"affected": [use["label"] for use in told], "uses": told}


def uses_of(project: Project, names: Iterable[str], reach: Reach | None = None) -> dict[str, list[Use]]:
    """By name, the parameters and items that refer to it, parameters first."""
    reach = reach or Reach(project)
    wanted = {name: reach.users(name) for name in names}
    items = {row.name: row for row in load_items(project, tags_of({one for users in wanted.values() for one in users}))}
    keys = {one.name: key_of("p", one.pk) for one in reach.parameters}
    found: dict[str, list[Use]] = {}
    for name, users in wanted.items():
        of_parameters: list[Use] = [{"key": keys[one], "label": one} for one in users if one in keys]
        of_items: list[Use] = [
            {"key": key_of("i", items[one].pk), "label": items[one].label} for one in users if one in items
        ]
        found[name] = of_parameters + of_items
    return found


def require_unused(project: Project, names: Collection[str], *, code: str, leaving: Collection[str]) -> None:
    """Raises InUse when a row whose key is not in `leaving` refers to one of `names`."""
    uses = {use["key"]: use for found in uses_of(project, names).values() for use in found if use["key"] not in leaving}
    if uses:
        raise InUse(code, list(uses.values()), names=", ".join(list(names)[:10]))
