"""Engine values in few words."""

from __future__ import annotations

from decimal import Decimal

from ahsp.engine.analysis import (
    Analysis,
    AnalysisLine,
    InformationLine,
    LumpSumLine,
    NestedLine,
    PercentageLine,
    ResourceLine,
)
from ahsp.engine.estimate import Estimate, EstimateSettings, Section, WorkItem
from ahsp.engine.prices import PriceTable
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.engine.rounding import EXACT, Rounding
from ahsp.engine.vat import VatRule

WORKER = Resource(ResourceKind.LABOR, "Pekerja", "OH")
SAND = Resource(ResourceKind.MATERIAL, "Pasir", "m3")
CEMENT = Resource(ResourceKind.MATERIAL, "Semen", "kg")
MIXER = Resource(ResourceKind.EQUIPMENT, "Molen", "jam")
PRICES = {WORKER: Decimal(120_000), SAND: Decimal(275_000), CEMENT: Decimal(1_300), MIXER: Decimal(50_000)}
TABLE = PriceTable(PRICES)
TEN_PERCENT = Decimal("0.10")


def line(resource: Resource, coefficient: str | None, position: int = 1) -> ResourceLine:
    return ResourceLine(position, resource, None if coefficient is None else Decimal(coefficient))


def nested(code: str, coefficient: str | None = "1", position: int = 1) -> NestedLine:
    return NestedLine(position, code, None if coefficient is None else Decimal(coefficient))


def percentage(percent: str | None, *of: int, position: int = 1, kind: ResourceKind = SAND.kind) -> PercentageLine:
    return PercentageLine(position, kind, f"percentage {position}", None if percent is None else Decimal(percent), of)


def lump_sum(price: str | None, position: int = 1, coefficient: str | None = "1") -> LumpSumLine:
    figures = [None if text is None else Decimal(text) for text in (coefficient, price)]
    return LumpSumLine(position, MIXER.kind, "Alat bantu", *figures)


def note(position: int = 1) -> InformationLine:
    return InformationLine(position, "Catatan")


def analysis(code: str, *lines: AnalysisLine, unit: str = "m3") -> Analysis:
    return Analysis(code, f"work {code}", unit, lines)


def by_code(*analyses: Analysis) -> dict[str, Analysis]:
    return {one.code: one for one in analyses}


def item(
    key: str = "1",
    code: str | None = None,
    quantity: str | None = "1",
    *,
    price: str | None = None,
    overhead: str | None = None,
    unit: str = "m3",
) -> WorkItem:
    number, own, rate = (None if text is None else Decimal(text) for text in (quantity, price, overhead))
    return WorkItem(key, key, f"item {key}", unit, number, code, own, rate)


def section(key: str, *children: Section | WorkItem) -> Section:
    return Section(key, key, f"section {key}", children)


def estimate(
    *children: Section | WorkItem,
    analyses: dict[str, Analysis] | None = None,
    table: PriceTable = TABLE,
    vat: VatRule | None = None,
    policy: Rounding = EXACT,
) -> Estimate:
    return Estimate(children, analyses or {}, table, EstimateSettings(TEN_PERCENT, vat, policy))
