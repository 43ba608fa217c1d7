"""The bill as the grid shows it, in parts: sections and work items in document order with their figures."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ahsp.projects.models import Project
from ahsp.projects.tables import present
from ahsp.workspace.row_figures import row_figures

Body = dict[str, Any]
ROWS_OF_A_PART = 2_000
SECTION_COLUMNS = ("parent", "position", "version", "number", "name")
ITEM_COLUMNS = (
    "section", "position", "version", "tag", "number", "code", "analysis", "own", "description", "unit", "quantity",
    "formula", "measured", "unit_price", "overhead",
)  # fmt: skip


def grid(project: Project) -> list[Body]:
    """Every part: `{"revision", "parts", "section_columns", "item_columns", "rows", "figures", "totals"}`.

    A row is its key followed by its columns; figures as in row_figures, in the order of the rows.
    """
    rows = _in_order(project)
    figures = row_figures(project)
    parts = max(1, -(-len(rows) // ROWS_OF_A_PART))
    found = []
    for part in range(parts):
        shown = rows[part * ROWS_OF_A_PART : (part + 1) * ROWS_OF_A_PART]
        found.append(
            {
                "revision": project.revision,
                "part": part,
                "parts": parts,
                "row_count": len(rows),
                "section_columns": SECTION_COLUMNS,
                "item_columns": ITEM_COLUMNS,
                "rows": shown,
                "figures": [figures.rows.get(row[0]) for row in shown],
                "totals": figures.totals,
            }
        )
    return found


def _in_order(project: Project) -> list[list[Any]]:
    below: dict[str | None, list[tuple[int, str, list[Any]]]] = defaultdict(list)
    for kind, owner, columns in (("s", "parent", SECTION_COLUMNS), ("i", "section", ITEM_COLUMNS)):
        # Others, such as issues, are as long to read as all of these together.
        for row in present(project, kind, wanted=columns):
            below[row[owner]].append((row["position"], row["key"], [row["key"], *(row[name] for name in columns)]))
    rows: list[list[Any]] = []
    _walk(None, below, rows)
    return rows


def _walk(parent: str | None, below: dict[str | None, list[tuple[int, str, list[Any]]]], rows: list[Any]) -> None:
    for _, key, row in sorted(below.get(parent, ()), key=lambda placed: placed[:2]):
        rows.append(row)
        if key[0] == "s":
            _walk(key, below, rows)
