"""What an estimate would come to under other policies of rounding and other rules of VAT, without pricing it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.rounding import CALCULATION, Rounding, round_money, round_to_sen
from ahsp.engine.vat import VAT_RULES, Vat, VatRule, calculate_vat

_NO_MONEY = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Rounded:
    """The subtotal if every unit price were rounded by `policy`, and what that makes of `example`, in rupiah."""

    policy: Rounding
    subtotal: Decimal
    unit_price: Decimal | None
    amount: Decimal | None


def example_of(estimate: PricedEstimate) -> PricedItem | None:
    """The item with the largest amount that follows from an analysis: rounding shows best on it."""
    found = (one for one in estimate.items() if one.source is not None and one.amount is not None)
    return max(found, key=lambda one: one.amount or _NO_MONEY, default=None)


def rounded_by(estimate: PricedEstimate, policies: Iterable[Rounding]) -> list[Rounded]:
    """The estimate under each policy of rounding unit prices. Prices of the lines' own stay as they are."""
    own, computed = _NO_MONEY, []
    for one in estimate.items():
        if one.amount is None or one.item.quantity is None:
            continue
        exact = _exact(one)
        if exact is None:
            own += one.amount
        else:
            computed.append((one.item.quantity, exact))
    example = example_of(estimate)
    with localcontext(CALCULATION):
        return [_rounded(policy, own, computed, example) for policy in policies]


def _exact(one: PricedItem) -> Decimal | None:
    """The unit price before rounding; None where the line brought its own."""
    if one.source is None or one.direct_cost is None:
        return None
    with localcontext(CALCULATION):
        # As the engine does: times one plus the rate, so that both have the same digits.
        return one.direct_cost * (1 + one.overhead_rate)


def _rounded(
    policy: Rounding, own: Decimal, computed: Iterable[tuple[Decimal, Decimal]], example: PricedItem | None
) -> Rounded:
    amounts = (round_to_sen(quantity * round_money(exact, policy)) for quantity, exact in computed)
    subtotal = sum(amounts, own)
    exact = None if example is None else _exact(example)
    if example is None or exact is None or example.item.quantity is None:
        return Rounded(policy, subtotal, None, None)
    price = round_money(exact, policy)
    return Rounded(policy, subtotal, price, round_to_sen(example.item.quantity * price))


def taxed_by_each_rule(subtotal: Decimal, rules: Iterable[VatRule] = VAT_RULES) -> list[Vat]:
    """The tax on `subtotal` under each rule."""
    return [calculate_vat(subtotal, rule) for rule in rules]
