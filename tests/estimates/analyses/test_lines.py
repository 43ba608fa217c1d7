"""Lines of own analyses: typed, moved, copied, reset, with what rests on them; circles are refused when written."""

from __future__ import annotations

from typing import Any

import pytest

from ahsp.core.errors import NotFound, Refused
from ahsp.engine.nesting import MAX_DEPTH
from ahsp.estimates.analyses.lines import LAST, MOST_LINES, ROOM, make_room
from ahsp.projects.models import Project
from ahsp.projects.uses import InUse
from tests.estimates.analyses.acts import fill, lines, own, run, state, told, undo, unit_prices
from tests.people import Cast

WHOLE = ["Pekerja 0.25", "Semen 8.4", "Alat 5 of Pekerja, Semen", "1.3 2", "Alat bantu 1", "Tebal 5 cm"]


@pytest.fixture
def copied(project: Project, cast: Cast) -> Project:
    """2.1 is modified, as 2.1-M1."""
    fill(project, cast.ani)
    run(project, cast.ani, "analyses.modify", reference="2.1")
    return project


def key(project: Project, place: int, code: str = "2.1-M1") -> str:
    return f"l{lines(project, code)[place].pk}"


def test_typed_values_change_the_price_and_undo_brings_it_back(copied: Project, cast: Cast) -> None:
    before, price = state(copied), unit_prices(copied)["3"]
    rows: list[dict[str, Any]] = [
        {"key": key(copied, 0), "coefficient": "0,5"},
        {"key": key(copied, 1), "name": "Semen putih", "coefficient": "1.000"},
        {"key": key(copied, 2), "percent": "", "of": [key(copied, 0)]},
        {"key": key(copied, 4), "price": "1.500,25"},
    ]
    run(copied, cast.ani, "lines.set", rows=rows)
    assert told(copied, "2.1-M1") == [
        "Pekerja 0.5", "Semen putih 1000", "Alat of Pekerja", "1.3 2", "Alat bantu 1", "Tebal 5 cm",
    ]  # fmt: skip
    assert unit_prices(copied)["3"] != price
    undo(copied, cast.ani)
    assert state(copied) == before


def test_percentages_follow_lines_that_move(copied: Project, cast: Cast) -> None:
    before, prices = state(copied), unit_prices(copied)
    moved = [key(copied, 5), key(copied, 0)]
    run(copied, cast.ani, "lines.move", keys=moved, after=key(copied, 2))
    assert told(copied, "2.1-M1") == [
        "Semen 8.4", "Alat 5 of Semen, Pekerja", "Tebal 5 cm", "Pekerja 0.25", "1.3 2", "Alat bantu 1",
    ]  # fmt: skip
    assert unit_prices(copied) == prices
    undo(copied, cast.ani)
    assert state(copied) == before


def test_lines_that_percentages_are_of_ask_once(copied: Project, cast: Cast) -> None:
    before = state(copied)
    with pytest.raises(InUse) as caught:
        run(copied, cast.ani, "lines.remove", keys=[key(copied, 1)])
    assert caught.value.more["affected"] == ["Alat"]
    run(copied, cast.ani, "lines.remove", keys=[key(copied, 1)], confirmed=True)
    assert told(copied, "2.1-M1")[:2] == ["Pekerja 0.25", "Alat 5 of Pekerja"]
    undo(copied, cast.ani)
    assert state(copied) == before
    run(copied, cast.ani, "lines.remove", keys=[key(copied, place) for place in (0, 1, 2)])
    assert told(copied, "2.1-M1") == WHOLE[3:]


