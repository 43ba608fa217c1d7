"""Resources: what an analysis consumes."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
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


@lru_cache(maxsize=65_536)
def shared_resource(kind: ResourceKind, name: str, unit: str) -> Resource:
    """The resource of this identity, one object for all who read it: rows of a database, packages, price books.

    A key that is the very object found needs no comparison, which makes the look-up of its price twice as fast.
    """
    return Resource(kind, name, unit)
