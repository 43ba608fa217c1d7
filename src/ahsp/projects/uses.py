"""Who uses what is to go: told before it is taken away, and asked about once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from ahsp.core.errors import Conflict

MOST_TOLD = 100


class Use(TypedDict):
    """A row that uses another: its key, and what a person calls it."""

    key: str
    label: str


class InUse(Conflict):
    """Others rest on what is to go, and the act was not `confirmed`. `more` has them as `uses` and, as words alone,
    as `affected`; at most MOST_TOLD."""

    def __init__(self, code: str, uses: Sequence[Use], **data: str) -> None:
        super().__init__(code, {"count": str(len(uses)), **data})
        told = list(uses[:MOST_TOLD])
        self.more: dict[str, Any] = {"uses": told, "affected": [use["label"] for use in told]}