def test_lines_are_copied_from_the_edition_and_from_own_analyses(copied: Project, cast: Cast) -> None:
    target = run(copied, cast.ani, "analyses.add", code="TUJUAN", name="Tujuan", unit="m2")["key"]
    before = state(copied)
    run(copied, cast.ani, "lines.copy", to=target, reference="1.1", positions=[2])
    run(copied, cast.ani, "lines.copy", to=target, keys=[key(copied, 2), key(copied, 1)], after=None)
    assert told(copied, "TUJUAN") == ["Alat 5 of Semen", "Semen 8.4", "Mandor 0.038"]
    assert [row.reference_position for row in lines(copied, "TUJUAN")] == [None, None, None]
    # From itself too: a percentage is then of the copies.
    run(copied, cast.ani, "lines.copy", to=target, keys=[key(copied, 1, "TUJUAN"), key(copied, 0, "TUJUAN")])
    last = lines(copied, "TUJUAN")[-1]
    assert last.of == [lines(copied, "TUJUAN")[-2].position]
    undo(copied, cast.ani)
    run(copied, cast.ani, "changes.undo", revision=copied.revision - 2)
    run(copied, cast.ani, "changes.undo", revision=copied.revision - 4)
    assert state(copied) == before


def test_lines_are_reset_one_by_one(copied: Project, cast: Cast) -> None:
    target = f"a{own(copied, '2.1-M1').pk}"
    whole = state(copied)
    prices = unit_prices(copied)
    first = key(copied, 0)
    run(copied, cast.ani, "lines.set", rows=[{"key": first, "coefficient": "9", "unit": "OJ"}])
    rows = [{"line_kind": "information", "name": "Tambahan"}]
    (added,) = run(copied, cast.ani, "lines.add", analysis=target, rows=rows, after=first)["keys"]
    run(copied, cast.ani, "lines.remove", keys=[key(copied, 2)], confirmed=True)
    assert told(copied, "2.1-M1")[:3] == ["Pekerja 9", "Tambahan", "Alat 5 of Pekerja"]
    before = state(copied)
    run(copied, cast.ani, "analyses.reset", key=target, lines=[first, added])
    assert told(copied, "2.1-M1")[:2] == ["Pekerja 0.25", "Alat 5 of Pekerja"]
    undo(copied, cast.ani)
    assert state(copied) == before
    run(copied, cast.ani, "analyses.reset", key=target, lines=[first, added], positions=[2])
    percentage = key(copied, 2)
    run(copied, cast.ani, "analyses.reset", key=target, lines=[percentage])
    assert told(copied, "2.1-M1") == WHOLE
    assert unit_prices(copied) == prices
    assert {name: rows for name, rows in state(copied)["rows"].items() if name not in "l"} == {
        name: rows for name, rows in whole["rows"].items() if name not in "l"
    }


def test_a_line_of_another_analysis_is_not_reset_here(copied: Project, cast: Cast) -> None:
    run(copied, cast.ani, "analyses.modify", reference="1.1")
    target = f"a{own(copied, '1.1-M1').pk}"
    with pytest.raises(NotFound):
        run(copied, cast.ani, "analyses.reset", key=target, lines=[key(copied, 0)])


def nest(project: Project, cast: Cast, outer: str, inner: str) -> None:
    rows = [{"line_kind": "nested", "nested_code": inner, "coefficient": "1"}]
    run(project, cast.ani, "lines.add", analysis=f"a{own(project, outer).pk}", rows=rows)


def test_a_circle_is_refused_and_told_as_a_chain(copied: Project, cast: Cast) -> None:
    for code in ("A", "B", "C"):
        run(copied, cast.ani, "analyses.add", code=code, name=code, unit="m2")
    nest(copied, cast, "A", "B")
    nest(copied, cast, "B", "C")
    before = state(copied)
    with pytest.raises(Refused) as caught:
        nest(copied, cast, "C", "A")
    assert (caught.value.code, caught.value.data["chain"]) == ("analysis.circular", "C → A → B → C")
    assert caught.value.field == "rows.0.nested_code"
    with pytest.raises(Refused) as caught:
        nest(copied, cast, "A", "A")
    assert caught.value.data["chain"] == "A → A"
    with pytest.raises(Refused) as caught:
        run(copied, cast.ani, "lines.set", rows=[{"key": key(copied, 0, "B"), "nested_code": "A"}])
    assert caught.value.data["chain"] == "B → A → B"
    with pytest.raises(Refused) as caught:
        run(copied, cast.ani, "lines.copy", to=f"a{own(copied, 'C').pk}", keys=[key(copied, 0, "A")])
    assert caught.value.code == "analysis.circular"
    # A code that was free while others named it closes a circle too.
    run(copied, cast.ani, "analyses.remove", keys=[f"a{own(copied, 'C').pk}"], confirmed=True)
    with pytest.raises(Refused) as caught:
        run(copied, cast.ani, "analyses.set", rows=[{"key": f"a{own(copied, 'A').pk}", "code": "C"}])
    assert caught.value.data["chain"] == "C → B → C"
    with pytest.raises(Refused) as caught:
        run(copied, cast.ani, "analyses.modify", reference="B", code="C")
    assert caught.value.code == "analysis.circular"
    undo(copied, cast.ani)
    assert state(copied) == before


