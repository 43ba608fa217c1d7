"""Formulas as people type them, for every act that takes one."""

from __future__ import annotations

from collections.abc import Mapping

from ahsp.engine.formulas import FormulaError
from ahsp.engine.issues import Issue
from ahsp.engine.takeoff import read_cell
from ahsp.projects.cells import CellProblem, CellsRefused


def without_sign(text: str) -> str:
    """A typed formula as it is stored, without its "="."""
    return text.strip().removeprefix("=").strip()


def formula_problem(text: str) -> Issue | None:
    """What makes `text` no formula; its data has the position, from 1."""
    try:
        read_cell(text)
    except FormulaError as problem:
        return problem.issue
    return None


class Faults:
    """What is wrong with the cells of an act, all of them told at once."""

    def __init__(self) -> None:
        self.found: list[CellProblem] = []

    def add(self, key: str, field: str, code: str, data: Mapping[str, str]) -> None:
        self.found.append(CellProblem(key, field, code, data))

    def add_issue(self, key: str, field: str, issue: Issue | None) -> None:
        if issue is not None:
            self.add(key, field, issue.code, issue.data)

    def refuse(self) -> None:
        """Raises CellsRefused if anything was found."""
        if self.found:
            raise CellsRefused(self.found)
