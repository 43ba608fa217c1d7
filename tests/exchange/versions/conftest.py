"""A project with everything a version holds, and what people do to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ahsp.accounts.models import Person
from ahsp.catalog.models import Analysis
from ahsp.projects.models import Project
from ahsp.projects.services import project_change
from tests.acting import carry_out
from tests.people import Cast


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    """Two sections, one in the other; items with an analysis of the edition, one of the project, a price of their own
    and a take-off sheet; a parameter, a price and a conversion of the project."""
    catalog = dict(Analysis.objects.values_list("code", "pk"))
    with project_change(project=project, person=cast.ani, act="test") as entry:
        (outer,) = entry.add_rows("s", [{"position": 1024, "name": "Pekerjaan tanah"}])
        (inner,) = entry.add_rows("s", [{"position": 4096, "name": "Urugan", "parent_id": outer}])
        (own,) = entry.add_rows("a", [{"code": "K.1", "name": "Galian keras", "unit": "m3"}])
        line = {"analysis_id": own, "position": 1, "line_kind": "resource", "group_kind": "labor", "name": "Pekerja"}
        entry.add_rows("l", [{**line, "unit": "OH", "coefficient": Decimal(2)}])
        items = [
            {"section_id": outer, "position": 1024, "tag": 1, "description": "Galian", "unit": "m3", "code": "1.1",
             "analysis_id": catalog["1.1"], "quantity": Decimal("10.5")},
            {"section_id": outer, "position": 2048, "tag": 2, "description": "Galian keras", "unit": "m3",
             "code": "K.1", "own_id": own, "quantity": Decimal(4)},
            {"section_id": inner, "position": 1024, "tag": 3, "description": "Urugan pasir", "unit": "m3",
             "code": "1.2", "analysis_id": catalog["1.2"], "quantity": Decimal(7)},
            {"position": 8192, "tag": 4, "description": "Mobilisasi", "unit": "ls", "quantity": Decimal(1),
             "unit_price": Decimal(5_000_000)},
        ]  # fmt: skip
        pks = entry.add_rows("i", items)
        entry.add_rows("t", [{"item_id": pks[0], "position": 1024, "description": "As A", "length": "10,5"}])
        entry.add_rows("p", [{"position": 1024, "name": "panjang", "formula": "12"}])
        price = {"kind": "material", "name": "Pasir", "unit": "m3", "price": Decimal(250_000)}
        entry.add_rows("r", [price])
        entry.add_rows("c", [{"name": "Pasir", "from_unit": "truk", "to_unit": "m3", "factor": Decimal(5)}])
    return project


def save(person: Person, project: Project, name: str, **more: Any) -> int:
    made: int = carry_out(person, project, "versions.save", name=name, **more)["result"]["id"]
    return made
