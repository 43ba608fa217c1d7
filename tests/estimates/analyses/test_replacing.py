"""One resource in the place of another: everywhere, in some items or in some analyses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ahsp.core.errors import Refused
from ahsp.estimates.models import ProjectAnalysis
from ahsp.projects.models import Project
from tests.estimates.analyses.acts import fill, item, lines, own, run, state, told, undo, unit_prices
from tests.people import Cast

OLD = {"kind": "labor", "name": "Pekerja", "unit": "OH"}
NEW = {"kind": "labor", "name": "Mandor", "unit": "OH"}


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    fill(project, cast.ani)
    return project


def replace(project: Project, cast: Cast, **more: Any) -> dict[str, Any]:
    return dict(run(project, cast.ani, "resources.replace", **{"old": OLD, "new": NEW, **more}))


def test_everywhere_with_copies_of_what_is_nested(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1", items=[f"i{item(filled, '2').pk}"])
    before = state(filled)
    result = replace(filled, cast, factor="0,5", effect=True)
    assert [one["reference"] for one in result["copies"]] == ["1.1", "1.3", "2.1", "2.2"]
    assert result["changed"] == [f"a{own(filled, '1.1-M1').pk}"]
    assert result["item_count"] == 4
    assert {number: item(filled, number).code for number in "12345"} == {
        "1": "1.1-M2", "2": "1.1-M1", "3": "2.1-M1", "4": "2.2-M1", "5": "",
    }  # fmt: skip
    assert told(filled, "1.1-M1") == ["Mandor 0.375", "Mandor 0.038"]
    assert told(filled, "2.1-M1")[0] == "Mandor 0.125"
    assert told(filled, "2.1-M1")[3] == "1.3-M1 2"
    assert told(filled, "2.2-M1") == ["2.1-M1 1.5", "Mandor 0.05"]
    assert not [row for row in filled.analysis_lines.all() if row.name == "Pekerja"]
    totals = result["totals"]
    assert Decimal(totals["after"]) - Decimal(totals["before"]) == Decimal(totals["effect"]) < 0
    undo(filled, cast.ani)
    assert state(filled) == before


def test_in_some_items_the_others_keep_what_they_share(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    before = unit_prices(filled)
    result = replace(filled, cast, items=[f"i{item(filled, '1').pk}"])
    assert [one["reference"] for one in result["copies"]] == ["1.1-M1"]
    assert own(filled, "1.1-M2").reference.code == "1.1"
    assert [item(filled, number).code for number in "12"] == ["1.1-M2", "1.1-M1"]
    after = unit_prices(filled)
    assert (after["1"] != before["1"], after["2"]) == (True, before["2"])
    # Both items of an own analysis: it is changed itself.
    result = replace(filled, cast, items=[f"i{item(filled, '2').pk}"])
    assert (result["copies"], result["changed"]) == ([], [f"a{own(filled, '1.1-M1').pk}"])


def test_in_the_items_that_use_an_analysis(filled: Project, cast: Cast) -> None:
    result = replace(filled, cast, items_of="2.2")
    assert [one["reference"] for one in result["copies"]] == ["1.3", "2.1", "2.2"]
    assert [item(filled, number).code for number in "134"] == ["1.1", "2.1", "2.2-M1"]


def test_what_an_analysis_outside_nests_is_kept_for_it(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1", items=[f"i{item(filled, '1').pk}"])
    nested = [{"line_kind": "nested", "nested_code": "1.1-M1", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m3", lines=nested)
    replace(filled, cast, items=[f"i{item(filled, '1').pk}"])
    assert item(filled, "1").code == "1.1-M2"
    assert told(filled, "1.1-M1")[0] == "Pekerja 0.75"


def test_in_some_analyses_alone(filled: Project, cast: Cast) -> None:
    nested = [{"line_kind": "nested", "nested_code": "1.1", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m3", lines=nested)
    result = replace(filled, cast, analyses=["1.1", "1.2"])
    assert [one["reference"] for one in result["copies"]] == ["1.1", "1.2"]
    assert [item(filled, number).code for number in "123"] == ["1.1-M1", "1.1-M1", "2.1"]
    assert told(filled, "LUAR") == ["1.1-M1 1"]


def test_a_resource_may_change_its_kind_and_unit(filled: Project, cast: Cast) -> None:
    new = {"kind": "material", "name": "Semen", "unit": "zak"}
    old = {"kind": "material", "name": "Semen", "unit": "kg"}
    run(filled, cast.ani, "resources.replace", old=old, new=new, factor="0,02")
    (line,) = [row for row in lines(filled, "2.1-M1") if row.name == "Semen"]
    assert (line.unit, line.coefficient, line.reference_position) == ("zak", Decimal("0.168"), 2)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"old": {"kind": "labor", "name": "Tukang", "unit": "OH"}}, "resource.not_used"),
        ({"old": {"kind": "material", "name": "Pekerja", "unit": "OH"}}, "resource.not_used"),
        ({"new": OLD}, "resource.same"),
        ({"analyses": ["8.8"]}, "analysis.not_found"),
        ({"items": ["i999999999"]}, "resource.not_used"),
    ],
)
def test_refusals(filled: Project, cast: Cast, more: dict[str, Any], code: str) -> None:
    before = state(filled)
    with pytest.raises(Refused) as caught:
        replace(filled, cast, **more)
    assert caught.value.code == code
    assert state(filled) == before
    assert not ProjectAnalysis.objects.exists()
