"""An analysis (AHSP): what one unit of work takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ahsp.engine.resources import Resource, ResourceKind


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """coefficient x price of a resource. `coefficient` is per unit of the analysis; None is missing."""

    position: int
    resource: Resource
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True)
class PercentageLine:
    """`percent` / 100 x the sum of the amounts of the lines at the positions `of`.

    Example: accessories = 35 % of the pipe. Counted in group `kind`.
    """

    position: int
    kind: ResourceKind
    name: str
    percent: Decimal | None
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NestedLine:
    """coefficient x the direct cost D of another analysis, added group by group (A to A, B to B, C to C)."""

    position: int
    analysis: str
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True)
class LumpSumLine:
    """A sum agreed for the unit of work ("alat bantu 1 Ls"): coefficient x its own price in rupiah."""

    position: int
    kind: ResourceKind
    name: str
    coefficient: Decimal | None
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class InformationLine:
    """A row that explains and costs nothing; it is shown and never counted."""

    position: int
    name: str


AnalysisLine = ResourceLine | PercentageLine | NestedLine | LumpSumLine | InformationLine


@dataclass(frozen=True, slots=True)
class Analysis:
    """`code` is unique within the edition (or project) the analysis came from."""

    code: str
    name: str
    unit: str
    lines: tuple[AnalysisLine, ...]
