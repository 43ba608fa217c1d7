"""Resources: what an analysis consumes."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ResourceKind(StrEnum):
    """The three groups of an analysis: A labour, B material, C equipment."""

    LABOR = "labor"
    MATERIAL = "material"
    EQUIPMENT = "equipment"


class Resource(NamedTuple):
    """Identity of a resource within an edition: kind + name + unit, never its code.

    A NamedTuple, for it is the key of every price look-up and hashes fast.
    """

    kind: ResourceKind
    name: str
    unit: str
