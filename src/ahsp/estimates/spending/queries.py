"""What a project is spent on: its needs, its Pareto, and what other policies would make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ahsp.core.errors import NotFound
from ahsp.core.revision_cache import by_revision
from ahsp.engine.estimate import PricedEstimate, price_estimate
from ahsp.engine.needs import Need, ResourceNeeds, resource_needs
from ahsp.engine.pareto import Ranked, pareto
from ahsp.engine.parts import section_alone
from ahsp.engine.prices import PriceTable
from ahsp.engine.purchases import Purchase, purchase_of
from ahsp.engine.rounding import round_to_sen
from ahsp.estimates.bodies import Body, pk_of
from ahsp.estimates.bodies import share as written_share
from ahsp.estimates.queries import load_estimate, priced_estimate
from ahsp.estimates.tree import section_key
from ahsp.projects.models import Project


class Needs(NamedTuple):
    """The needs with, for each, how it is bought, in the same order."""

    found: ResourceNeeds
    purchases: list[Purchase | None]


def needs_of(project: Project, section: int | None = None) -> Needs:
    """Of the whole project, or of one section of it. Raises NotFound for a section that is not there."""
    estimate = load_estimate(project)
    priced = price_estimate(estimate)
    if section is not None:
        alone = section_alone(priced, section_key(section))
        if alone is None:
            raise NotFound("section.not_found", {"project": project.name})
        priced = alone
    found = resource_needs(priced)
    return Needs(found, _purchases(found.needs, estimate.prices))


def _purchases(needs: tuple[Need, ...], table: PriceTable) -> list[Purchase | None]:
    return [purchase_of(need, table) for need in needs]


def _ranked_items(estimate: PricedEstimate) -> list[Body]:
    ranked = pareto((one, one.amount) for one in estimate.items() if one.amount is not None)
    return [
        {
            "key": one.value.item.key,
            "id": pk_of(one.value),
            "number": one.value.item.number,
            "name": one.value.item.description,
            "unit": one.value.item.unit,
            **_rank(one),
        }
        for one in ranked
    ]


def _ranked_resources(estimate: PricedEstimate) -> list[Body]:
    found = resource_needs(estimate).needs
    ranked = pareto((need.key, need.cost) for need in found if need.cost is not None)
    return [
        {"kind": one.value.kind.value, "name": one.value.name, "unit": one.value.unit, **_rank(one)} for one in ranked
    ]


def _rank(one: Ranked[Any]) -> Body:
    return {
        "amount": f"{round_to_sen(one.amount):f}",
        "share": written_share(one.share),
        "cumulative": written_share(one.cumulative),
        "grade": one.grade.value,
    }


RANKED: dict[str, Callable[[PricedEstimate], list[Body]]] = {"items": _ranked_items, "resources": _ranked_resources}
"""What can be ranked by its cost."""


def ranking(project: Project, of: str) -> list[Body]:
    """Largest amount first, as bodies of the API; kept, for its pages are asked for one by one."""
    make = RANKED[of]
    return by_revision(f"ranking-{of}", project, lambda: make(priced_estimate(project)))
