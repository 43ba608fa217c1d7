"""What the names in quantity formulas stand for while a project's quantities are calculated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ahsp.engine.formula_syntax import FormulaError
from ahsp.engine.issues import Issue, error

ITEM_NAME = re.compile(r"v[1-9][0-9]{0,9}")
"""v12 is the quantity of the item with the tag 12."""


@dataclass(slots=True)
class KnownNames:
    """`values` of what could be calculated so far, `faulty` names that could not, `unmeasured` items nobody gave a
    quantity. `labels` tell an item as a person sees it."""

    values: dict[str, Decimal] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    unmeasured: set[str] = field(default_factory=set)
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, name: str) -> str:
        return self.labels.get(name, name)

    def explain(self, problem: FormulaError) -> Issue:
        """The issue of `problem`; of a name without value, why it has none."""
        if problem.code != "formula.unknown_name":
            return problem.issue
        name = problem.data["name"]
        data = {**problem.data, "name": self.label(name)}
        if name in self.faulty:
            return error("formula.depends_on_invalid", **data)
        if name in self.unmeasured:
            return error("formula.quantity_missing", **data)
        if ITEM_NAME.fullmatch(name):
            return error("formula.unknown_item", **data)
        return problem.issue