def test_nesting_is_as_deep_as_the_engine_prices_and_no_deeper(copied: Project, cast: Cast) -> None:
    for level in range(MAX_DEPTH + 1):
        run(copied, cast.ani, "analyses.add", code=f"D{level}", name="x", unit="m2")
    for level in range(MAX_DEPTH - 1):
        nest(copied, cast, f"D{level}", f"D{level + 1}")
    with pytest.raises(Refused) as caught:
        nest(copied, cast, f"D{MAX_DEPTH - 1}", f"D{MAX_DEPTH}")
    assert caught.value.code == "analysis.nested_too_deep"


REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    ("lines.add", {"rows": [{"name": "Semen", "unit": "kg"}]}, "line.needs_group_kind", "rows.0.group_kind"),
    ("lines.add", {"rows": [{"group_kind": "labor", "unit": "OH"}]}, "line.needs_name", "rows.0.name"),
    ("lines.add", {"rows": [{"group_kind": "labor", "name": "x"}]}, "line.needs_unit", "rows.0.unit"),
    ("lines.add", {"rows": [{"line_kind": "nested"}]}, "line.needs_nested_code", "rows.0.nested_code"),
    (
        "lines.add",
        {"rows": [{"line_kind": "nested", "nested_code": "7.7"}]},
        "analysis.not_found",
        "rows.0.nested_code",
    ),
    (
        "lines.add",
        {"rows": [{"key": "n", "line_kind": "percentage", "group_kind": "labor", "name": "x", "of": ["n"]}]},
        "percentage.of_itself",
        "rows.0.of",
    ),
    (
        "lines.add",
        {"rows": [{"line_kind": "percentage", "group_kind": "labor", "name": "x", "of": ["l1"]}]},
        "key.unknown",
        "rows.0.of",
    ),
    (
        "lines.add",
        {"rows": [{"line_kind": "information", "name": "x"}] * MOST_LINES},
        "analysis.too_long",
        "rows",
    ),
]


@pytest.mark.parametrize(("name", "arguments", "code", "field"), REFUSALS, ids=[row[2] for row in REFUSALS])
def test_refusals(copied: Project, cast: Cast, name: str, arguments: dict[str, Any], code: str, field: str) -> None:
    before = state(copied)
    with pytest.raises(Refused) as caught:
        run(copied, cast.ani, name, analysis=f"a{own(copied, '2.1-M1').pk}", **arguments)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert state(copied) == before


def test_markup_stays_text(copied: Project, cast: Cast) -> None:
    run(copied, cast.ani, "lines.set", rows=[{"key": key(copied, 1), "name": "<script>alert(1)</script>"}])
    assert lines(copied, "2.1-M1")[1].name == "<script>alert(1)</script>"


def test_room_between_lines_is_made_where_there_is_none() -> None:
    standing = [(ROOM, 1), (ROOM + 1, 2), (3 * ROOM, 3)]
    places, moved = make_room(standing, 1, 2)
    assert moved == {1: ROOM, 2: 4 * ROOM, 3: 5 * ROOM}
    assert places == [2 * ROOM, 3 * ROOM]
    assert make_room(standing, None, 1)[1] == {}
    assert make_room(standing, LAST, 1) == ([4 * ROOM], {})
    assert make_room([], None, 1) == ([ROOM], {})
