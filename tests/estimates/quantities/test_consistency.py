"""Whatever is done in whatever order, stored quantities are those of a calculation from nothing."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from ahsp.core.errors import AhspError
from ahsp.estimates.models import Parameter, TakeoffLine, WorkItem
from ahsp.estimates.quantities.queries import whole_takeoff
from ahsp.estimates.tree import issues_to_json
from ahsp.exchange.project_files import copy_project
from ahsp.projects.models import Project
from tests.estimates.quantities.acts import as_row, make_items, run
from tests.people import Cast

NAMES = ["tinggi", "lebar", "tebal", "jumlah"]
PIECES = [*NAMES, "v1", "v2", "v3", "v4", "v9", "2", "0,5", "1/0", "2*tinggi", "v2+v3", "if(lebar > 1; v1; v4)"]
ITEMS = 5

Act = tuple[str, dict[str, Any]]


class Deeds:
    """Acts drawn by chance, of rows that are there."""

    def __init__(self, random: Random, project: Project) -> None:
        self.random = random
        self.project = project

    def draw(self) -> Act:
        draws: list[Callable[[], Act]] = [
            self.add, self.change, self.remove, self.measure, self.measure, self.shorten, self.type, self.type,
            self.take_out, self.undo, self.undo,
        ]  # fmt: skip
        return self.random.choice(draws)()

    def _text(self) -> str:
        return self.random.choice(["", "*2", "+1"]).join([self.random.choice(PIECES), ""]).strip("*+")

    def _key(self, model: type[Any], kind: str) -> str:
        found = list(model.objects.filter(project=self.project).values_list("pk", flat=True))
        return f"{kind}{self.random.choice(found)}" if found else f"{kind}1"

    def add(self) -> Act:
        return "parameters.add", {"rows": [as_row({"name": self.random.choice(NAMES), "formula": self._text()})]}

    def change(self) -> Act:
        values = {"formula": self._text()} if self.random.random() < 0.7 else {"name": self.random.choice(NAMES)}
        return "parameters.set", {"rows": [{"key": self._key(Parameter, "p"), "values": values}]}

    def remove(self) -> Act:
        return "parameters.remove", {"keys": [self._key(Parameter, "p")], "confirmed": True}

    def measure(self) -> Act:
        cells = ("count", "length", "deduction", "formula")
        rows = [as_row({self.random.choice(cells): self._text()}) for _ in range(self.random.randint(1, 3))]
        return "takeoff.set_lines", {
            "item": self._key(WorkItem, "i"),
            "rows": rows,
            "whole": self.random.random() < 0.4,
        }

    def shorten(self) -> Act:
        return "takeoff.remove_lines", {"keys": [self._key(TakeoffLine, "t")]}

    def type(self) -> Act:
        quantity = self.random.choice(["3", "1,25", "", f"={self._text()}", f"={self._text()}"])
        cells = [{"key": self._key(WorkItem, "i"), "values": {"quantity": quantity}}]
        return "items.set", {"cells": cells, "confirmed": True}

    def take_out(self) -> Act:
        return "rows.remove", {"keys": [self._key(WorkItem, "i")], "confirmed": True}

    def undo(self) -> Act:
        return "changes.undo", {"revision": max(1, self.project.revision - self.random.randint(0, 3))}


def calculated(project: Project) -> dict[int, Any]:
    """Quantity and issues of every item with a source, from nothing."""
    whole = whole_takeoff(project)
    lines = set(TakeoffLine.objects.filter(project=project).values_list("item_id", flat=True))
    return {
        row.tag: (
            whole.found.values.get(row.name),
            [issue["code"] for issue in issues_to_json(whole.found.issues.get(row.name, ()))],
            not row.formula,
        )
        for row in whole.items
        if row.formula or row.pk in lines
    }


def stored(project: Project) -> dict[int, Any]:
    rows = WorkItem.objects.filter(project=project).exclude(formula="", measured=False)
    return {row.tag: (row.quantity, [issue["code"] for issue in row.quantity_issues], row.measured) for row in rows}


@pytest.mark.parametrize("seed", range(6))
def test_stored_quantities_are_those_of_a_calculation_from_nothing(project: Project, cast: Cast, seed: int) -> None:
    make_items(project, *["1"] * ITEMS)
    deeds = Deeds(Random(seed), project)  # noqa: S311 an order, no secret
    done = 0
    for _ in range(40):
        name, arguments = deeds.draw()
        try:
            run(project, cast.ani, name, **arguments)
        except AhspError:
            project.refresh_from_db()
        else:
            done += 1
        assert stored(project) == calculated(project), (name, arguments)
    assert done > 15
    copy = copy_project(project=project, person=cast.ani)
    assert stored(copy) == calculated(copy) == stored(project)
