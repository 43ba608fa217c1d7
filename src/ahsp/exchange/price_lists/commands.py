"""The command that pastes a price list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.estimates.prices.commands import PRICES
from ahsp.exchange.price_lists.serializers import PastePricesSerializer
from ahsp.exchange.price_lists.services import paste_prices
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry


@command("prices.paste", PastePricesSerializer, also=PRICES)
def paste(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Write the prices of a list whose rows name resources of the project; the answer tells what each row became."""
    return paste_prices(entry=entry, arguments=arguments)
