"""A price list laid against the resources of a project: what each row becomes, and why others become nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ahsp.engine.numbers import Notation
from ahsp.engine.prices import PriceTable, bridge
from ahsp.engine.resources import Resource
from ahsp.engine.units import fold_unit
from ahsp.estimates.prices.typed import Unusable, read_day, read_price, spelled
from ahsp.exchange.price_lists.lists import ListRow, fold_name
from ahsp.exchange.reading.price_columns import PriceField

TOLD = (PriceField.SOURCE, PriceField.REGION, PriceField.DATED, PriceField.DOCUMENT, PriceField.NOTE)
_LONGEST = {PriceField.SOURCE: 300, PriceField.REGION: 200, PriceField.DOCUMENT: 300}


class What(StrEnum):
    """The first two are written, the others are told."""

    WRITES = "writes"
    CONVERTS = "converts"
    SAME = "same"
    REPEATED = "repeated"
    NEEDS_CONVERSION = "needs_conversion"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    CONTRADICTS = "contradicts"
    WRONG = "wrong"


WRITTEN = (What.WRITES, What.CONVERTS)


@dataclass(slots=True)
class Outcome:
    """What a row becomes: `price` per `unit` of `resource`; `code` and `data` fill the sentence that says why not."""

    row: ListRow
    what: What
    resource: Resource | None = None
    price: Decimal | None = None
    unit: str = ""
    code: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a project has now: its resources, the price and unit recorded for those that have one, and its factors."""

    resources: Sequence[Resource]
    prices: Mapping[Resource, tuple[Decimal, str]]
    table: PriceTable


def match(rows: Iterable[ListRow], recorded: Recorded, notation: Notation) -> list[Outcome]:
    """One outcome for each row, in their order."""
    by_name: dict[str, list[Resource]] = defaultdict(list)
    for one in recorded.resources:
        by_name[fold_name(one.name)].append(one)
    found = [_match(row, by_name, recorded, notation) for row in rows]
    _mark_contradictions(found)
    return found


def _match(row: ListRow, by_name: Mapping[str, list[Resource]], recorded: Recorded, notation: Notation) -> Outcome:
    candidates = by_name.get(fold_name(row.text(PriceField.RESOURCE)), [])
    if row.kind is not None:
        candidates = [one for one in candidates if one.kind is row.kind]
    if not candidates:
        return Outcome(row, What.UNKNOWN)
    unit = row.text(PriceField.UNIT)
    if not unit:
        return Outcome(row, What.WRONG, code="list.unit_missing")
    try:
        price = read_price(row.text(PriceField.PRICE), notation)
        read_day(row.text(PriceField.DATED))
        _require_short(row)
    except Unusable as error:
        # In a list it is not one cell that is to be mended, but how all of them are read.
        code = "list.ambiguous" if error.code == "price.ambiguous" else error.code
        return Outcome(row, What.WRONG, code=code, data=error.data)
    if not price:
        return Outcome(row, What.WRONG, code="list.price_zero")
    return _place(row, candidates, unit, price, recorded)


def _require_short(row: ListRow) -> None:
    for name, longest in _LONGEST.items():
        if len(row.text(name)) > longest:
            raise Unusable("price.too_long", {"limit": str(longest)})


def _place(row: ListRow, candidates: list[Resource], unit: str, price: Decimal, recorded: Recorded) -> Outcome:
    """On the resource in this unit, else on the only one that a factor leads to."""
    same = [one for one in candidates if fold_unit(one.unit) == fold_unit(unit)]
    if len(same) == 1:
        return _written(row, same[0], "", price, recorded)
    if same or len(candidates) > 1:
        return Outcome(row, What.SEVERAL, code="list.several", data={"count": str(len(same or candidates))})
    (resource,) = candidates
    conversions = (one for one in recorded.table.conversions if one.name == resource.name)
    unit = spelled(unit, (part for one in conversions for part in (one.from_unit, one.to_unit)))
    if bridge(recorded.table, resource, unit) is None:
        data = {"name": resource.name, "from_unit": unit, "to_unit": resource.unit}
        return Outcome(row, What.NEEDS_CONVERSION, resource, price, unit, "price.needs_conversion", data)
    return _written(row, resource, unit, price, recorded)


def _written(row: ListRow, resource: Resource, bought: str, price: Decimal, recorded: Recorded) -> Outcome:
    unit = bought or resource.unit
    if recorded.prices.get(resource) == (price, unit):
        return Outcome(row, What.SAME, resource, price, unit)
    return Outcome(row, What.CONVERTS if bought else What.WRITES, resource, price, unit)


def _mark_contradictions(found: Sequence[Outcome]) -> None:
    """A resource that stands twice with two prices gets neither; what stands twice alike counts once."""
    groups: dict[Resource, list[Outcome]] = defaultdict(list)
    for one in found:
        if one.resource is not None and one.what in {*WRITTEN, What.SAME}:
            groups[one.resource].append(one)
    for first, *rest in groups.values():
        alike = all((one.price, one.unit) == (first.price, first.unit) for one in rest)
        for one in rest if alike else (first, *rest):
            one.what = What.REPEATED if alike else What.CONTRADICTS
            other = first if alike or one is not first else rest[0]
            one.code, one.data = f"list.{one.what.value}", {"row": str(other.row.number)}


def counts(found: Iterable[Outcome]) -> dict[str, int]:
    """How many rows became what; all of What are there."""
    counted = Counter(one.what for one in found)
    return {what.value: counted[what] for what in What}
