"""Formulas as people type them, for every act that takes one."""

from __future__ import annotations

from ahsp.core.errors import Refused
from ahsp.engine.formulas import FormulaError
from ahsp.engine.takeoff import read_cell


def read_formula(text: str, field: str) -> str:
    """A typed formula as it is stored, without its "=". Raises Refused with the place in `text`."""
    require_readable(text, field)
    return text.strip().removeprefix("=").strip()


def require_readable(text: str, field: str) -> None:
    """Raises Refused for what is no formula; its data has the position, from 1."""
    try:
        read_cell(text)
    except FormulaError as problem:
        raise Refused(problem.code, problem.data, field=field) from problem
