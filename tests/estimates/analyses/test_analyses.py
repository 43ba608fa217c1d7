"""Own and modified analyses: what acts on them do, that undo puts everything back, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.serializers import ValidationError

from ahsp.core.errors import AhspError, NotFound, Refused
from ahsp.estimates.bill_services import change_item
from ahsp.estimates.models import ProjectAnalysis
from ahsp.estimates.queries import load_estimate
from ahsp.projects.cells import CellsChanged
from ahsp.projects.models import Project
from ahsp.projects.uses import InUse
from tests.builders import make_project
from tests.estimates.analyses.acts import fill, item, lines, own, run, state, told, undo, unit_prices
from tests.people import Cast


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    fill(project, cast.ani)
    return project


def test_a_copy_is_the_reference_line_by_line_and_costs_the_same(filled: Project, cast: Cast) -> None:
    before, prices = state(filled), unit_prices(filled)
    result = run(filled, cast.ani, "analyses.modify", reference="2.1")
    made = own(filled, "2.1-M1")
    assert result == {"key": f"a{made.pk}", "code": "2.1-M1", "items": 1}
    assert (made.name, made.unit, made.reference.code) == ("Pekerjaan 2.1", "m2", "2.1")
    assert told(filled, "2.1-M1") == [
        "Pekerja 0.25", "Semen 8.4", "Alat 5 of Pekerja, Semen", "1.3 2", "Alat bantu 1", "Tebal 5 cm",
    ]  # fmt: skip
    assert [row.reference_position for row in lines(filled, "2.1-M1")] == [1, 2, 3, 4, 5, 6]
    assert unit_prices(filled) == prices
    used = item(filled, "3")
    assert (used.own, used.analysis, used.code) == (made, None, "2.1-M1")
    estimate = load_estimate(filled)
    assert estimate.analyses["2.1-M1"].lines == estimate.analyses["2.1"].lines
    undo(filled, cast.ani)
    assert state(filled) == before


def test_this_item_only_or_all_that_use_it(filled: Project, cast: Cast) -> None:
    first, second = item(filled, "1"), item(filled, "2")
    run(filled, cast.ani, "analyses.modify", reference="1.1", items=[f"i{first.pk}"])
    assert [item(filled, number).code for number in "12"] == ["1.1-M1", "1.1"]
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    assert [item(filled, number).code for number in "12"] == ["1.1-M1", "1.1-M2"]
    # A copy of a copy is a further copy of the same reference.
    run(filled, cast.ani, "analyses.modify", reference="1.1-M1", code="GALIAN.khusus")
    copy = own(filled, "GALIAN.khusus")
    assert copy.reference.code == "1.1"
    assert item(filled, "1").own == copy
    with pytest.raises(Refused) as caught:
        run(filled, cast.ani, "analyses.modify", reference="1.1", items=[f"i{second.pk}"])
    assert caught.value.code == "analysis.not_of_item"


def test_an_own_analysis_with_lines_of_every_sort(filled: Project, cast: Cast) -> None:
    before = state(filled)
    values: list[dict[str, Any]] = [
        {"key": "n1", "group_kind": "labor", "name": "Pekerja", "unit": "OH", "coefficient": "0,5"},
        {"key": "n2", "line_kind": "nested", "nested_code": "1.1", "coefficient": "1"},
        {"line_kind": "percentage", "group_kind": "material", "name": "Susut", "percent": "2,5", "of": ["n1", "n2"]},
        {"line_kind": "lump_sum", "group_kind": "equipment", "name": "Alat", "coefficient": "1", "price": "1.250,50"},
        {"line_kind": "information", "name": "Catatan <b>"},
    ]
    result = run(filled, cast.ani, "analyses.add", name="Pagar", unit="m", lines=values)
    assert result["code"] == "P-1"
    run(filled, cast.ani, "analyses.use", analysis=result["key"], items=[f"i{item(filled, '6').pk}"])
    assert told(filled, "P-1") == ["Pekerja 0.5", "1.1 1", "Susut 2.5 of Pekerja, 1.1", "Alat 1", "Catatan <b>"]
    # (60,000 + 97,600) x 1.025 + 1,250.50, and 10 % of it.
    assert unit_prices(filled)["6"] == "179069.55"
    undo(filled, cast.ani)
    undo_of_add = filled.revision - 2
    run(filled, cast.ani, "changes.undo", revision=undo_of_add)
    assert state(filled) == before


def test_a_code_that_was_written_before_means_the_analysis_once_there_is_one(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.add", code="X.9", name="Dikenal", unit="m2")
    assert item(filled, "6").own == own(filled, "X.9")
    run(filled, cast.ani, "analyses.set", rows=[{"key": f"a{own(filled, 'X.9').pk}", "code": "X.10"}])
    assert (item(filled, "6").own, item(filled, "6").code) == (own(filled, "X.10"), "X.10")


def test_typing_the_code_of_an_own_analysis_uses_it(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1", items=[])
    wanted = item(filled, "6")
    change_item(
        project=filled, person=cast.ani, expected=filled.revision, pk=wanted.pk, values={"code": "1.1-M1"}, place=None
    )
    assert (item(filled, "6").own, item(filled, "6").analysis) == (own(filled, "1.1-M1"), None)
    assert unit_prices(filled)["6"] == "107360"
    change_item(
        project=filled, person=cast.ani, expected=filled.revision, pk=wanted.pk, values={"code": "1.1"}, place=None
    )
    assert (item(filled, "6").own, item(filled, "6").analysis.code) == (None, "1.1")


def test_a_new_code_takes_along_what_names_the_old_one(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    pk = own(filled, "1.1-M1").pk
    nested = [{"line_kind": "nested", "nested_code": "1.1-M1", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m3", lines=nested)
    before, prices = state(filled), unit_prices(filled)
    run(
        filled, cast.ani, "analyses.set", rows=[{"key": f"a{pk}", "code": "1.1-BATU", "name": "Batu", "note": "survei"}]
    )
    assert item(filled, "2").code == "1.1-BATU"
    assert told(filled, "LUAR") == ["1.1-BATU 1"]
    assert unit_prices(filled) == prices
    undo(filled, cast.ani)
    assert state(filled) == before


def test_removing_what_is_used_asks_once_and_leaves_the_code(filled: Project, cast: Cast) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    nested = [{"line_kind": "nested", "nested_code": "1.1-M1", "coefficient": "1"}]
    run(filled, cast.ani, "analyses.add", code="LUAR", name="Luar", unit="m3", lines=nested)
    before, key = state(filled), f"a{own(filled, '1.1-M1').pk}"
    with pytest.raises(InUse) as caught:
        run(filled, cast.ani, "analyses.remove", keys=[key])
    assert caught.value.more["affected"] == ["LUAR Luar", "1 Galian tanah", "2 Galian pondasi"]
    assert state(filled) == before
    run(filled, cast.ani, "analyses.remove", keys=[key], confirmed=True)
    assert (item(filled, "1").code, item(filled, "1").own, unit_prices(filled)["1"]) == ("1.1-M1", None, None)
    undo(filled, cast.ani)
    assert state(filled) == before
    unused = f"a{own(filled, 'LUAR').pk}"
    run(filled, cast.ani, "analyses.remove", keys=[unused])
    assert not ProjectAnalysis.objects.filter(code="LUAR").exists()


def test_resetting_the_whole_and_giving_the_copy_up(filled: Project, cast: Cast) -> None:
    prices = unit_prices(filled)
    run(filled, cast.ani, "analyses.modify", reference="2.1")
    copy = own(filled, "2.1-M1")
    key, rows = f"a{copy.pk}", lines(filled, "2.1-M1")
    untouched = state(filled)
    run(filled, cast.ani, "lines.set", rows=[{"key": f"l{rows[0].pk}", "coefficient": "0,9"}])
    run(filled, cast.ani, "lines.remove", keys=[f"l{rows[1].pk}"], confirmed=True)
    run(filled, cast.ani, "lines.add", analysis=key, rows=[{"line_kind": "information", "name": "Baru"}], after=None)
    run(filled, cast.ani, "lines.move", keys=[f"l{rows[3].pk}"], after=None)
    changed = state(filled)
    run(filled, cast.ani, "analyses.reset", key=key)
    assert {name: rows for name, rows in state(filled)["rows"].items() if name != "l"} == {
        name: rows for name, rows in untouched["rows"].items() if name != "l"
    }
    assert told(filled, "2.1-M1") == [
        "Pekerja 0.25", "Semen 8.4", "Alat 5 of Pekerja, Semen", "1.3 2", "Alat bantu 1", "Tebal 5 cm",
    ]  # fmt: skip
    assert unit_prices(filled) == prices
    undo(filled, cast.ani)
    assert state(filled) == changed
    run(filled, cast.ani, "analyses.reset", key=key, give_up=True)
    assert not ProjectAnalysis.objects.exists()
    assert (item(filled, "3").code, item(filled, "3").analysis.code) == ("2.1", "2.1")
    assert unit_prices(filled) == prices
    undo(filled, cast.ani)
    assert state(filled) == changed


REFUSALS = [
    ("analyses.modify", {"reference": "9.9"}, "analysis.not_found", "reference"),
    ("analyses.modify", {"reference": "1.1", "code": "1.2"}, "analysis.code_of_edition", "code"),
    ("analyses.modify", {"reference": "1.1", "code": "ADA"}, "analysis.code_taken", "code"),
    ("analyses.modify", {"reference": "1.1", "code": "a/b"}, "analysis.code_unusable", "code"),
    ("analyses.modify", {"reference": "1.1", "code": "a12"}, "analysis.code_unusable", "code"),
    ("analyses.modify", {"reference": "1.1", "code": "<b>"}, "analysis.code_unusable", "code"),
    ("analyses.add", {"code": "ADA", "name": "x", "unit": "m"}, "analysis.code_taken", "code"),
    ("analyses.add", {"code": "1.1", "name": "x", "unit": "m"}, "analysis.code_of_edition", "code"),
    ("analyses.use", {"analysis": "tidak ada", "items": ["i1"]}, "analysis.not_found", "analysis"),
]


@pytest.mark.parametrize(("name", "arguments", "code", "field"), REFUSALS)
def test_refusals(filled: Project, cast: Cast, name: str, arguments: dict[str, Any], code: str, field: str) -> None:
    run(filled, cast.ani, "analyses.add", code="ADA", name="Ada", unit="m2")
    before = state(filled)
    with pytest.raises(Refused) as caught:
        run(filled, cast.ani, name, **arguments)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert state(filled) == before


def test_an_own_one_has_nothing_to_go_back_to(filled: Project, cast: Cast) -> None:
    key = run(filled, cast.ani, "analyses.add", name="Sendiri", unit="m")["key"]
    for more in ({}, {"give_up": True}, {"lines": []}):
        with pytest.raises(Refused) as caught:
            run(filled, cast.ani, "analyses.reset", key=key, **more)
        assert caught.value.code == "analysis.no_reference"


def test_rows_of_another_project_are_not_here(filled: Project, cast: Cast) -> None:
    key = run(filled, cast.ani, "analyses.modify", reference="1.1")["key"]
    line, used = lines(filled, "1.1-M1")[0].pk, item(filled, "1").pk
    other = make_project(cast)
    for name, arguments in (
        ("analyses.set", {"rows": [{"key": key, "name": "x"}]}),
        ("analyses.remove", {"keys": [key]}),
        ("analyses.reset", {"key": key}),
        ("analyses.use", {"analysis": "1.1", "items": [f"i{used}"]}),
        ("lines.set", {"rows": [{"key": f"l{line}", "coefficient": "1"}]}),
        ("lines.remove", {"keys": [f"l{line}"]}),
        ("lines.add", {"analysis": key, "rows": [{"line_kind": "information", "name": "x"}]}),
    ):
        with pytest.raises(AhspError) as caught:
            run(other, cast.ani, name, **arguments)
        assert isinstance(caught.value, NotFound) or caught.value.code == "analysis.not_found", name
    assert not ProjectAnalysis.objects.filter(project=other).exists()


def test_a_cell_that_somebody_else_wrote_is_a_conflict(filled: Project, cast: Cast) -> None:
    key = run(filled, cast.ani, "analyses.modify", reference="1.1")["key"]
    seen, line = filled.revision, f"l{lines(filled, '1.1-M1')[0].pk}"
    run(filled, cast.budi, "analyses.set", rows=[{"key": key, "name": "Budi", "version": seen}])
    run(filled, cast.budi, "lines.set", rows=[{"key": line, "coefficient": "0,8", "version": seen}])
    with pytest.raises(CellsChanged) as caught:
        run(filled, cast.ani, "analyses.set", rows=[{"key": key, "name": "Ani", "version": seen}])
    assert [(one["yours"], one["theirs"]) for one in caught.value.more["conflicts"]] == [("Ani", "Budi")]
    with pytest.raises(CellsChanged):
        run(filled, cast.ani, "lines.set", rows=[{"key": line, "coefficient": "0,7", "version": seen}])


@pytest.mark.parametrize("typed", ["0.75", "1e3", "=1+1", "-1", "1.234.567.890.123,0", "abc", "0," + "1" * 16])
def test_numbers_that_cannot_be_read_name_their_cell(filled: Project, cast: Cast, typed: str) -> None:
    run(filled, cast.ani, "analyses.modify", reference="1.1")
    rows = [{"key": f"l{row.pk}", "coefficient": "1"} for row in lines(filled, "1.1-M1")]
    rows[1]["coefficient"] = typed
    with pytest.raises(ValidationError) as caught:
        run(filled, cast.ani, "lines.set", rows=rows)
    assert "coefficient" in caught.value.detail["rows"][1]
