"""Where in the file a finding of the calculation belongs: file, row and column, as for findings of the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ahsp.engine.estimate import PricedEstimate, PricedItem, PricedSection
from ahsp.engine.issues import Issue
from ahsp.exchange.reading.boq import Boq

# The field of the bill that the first word of an issue's code speaks of.
FIELDS: Mapping[str, str] = {
    "analysis": "code",
    "item": "code",
    "price": "code",
    "quantity": "quantity",
    "unit": "unit",
    "unit_price": "unit_price",
}

Child = PricedSection | PricedItem


def locate_issues(estimate: PricedEstimate, boq: Boq) -> PricedEstimate:
    """The same estimate, its items' issues with "file", "row" and, where the bill has it, "column" in their data.

    The keys of the items are their rows in the file, as `to_children` makes them.
    """
    return replace(estimate, children=_children(estimate.children, boq))


def _children(children: Sequence[Child], boq: Boq) -> tuple[Child, ...]:
    return tuple(
        replace(child, children=_children(child.children, boq))
        if isinstance(child, PricedSection)
        else _item(child, boq)
        for child in children
    )


def _item(item: PricedItem, boq: Boq) -> PricedItem:
    if not item.issues:
        return item
    return item._replace(issues=tuple(_located(issue, item.item.key, boq) for issue in item.issues))


def _located(issue: Issue, row: str, boq: Boq) -> Issue:
    if "row" in issue.data:
        return issue
    place = {"file": boq.file, "row": row}
    column = boq.columns.get(FIELDS.get(issue.code.split(".")[0], ""))
    if column is not None:
        place["column"] = column
    return replace(issue, data={**place, **issue.data})
