"""What a project is spent on, as bodies of the API."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ahsp.core.api.bodies import plain
from ahsp.engine.estimate import PricedEstimate, PricedItem
from ahsp.engine.item_pricing import USUAL_OVERHEAD
from ahsp.engine.pareto import Grade
from ahsp.engine.policies import example_of, rounded_by, taxed_by_each_rule
from ahsp.engine.purchases import Purchase
from ahsp.engine.rounding import EXACT, Rounding, round_money, round_to_sen, without_noise
from ahsp.estimates.bodies import Body, figure, share
from ahsp.estimates.needs_bodies import needs_body
from ahsp.estimates.spending.queries import needs_of, ranking
from ahsp.estimates.tree import HUNDRED
from ahsp.projects.models import Project, UnitPriceRounding

_NO_MONEY = Decimal("0.00")
_ZERO = Decimal(0)


def needs(project: Project, section: int | None) -> Body:
    """Resource needs with how each is bought."""
    found = needs_of(project, section)
    body = needs_body(project, found.found)
    for one, purchase in zip(body["results"], found.purchases, strict=True):
        one["purchase"] = _purchase(purchase)
    return {**body, "section": section}


def _purchase(found: Purchase | None) -> Body | None:
    if found is None:
        return None
    # A division (a day's wage / 7) leaves noise behind the figure that is meant.
    quantity, price = (None if one is None else without_noise(one) for one in (found.quantity, found.price))
    return {
        "unit": found.unit,
        "factor": figure(without_noise(found.factor)),
        "quantity": figure(quantity),
        "price": figure(price),
    }


def ranking_page(project: Project, of: str, start: int, size: int) -> Body:
    """Some of the ranking, and what each grade comes to."""
    ranked = ranking(project, of)
    return {
        "revision": project.revision,
        "of": of,
        "count": len(ranked),
        "grades": _grades(ranked),
        "results": ranked[start : start + size],
    }


def _grades(ranked: Iterable[Body]) -> list[Body]:
    counts = dict.fromkeys(Grade, 0)
    amounts = dict.fromkeys(Grade, _NO_MONEY)
    for one in ranked:
        grade = Grade(one["grade"])
        counts[grade] += 1
        amounts[grade] += Decimal(one["amount"])
    whole = sum(amounts.values(), _NO_MONEY)
    return [
        {
            "grade": grade.value,
            "count": counts[grade],
            "amount": plain(amounts[grade]),
            "share": share(amounts[grade] / whole if whole else _ZERO),
        }
        for grade in Grade
    ]


def policies(project: Project, estimate: PricedEstimate) -> Body:
    """What each policy and each rule would make of this project's own figures."""
    return {
        "revision": project.revision,
        "complete": estimate.complete,
        "subtotal": plain(estimate.subtotal),
        "example": _example(example_of(estimate)),
        "unit_price": _unit_price(project, estimate),
        "total": _total(project, estimate),
        "vat": _vat(project, estimate),
        "overhead": _overhead(project, estimate),
    }


def _example(one: PricedItem | None) -> Body | None:
    if one is None or one.unit_price is None:
        return None
    item = one.item
    return {
        "key": item.key,
        "number": item.number,
        "name": item.description,
        "unit": item.unit,
        "quantity": plain(item.quantity),
        "exact": figure(one.unit_price.exact),
    }


def _choices() -> list[tuple[str, str, Rounding]]:
    return [(value, str(label), Rounding.parse(value)) for value, label in UnitPriceRounding.choices]


def _unit_price(project: Project, estimate: PricedEstimate) -> Body:
    choices = _choices()
    found = rounded_by(estimate, [policy for _, _, policy in choices])
    exact = next(one.subtotal for one in found if one.policy == EXACT)
    return {
        "chosen": project.unit_price_rounding,
        "choices": [
            {
                "policy": value,
                "label": label,
                "unit_price": figure(one.unit_price),
                "amount": plain(one.amount),
                "subtotal": plain(one.subtotal),
                "difference": plain(one.subtotal - exact),
            }
            for (value, label, _), one in zip(choices, found, strict=True)
        ],
    }


def _total(project: Project, estimate: PricedEstimate) -> Body:
    choices = []
    for value, label, policy in _choices():
        rounded = round_money(estimate.total, policy)
        difference = plain(rounded - estimate.total)
        choices.append({"policy": value, "label": label, "rounded_total": plain(rounded), "difference": difference})
    return {"chosen": project.total_rounding, "total": plain(estimate.total), "choices": choices}


def _vat(project: Project, estimate: PricedEstimate) -> Body:
    chosen = estimate.vat.rule if estimate.vat else None
    rules = []
    for vat in taxed_by_each_rule(estimate.subtotal):
        rules.append(
            {
                "valid_from": vat.rule.valid_from.isoformat(),
                "rate": plain(vat.rule.rate),
                "base_fraction": str(vat.rule.base_fraction),
                "source": vat.rule.source,
                "base": plain(vat.base),
                "amount": plain(vat.amount),
                "total": plain(estimate.subtotal + vat.amount),
                "chosen": vat.rule == chosen,
            }
        )
    return {"date": project.vat_date.isoformat(), "rules": rules}


def _overhead(project: Project, estimate: PricedEstimate) -> Body:
    """How many items stand under which rate, and what it adds; items with a price of their own bear none."""
    groups: dict[Decimal, dict[str, Any]] = {}
    own, own_amount = 0, _NO_MONEY
    for one in estimate.items():
        if one.unit_price is not None and one.unit_price.own:
            own += 1
            own_amount += one.amount or _NO_MONEY
        elif one.source is not None:
            _add_overhead(groups.setdefault(one.overhead_rate.normalize(), {"items": 0, "direct": _ZERO}), one)
    low, high = USUAL_OVERHEAD
    return {
        "rate": f"{project.overhead.normalize():f}",
        "usual": {"low": _percent(low), "high": _percent(high)},
        "groups": [_group(rate, groups[rate]) for rate in sorted(groups)],
        "own_prices": {"items": own, "amount": plain(own_amount)},
    }


def _add_overhead(group: dict[str, Any], one: PricedItem) -> None:
    group["items"] += 1
    if one.item.quantity is not None and one.direct_cost is not None:
        group["direct"] += one.item.quantity * one.direct_cost


def _group(rate: Decimal, group: dict[str, Any]) -> Body:
    direct = group["direct"]
    low, high = USUAL_OVERHEAD
    return {
        "rate": _percent(rate),
        "usual": low <= rate <= high,
        "items": group["items"],
        "direct_cost": plain(round_to_sen(direct)),
        "overhead_and_profit": plain(round_to_sen(direct * rate)),
    }


def _percent(rate: Decimal) -> str:
    return f"{(rate * HUNDRED).normalize():f}"
