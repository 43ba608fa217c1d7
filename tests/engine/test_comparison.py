"""Comparing two states of a bill: the parts add up, every row is shown once, what stayed is found again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.comparison import Compared, Effects, Heading, Line, Row, compare, only_differing
from ahsp.engine.priced_item import amount_of


def heading(key: str, name: str, level: int = 0, total: str = "0.00") -> Heading:
    return Heading(key, level, "", name, Decimal(total))


def line(key: str, description: str, quantity: str | None, price: str | None, level: int = 1, **more: Any) -> Line:
    values = [None if one is None else Decimal(one) for one in (quantity, price)]
    plain = {"number": "", "code": "", "unit": "m3", "amount": amount_of(*values)} | more
    return Line(key, level, description=description, quantity=values[0], unit_price=values[1], **plain)


def shown(rows: tuple[Compared, ...] | list[Compared]) -> list[tuple[str | None, str | None]]:
    return [(one.a.key if one.a else None, one.b.key if one.b else None) for one in rows]


def only(a: Line, b: Line) -> Compared:
    return compare([heading("s1", "Tanah"), a], [heading("s1", "Tanah"), b]).rows[1]


def test_a_quantity_that_changed() -> None:
    row = only(line("i1", "Galian", "10", "107360"), line("i1", "Galian", "12.5", "107360"))
    assert (row.difference, row.effects) == (Decimal("268400.00"), Effects(quantity=Decimal("268400.00")))
    assert row.changed == {"quantity"}


def test_a_price_that_changed() -> None:
    row = only(line("i1", "Galian", "10", "107360"), line("i1", "Galian", "10", "100000"))
    assert row.effects == Effects(price=Decimal("-73600.00"))


def test_both_changed_and_the_parts_add_up_to_the_sen() -> None:
    row = only(line("i1", "Galian", "3.333", "1000.01"), line("i1", "Galian", "6.667", "999.99"))
    assert row.effects.quantity == Decimal("3334.03")
    assert row.effects.quantity + row.effects.price == row.difference
    assert row.effects.total == row.difference


def test_nothing_is_split_where_a_split_means_nothing() -> None:
    for a, b in (
        (line("i1", "Galian", None, "5"), line("i1", "Galian", "3", "5")),
        (line("i1", "Galian", "3", None), line("i1", "Galian", "3", "5")),
        (line("i1", "Galian", "3", "4"), line("i1", "Galian", "3", "5", unit="m2")),
    ):
        row = only(a, b)
        assert row.effects == Effects(other=row.difference)
        assert row.difference
    unknown = only(line("i1", "Galian", None, "5"), line("i1", "Galian", None, "6"))
    assert (unknown.difference, unknown.changed) == (Decimal("0.00"), {"unit_price"})


def test_lines_that_came_and_went_stand_where_they_stood() -> None:
    a = [heading("s1", "A"), line("i1", "satu", "1", "10"), line("i2", "dua", "1", "20"), line("i3", "tiga", "1", "30")]
    b = [heading("s1", "A"), line("i1", "satu", "1", "10"), line("i9", "baru", "1", "5"), line("i3", "tiga", "1", "30")]
    found = compare(a, b)
    assert shown(found.rows) == [("s1", "s1"), ("i1", "i1"), ("i2", None), (None, "i9"), ("i3", "i3")]
    assert found.effects == Effects(added=Decimal("5.00"), removed=Decimal("-20.00"))
    assert shown(only_differing(found.rows)) == [("s1", "s1"), ("i2", None), (None, "i9")]


def test_a_section_that_went_with_its_lines_and_one_whose_lines_moved_out() -> None:
    a = [
        heading("s1", "A"), line("i1", "satu", "1", "10"),
        heading("s2", "B", 1), line("i2", "dua", "1", "20", 2), line("i3", "tiga", "1", "30", 2),
        line("i4", "empat", "1", "40"),
    ]  # fmt: skip
    b = [
        heading("s1", "A"),
        line("i1", "satu", "1", "10"),
        line("i3", "tiga", "1", "30"),
        line("i4", "empat", "1", "40"),
    ]
    found = compare(a, b)
    keys = [("s1", "s1"), ("i1", "i1"), ("s2", None), ("i2", None), ("i3", "i3"), ("i4", "i4")]
    assert shown(found.rows) == keys
    assert [row.level for row in found.rows] == [0, 1, 1, 2, 1, 1]
    assert [row.moved for row in found.rows] == [False, False, False, False, True, False]


def test_a_bill_brought_in_afresh_is_matched_by_what_it_says() -> None:
    a = [
        heading("s1", "Tanah"), line("i1", "Galian  Tanah", "1", "10", code="1.1"), line("i2", "Urugan", "1", "20"),
        heading("s2", "Beton"), line("i3", "Kolom", "1", "30"), line("i4", "Pekerjaan lama", "1", "5", code="9.9"),
    ]  # fmt: skip
    b = [
        heading("s5", "BETON"), line("i7", "Kolom", "2", "30"), line("i8", "Ditulis ulang", "1", "5", code="9.9"),
        heading("s6", "Tanah"), line("i9", "galian tanah", "1", "10", code="1.1"),
        line("i10", "Urugan", "1", "20", code="7"),
    ]  # fmt: skip
    found = compare(a, b)
    assert dict(shown(found.rows)) == {"s2": "s5", "i3": "i7", "i4": "i8", "s1": "s6", "i1": "i9", "i2": "i10"}
    assert found.effects == Effects(quantity=Decimal("30.00"))


def test_what_repeats_is_matched_in_order() -> None:
    a = [line(f"i{n}", "Beton", str(n), "10", 0) for n in (1, 2, 3)]
    b = [line(f"i{n + 10}", "Beton", str(n), "10", 0) for n in (1, 2)]
    assert shown(compare(a, b).rows) == [("i1", "i11"), ("i2", "i12"), ("i3", None)]


numbers = st.none() | st.decimals(0, 10_000, places=3)
lines = st.tuples(st.integers(0, 3), st.integers(0, 12), st.sampled_from("abc"), numbers, numbers)


@st.composite
def states(draw: Any) -> list[Row]:
    """A bill of nested sections, keys in no order and each at most once."""
    rows: list[Row] = []
    depth, known = 0, set()
    for level, number, words, quantity, price in draw(st.lists(lines, max_size=14)):
        key, depth = number, min(level, depth)
        if key in known:
            continue
        known.add(key)
        if words == "c":
            rows.append(Heading(f"s{key}", depth, "", words, Decimal("0.00")))
            depth += 1
        else:
            rows.append(Line(f"i{key}", depth, "", words, words, "m", quantity, price, amount_of(quantity, price)))
    return rows


@given(states(), states())
def test_every_row_once_and_effects_that_add_up(a: list[Row], b: list[Row]) -> None:
    found = compare(a, b)
    sums = [sum((row.amount or Decimal(0) for row in state if isinstance(row, Line)), Decimal(0)) for state in (a, b)]
    assert found.effects.total == sums[1] - sums[0]
    assert sorted(row.a.key for row in found.rows if row.a) == sorted(row.key for row in a)
    assert [row.b.key for row in found.rows if row.b] == [row.key for row in b]
    assert all(row.effects.total == row.difference for row in found.rows if not row.is_heading)
    back = compare(b, a)
    assert back.effects.total == -found.effects.total


@given(states())
def test_a_state_does_not_differ_from_itself(state: list[Row]) -> None:
    assert only_differing(compare(state, state).rows) == []
    renamed = [replace(row, key=f"{row.key}0") for row in state]
    assert compare(state, renamed).effects == Effects()
