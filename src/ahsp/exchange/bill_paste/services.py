"""The act that makes rows of the bill from a pasted block, inside a change of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ahsp.engine.numbers import Notation
from ahsp.estimates.bill.row_services import NewRow, add_rows, begun_at
from ahsp.estimates.bill.telling import tell_rows
from ahsp.estimates.places import Last
from ahsp.estimates.quantities.formulas import Faults
from ahsp.exchange.bill_paste.reading import COLUMNS, Cells, PastedRow, read_paste
from ahsp.exchange.bill_paste.telling import told_rows
from ahsp.projects.entries import Entry

# A column is doubtful when this share of its cells cannot be read: then it is probably another one.
_DOUBTFUL: Final = 0.5
_FEWEST: Final = 3


def paste_rows(
    *,
    entry: Entry,
    cells: Cells,
    fields: Sequence[str | None] | None,
    notation: Notation,
    parent: str | None,
    after: str | Last | None,
    skip_errors: bool,
) -> Mapping[str, Any]:
    """Make sections and items of a block, behind `after` in `parent`; what each row became.

    Raises Refused, and CellsRefused for cells that cannot be used unless rows with such are to be left out.
    """
    pasted = read_paste(cells, fields, notation)
    if not skip_errors:
        faults = Faults()
        faults.found += [problem for row in pasted.rows for problem in row.problems]
        faults.refuse()
    wanted, lines = _tree([row for row in pasted.rows if row.kind and not row.problems], parent)
    keys = add_rows(entry=entry, wanted=begun_at(wanted, parent, after)) if wanted else []
    made = dict(zip(lines, keys, strict=True))
    if keys:
        tell_rows(entry, keys)
    counts = Counter(key[0] for key in keys)
    result: dict[str, Any] = {
        "keys": [made[line] for line, row in zip(lines, wanted, strict=True) if row.parent == parent],
        "notation": pasted.notation.value,
        "fields": [pasted.fields.get(at) for at in range(max(pasted.fields, default=-1) + 1)],
        "sections": counts["s"],
        "items": counts["i"],
        "doubtful": _doubtful(pasted.rows),
    }
    if entry.trying:
        result["rows"] = told_rows(entry.project, pasted.rows, made)
    return result


def _tree(rows: Iterable[PastedRow], parent: str | None) -> tuple[list[NewRow], list[int]]:
    """Rows to be made, by the levels at which they stand, and the lines that they come from."""
    wanted: list[NewRow] = []
    lines: list[int] = []
    around: list[tuple[int, str]] = []
    for row in rows:
        while around and around[-1][0] >= row.level:
            around.pop()
        name = f"line {row.line}"
        wanted.append(NewRow(row.kind, row.values, around[-1][1] if around else parent, name=name))
        lines.append(row.line)
        if row.kind == "s":
            around.append((row.level, name))
    return wanted, lines


def _doubtful(rows: Iterable[PastedRow]) -> list[str]:
    """Columns of which so much cannot be read that they are probably others."""
    filled, wrong = Counter[str](), Counter[str]()
    for row in rows:
        if row.kind:
            filled.update(row.texts.keys())
            wrong.update({problem.field for problem in row.problems})
    return [one for one in COLUMNS if wrong[one] >= _FEWEST and wrong[one] > _DOUBTFUL * filled[one]]
