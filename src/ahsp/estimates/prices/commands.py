"""Commands on prices and conversions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.estimates.prices import conversions, services
from ahsp.estimates.prices import serializers as shape
from ahsp.estimates.prices.bodies import prices_grid
from ahsp.estimates.prices.rows import resource_of
from ahsp.estimates.prices.services import TypedPrice
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

Result = Mapping[str, Any] | None
PRICES = {"prices": prices_grid}
"""One price changes the cost and the share of many: whoever looks at them need not ask again."""


@command("prices.set", shape.SetPricesSerializer, also=PRICES)
def set_prices(entry: Entry, arguments: Arguments) -> Result:
    """Write prices of the project over those of its book; an empty price goes back to the book's."""
    if arguments.get("conversions"):
        conversions.set_conversions(entry=entry, wanted=arguments["conversions"])
    return services.set_prices(entry=entry, cells=[_typed(row, row["values"]) for row in arguments["cells"]])


@command("prices.reset", shape.ResetPricesSerializer, also=PRICES)
def reset_prices(entry: Entry, arguments: Arguments) -> Result:
    """Take prices of the project out, so that those of its book hold again."""
    return services.reset_prices(entry=entry, cells=[_typed(row, {}) for row in arguments["resources"]])


@command("conversions.set", shape.SetConversionsSerializer, also=PRICES)
def set_conversions(entry: Entry, arguments: Arguments) -> Result:
    """Record factors between units of a resource; one between the same units is changed."""
    ids = conversions.set_conversions(entry=entry, wanted=arguments["conversions"])
    return {"conversions": [key_of("c", pk) for pk in ids]}


@command("conversions.remove", shape.RemoveConversionsSerializer, also=PRICES)
def remove_conversions(entry: Entry, arguments: Arguments) -> Result:
    """Take factors out. Refused while prices are converted by them, unless confirmed: then these are missing."""
    pks = [int(key[1:]) for key in arguments["keys"]]
    conversions.remove_conversions(entry=entry, pks=pks, confirmed=arguments["confirmed"])
    return None


def _typed(row: Mapping[str, Any], values: Mapping[str, str]) -> TypedPrice:
    resource = resource_of(row["resource"])
    return TypedPrice(row.get("key") or f"{resource.name} ({resource.unit})", resource, row["version"], dict(values))
