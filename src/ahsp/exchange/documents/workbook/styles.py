"""The styles of the workbook: one type family, hairlines, one accent."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

INK = "#1C1A17"
MUTED = "#63605A"
HAIRLINE = "#D8D5CF"
ACCENT = "#2850B0"
WARN = "#865403"
WARN_SOFT = "#FDF1D8"
SOFT = "#F6F4F1"

MONEY = "#,##0.00"
MONEY_OR_DASH = '#,##0.00;-#,##0.00;"–"'
OWN_PRICE = "#,##0.00????"
QUANTITY = "#,##0.00??"
COEFFICIENT = "#,##0.0000??"
FACTOR = "#,##0.######"
RATE = "0.00##%"

_BASE = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
_BORDERS = {"hair": (1, HAIRLINE), "line": (1, MUTED), "heavy": (2, INK)}


class Styles:
    """Numbers of cell styles, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.wrapping: set[int] = set()
        self._made: dict[tuple[tuple[str, Any], ...], int] = {}

    def get(self, *, below: str = "", above: str = "", **properties: Any) -> int:
        """The number of the style with `properties` (XlsxWriter's names) and borders "hair", "line" or "heavy"."""
        key = (("below", below), ("above", above), *sorted(properties.items()))
        number = self._made.get(key)
        if number is None:
            side = {"align": "left"} if "indent" in properties else {}
            wanted = {**_BASE, **side, **_border("bottom", below), **_border("top", above), **properties}
            number = self._made[key] = self._book.add_format(wanted)._get_xf_index()
        return number

    def text(self, **properties: Any) -> int:
        """Text that wraps."""
        number = self.get(text_wrap=True, **properties)
        self.wrapping.add(number)
        return number

    def figure(self, number_format: str, **properties: Any) -> int:
        """A number, on the right."""
        return self.get(num_format=number_format, align="right", **properties)

    def lower_bound(self) -> Any:
        """The conditional format of an amount that is a lower bound."""
        return self._book.add_format({"num_format": f'"≥ "{MONEY}', "font_color": WARN})


def _border(side: str, name: str) -> dict[str, Any]:
    if not name:
        return {}
    weight, color = _BORDERS[name]
    return {side: weight, f"{side}_color": color}
