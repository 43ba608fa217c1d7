"""What each rounding policy does to a number, calculated by the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import template

from ahsp.engine.rounding import CENT, Rounding, round_money

register = template.Library()

UNIT_PRICE = Decimal("1361455.2936")
QUANTITY = Decimal("42.18")
TOTAL = Decimal("1860078607.50")


@dataclass(frozen=True, slots=True)
class Example:
    """`policy` as text; `before` and `after` it in rupiah; `amount` of QUANTITY at the rounded unit price."""

    policy: str
    before: Decimal
    after: Decimal
    amount: Decimal


def _example(policy: str, before: Decimal) -> Example:
    after = round_money(before, Rounding.parse(policy))
    return Example(policy, before, after, round_money(after * QUANTITY, CENT))


@register.simple_tag
def unit_price_examples(choices: Iterable[tuple[str, str]]) -> list[Example]:
    """The worked unit price under each policy of a form field's choices."""
    return [_example(policy, UNIT_PRICE) for policy, _ in choices if policy]


@register.simple_tag
def total_examples(choices: Iterable[tuple[str, str]]) -> list[Example]:
    """The worked total under each policy of a form field's choices."""
    return [_example(policy, TOTAL) for policy, _ in choices if policy]


@register.simple_tag
def example_quantity() -> Decimal:
    """The quantity of the worked amount, in m3."""
    return QUANTITY
