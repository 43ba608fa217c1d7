"""Rows of the bill are made, moved, copied and taken out; undo brings everything back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from ahsp.core.bill_limits import MAX_LEVEL
from ahsp.core.errors import Conflict, NotFound, Refused
from ahsp.estimates.models import TakeoffLine, WorkItem
from ahsp.projects.cells import CellsRefused
from ahsp.projects.models import Project
from tests.acting import act
from tests.estimates.bill.rows import drawn, item, key, last_change, told, whole
from tests.people import Cast

START = """\
Tanah:
  Galian tanah
  Urugan pasir
Lain-lain:
  Mobilisasi
  Belum dihargai
  Plesteran"""


def undo(project: Project, cast: Cast) -> None:
    act(project, cast.budi, "changes.undo", revision=project.revision)


def test_a_tree_of_rows_is_made_in_one_act(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    rows = [
        {"type": "section", "id": "new1", "values": {"name": "Beton", "number": "B"}},
        {"type": "section", "id": "new2", "parent": "new1", "values": {"name": "Pondasi"}},
        {"type": "item", "parent": "new2", "values": {"code": "1.1", "quantity": "2,5"}},
        {"type": "item", "parent": "new2", "values": {"description": "Bekisting", "quantity": "=3*4"}},
        {"type": "item", "parent": "new1", "values": {"description": "Curing"}},
        {"type": "item", "parent": "new2", "after": None, "values": {"description": "Lantai kerja"}},
        {"type": "section", "values": {"name": "Baja"}},
    ]
    keys = act(filled, cast.budi, "rows.add", rows=rows, parent=None, after=key(filled, "Tanah"))["keys"]
    assert drawn(filled) == START.replace(
        "Lain-lain:",
        "Beton:\n  Pondasi:\n    Lantai kerja\n    Galian tanah biasa sedalam 1 m\n    Bekisting\n  Curing\nBaja:\n"
        "Lain-lain:",
    )
    assert [one[0] for one in keys] == ["s", "s", "i", "i", "i", "i", "s"]
    made = item(filled, "Galian tanah biasa sedalam 1 m")
    assert (f"i{made.pk}", made.unit, made.quantity, made.tag) == (keys[2], "m3", Decimal("2.5"), 6)
    assert item(filled, "Bekisting").formula == "3*4"
    assert last_change(filled).data["rows"] == 7
    undo(filled, cast)
    assert whole(filled) == before


def test_a_row_stands_where_it_is_put(filled: Project, cast: Cast) -> None:
    soil = key(filled, "Tanah")
    one: list[dict[str, Any]] = [{"type": "item", "values": {"description": "Kedua"}}]
    act(filled, cast.budi, "rows.add", rows=one, parent=soil, after=key(filled, "Galian tanah"))
    one[0]["values"]["description"] = "Pertama"
    act(filled, cast.budi, "rows.add", rows=one, parent=soil, after=None)
    one[0]["values"]["description"] = "Terakhir"
    act(filled, cast.budi, "rows.add", rows=one, parent=soil)
    assert drawn(filled).splitlines()[1:6] == [
        "  Pertama", "  Galian tanah", "  Kedua", "  Urugan pasir", "  Terakhir",
    ]  # fmt: skip


def test_rows_typed_one_below_the_other_find_room_and_siblings_move_apart(filled: Project, cast: Cast) -> None:
    soil, after = key(filled, "Tanah"), key(filled, "Galian tanah")
    WorkItem.objects.filter(description="Urugan pasir").update(position=item(filled, "Galian tanah").position + 3)
    for at in range(4):
        rows = [{"type": "item", "values": {"description": f"Baris {at}"}}]
        (after,) = act(filled, cast.budi, "rows.add", rows=rows, parent=soil, after=after)["keys"]
    assert drawn(filled).splitlines()[2:7] == [*(f"  Baris {at}" for at in range(4)), "  Urugan pasir"]


def test_what_is_wrong_with_rows_to_be_made_is_told_by_their_names(filled: Project, cast: Cast) -> None:
    def add(*rows: dict[str, Any], **place: Any) -> None:
        act(filled, cast.budi, "rows.add", rows=list(rows), **place)

    with pytest.raises(CellsRefused) as caught:
        add(
            {"type": "item", "id": "new1", "values": {"quantity": "dua"}},
            {"type": "section", "values": {"name": "A", "unit": "m"}},
        )
    assert told(caught.value) == [("new1", "quantity", "cell.no_number"), ("1", "unit", "cell.unknown")]
    with pytest.raises(CellsRefused) as caught:
        add({"type": "item", "id": "new1", "values": {"quantity": "2"}}, {"type": "section", "values": {}})
    assert told(caught.value) == [("1", "name", "section.unnamed"), ("new1", "description", "item.empty")]
    good = {"type": "item", "values": {"description": "x"}}
    for place, code in (
        ({"parent": "s999999"}, "section.unknown"),
        ({"parent": key(filled, "Mobilisasi")}, "key.unknown"),
        ({"parent": None, "after": key(filled, "Mobilisasi")}, "place.unknown"),
    ):
        with pytest.raises(Refused) as refused:
            add(good, **place)
        assert refused.value.code == code
    for broken in ({"type": "table", "values": {}}, {"values": {}}, {**good, "id": 5}, {**good, "colour": "red"}):
        with pytest.raises(ValidationError):
            add(broken)
    assert drawn(filled) == START


def test_sections_have_a_deepest_level(filled: Project, cast: Cast) -> None:
    names = [f"new{at}" for at in range(MAX_LEVEL + 1)]
    rows = [{"type": "section", "id": name, "values": {"name": name}} for name in names]
    for row, around in zip(rows[1:], names, strict=False):
        row["parent"] = around
    with pytest.raises(Refused) as caught:
        act(filled, cast.budi, "rows.add", rows=rows)
    assert caught.value.code == "section.too_deep"
    act(filled, cast.budi, "rows.add", rows=rows[:-1])
    with pytest.raises(Refused):
        act(filled, cast.budi, "rows.move", keys=[key(filled, "Tanah")], parent=key(filled, names[-2]))


def test_rows_move_with_their_content_in_document_order(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    keys = [key(filled, name) for name in ("Plesteran", "Galian tanah", "Tanah")]
    act(filled, cast.budi, "rows.move", keys=keys, parent=key(filled, "Lain-lain"), after=key(filled, "Mobilisasi"))
    assert drawn(filled) == (
        "Lain-lain:\n  Mobilisasi\n  Tanah:\n    Galian tanah\n    Urugan pasir\n  Plesteran\n  Belum dihargai"
    )
    undo(filled, cast)
    assert whole(filled) == before


def test_a_section_does_not_move_into_itself(filled: Project, cast: Cast) -> None:
    soil = key(filled, "Tanah")
    act(filled, cast.budi, "rows.add", rows=[{"type": "section", "values": {"name": "Dalam"}}], parent=soil)
    for target in (soil, key(filled, "Dalam")):
        with pytest.raises(Refused) as caught:
            act(filled, cast.budi, "rows.move", keys=[soil], parent=target)
        assert caught.value.code == "section.inside_itself"


def test_a_row_that_stays_where_it_is_makes_no_change(filled: Project, cast: Cast) -> None:
    revision, moved = filled.revision, key(filled, "Urugan pasir")
    for after in (key(filled, "Galian tanah"), moved):
        done = act(filled, cast.budi, "rows.move", keys=[moved], parent=key(filled, "Tanah"), after=after)
        assert done == {"keys": []}
    assert filled.revision == revision


def test_rows_go_into_the_section_before_them_and_out_again(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    other = key(filled, "Lain-lain")
    act(filled, cast.budi, "rows.indent", keys=[other])
    assert drawn(filled).splitlines()[2:5] == ["  Urugan pasir", "  Lain-lain:", "    Mobilisasi"]
    keys = [key(filled, name) for name in ("Belum dihargai", "Mobilisasi")]
    act(filled, cast.budi, "rows.outdent", keys=keys)
    assert drawn(filled).splitlines()[3:] == ["  Lain-lain:", "    Plesteran", "  Mobilisasi", "  Belum dihargai"]
    act(filled, cast.budi, "rows.indent", keys=keys)
    act(filled, cast.budi, "rows.outdent", keys=[other])
    assert drawn(filled) == START.replace(
        "  Mobilisasi\n  Belum dihargai\n  Plesteran", "  Plesteran\n  Mobilisasi\n  Belum dihargai"
    )
    for name, act_name, code in (
        ("Tanah", "rows.indent", "place.no_section_before"),
        ("Galian tanah", "rows.indent", "place.no_section_before"),
        ("Tanah", "rows.outdent", "place.at_the_top"),
    ):
        with pytest.raises(Refused) as caught:
            act(filled, cast.budi, act_name, keys=[key(filled, name)])
        assert (caught.value.code, caught.value.field) == (code, key(filled, name))
    for _ in range(4):
        act(filled, cast.budi, "changes.undo", revision=filled.revision - 2 * _)
    assert whole(filled) == before


def test_rows_are_copied_with_content_and_take_off(filled: Project, cast: Cast) -> None:
    digging, sand = item(filled, "Galian tanah"), item(filled, "Urugan pasir")
    lines = [{"values": {"length": "4"}}, {"values": {"length": f"v{sand.tag}*2"}}]
    act(filled, cast.budi, "takeoff.set_lines", item=f"i{digging.pk}", rows=lines, whole=True)
    put = {"key": key(filled, "Mobilisasi"), "values": {"quantity": f"=v{digging.tag}/2"}}
    act(filled, cast.budi, "items.set", cells=[put])
    before = whole(filled)
    keys = [key(filled, "Tanah"), key(filled, "Galian tanah"), key(filled, "Mobilisasi")]
    copies = act(filled, cast.budi, "rows.duplicate", keys=keys)["keys"]
    assert drawn(filled) == (
        "Tanah:\n  Galian tanah\n  Urugan pasir\nTanah:\n  Galian tanah\n  Urugan pasir\n"
        "Lain-lain:\n  Mobilisasi\n  Mobilisasi\n  Belum dihargai\n  Plesteran"
    )
    assert [one[0] for one in copies] == ["s", "i"]
    rows = list(WorkItem.objects.filter(description="Galian tanah").order_by("tag"))
    copied = WorkItem.objects.filter(description="Urugan pasir").latest("tag")
    assert [(row.quantity, row.code, row.analysis_id) for row in rows] == [(12, "1.1", digging.analysis_id)] * 2
    assert len(set(WorkItem.objects.values_list("tag", flat=True))) == 8
    assert [line.length for line in TakeoffLine.objects.filter(item=rows[1]).order_by("position")] == [
        "4", f"v{copied.tag}*2",
    ]  # fmt: skip
    assert WorkItem.objects.get(pk=copies[1][1:]).formula == f"v{rows[1].tag}/2"
    undo(filled, cast)
    assert whole(filled) == before


def test_what_stands_inside_goes_only_when_that_was_said(filled: Project, cast: Cast) -> None:
    before = whole(filled)
    soil = key(filled, "Tanah")
    with pytest.raises(Conflict) as caught:
        act(filled, cast.budi, "rows.remove", keys=[soil, key(filled, "Galian tanah")])
    assert (caught.value.code, caught.value.more["sections"], caught.value.more["items"]) == ("rows.in_use", 0, 1)
    act(filled, cast.budi, "rows.remove", keys=[soil], confirmed=True)
    assert drawn(filled) == START.partition("Urugan pasir\n")[2]
    undo(filled, cast)
    assert whole(filled) == before
    keys = [soil, key(filled, "Galian tanah"), key(filled, "Urugan pasir")]
    act(filled, cast.budi, "rows.remove", keys=keys)
    assert last_change(filled).data["labels"] == ["1 Tanah"]


def test_whoever_calculates_with_what_goes_is_named_first(filled: Project, cast: Cast) -> None:
    digging, other = item(filled, "Galian tanah"), key(filled, "Mobilisasi")
    act(filled, cast.budi, "items.set", cells=[{"key": other, "values": {"quantity": f"=v{digging.tag}*2"}}])
    with pytest.raises(Conflict) as caught:
        act(filled, cast.budi, "rows.remove", keys=[f"i{digging.pk}"])
    assert [use["key"] for use in caught.value.more["uses"]] == [other]
    act(filled, cast.budi, "rows.remove", keys=[f"i{digging.pk}"], confirmed=True)
    assert (item(filled, "Mobilisasi").quantity, item(filled, "Mobilisasi").quantity_issues[0]["code"]) == (
        None,
        "formula.unknown_item",
    )
    undo(filled, cast)
    assert item(filled, "Mobilisasi").quantity == 20


def test_rows_that_are_gone_are_told(filled: Project, cast: Cast) -> None:
    for name in ("rows.remove", "rows.indent", "rows.duplicate"):
        with pytest.raises(NotFound):
            act(filled, cast.budi, name, keys=["i999999"])
        with pytest.raises(Refused):
            act(filled, cast.budi, name, keys=["p1"])


def test_several_analyses_are_added_at_once(filled: Project, cast: Cast) -> None:
    soil = key(filled, "Tanah")
    act(filled, cast.budi, "items.add_analyses", codes=["1.3", "1.1", "9.9"], parent=soil, after=None)
    assert drawn(filled).splitlines()[1:4] == ["  Plesteran", "  Galian tanah biasa sedalam 1 m", "  "]
