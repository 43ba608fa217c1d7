from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahsp.engine.units import fold_unit


@pytest.mark.parametrize(
    ("unit", "spellings"),
    [
        ("m'", ["m’", "m′", "M'", "M1", "m1", "M", "m", " m' ", "m´"]),
        ("m2", ["M2", "m²", "M²", "m^2", "m 2"]),
        ("m3", ["M3", "m³", "M³", "m^3"]),
        ("buah", ["bh", "Bh", "Bh.", "BUAH"]),
        ("liter", ["ltr", "Ltr", "L", "Liter"]),
        ("ls", ["LS", "Ls.", "1s", "lump sum"]),
        ("batang", ["btg", "Btg."]),
        ("zak", ["Zak", "sak"]),
        ("OH", ["oh", "orang-hari", "Org/Hari"]),
        ("unit hari", ["unit-hari", "Unit Hari"]),
    ],
)
def test_spellings_of_one_unit_are_one(unit: str, spellings: list[str]) -> None:
    assert {fold_unit(one) for one in spellings} == {fold_unit(unit)}


def test_units_of_different_measure_stay_apart() -> None:
    units = "m' m2 m3 kg ton liter buah unit set titik lembar batang zak ls hari jam OH OJ pohon tube rol ha ml"
    assert len({fold_unit(one) for one in units.split()}) == len(units.split())


@given(st.text(alphabet="mM'’³32 ^-.hHbuaBLsltr1²", max_size=12))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_unit(fold_unit(text)) == fold_unit(text)
