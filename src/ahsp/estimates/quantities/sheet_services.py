"""Acts on take-off sheets, inside a change of the project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from ahsp.core.copying import reserve_ids
from ahsp.core.errors import Conflict, NotFound, Refused
from ahsp.engine.takeoff import CELLS
from ahsp.estimates.models import TakeoffLine
from ahsp.estimates.places import ROOM
from ahsp.estimates.quantities.formulas import Faults, formula_problem
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of

MOST_LINES = 2_000
Values = Mapping[str, Any]


class FollowingType:
    """Behind the line before it."""


FOLLOWING = FollowingType()


class Line(NamedTuple):
    """A line of a sheet that is to be written: what the program calls it, its id unless it is to be made, the cells
    as typed, and the line it is to stand behind (None: first)."""

    name: str
    pk: int | None
    cells: Mapping[str, str]
    after: int | FollowingType | None


def set_lines(*, entry: Entry, item: int, lines: Sequence[Line], whole: bool, lenient: bool) -> list[int]:
    """Write lines of the take-off sheet of `item`, changing those with an id and making the others: behind `after`,
    or where that is FOLLOWING behind the line before it in `lines`, or last. A `whole` sheet has these lines and no
    others, in this order. The ids of `lines`.

    What cannot be read is refused, unless `lenient`: then it stays as typed, and the sheet tells. A sheet takes the
    place of a formula or a typed quantity. Raises Refused, CellsRefused and NotFound.
    """
    entry.read("i", [item], ["formula"])
    stored = TakeoffLine.objects.filter(project=entry.project, item=item).order_by("position", "id")
    present = dict(stored.values_list("id", "position"))
    if not lenient:
        _require_readable(lines)
    ids = _ids(entry, lines, present)
    order = list(dict.fromkeys(ids)) if whole else _placed(list(present), lines, ids)
    if len(order) > MOST_LINES:
        raise Refused("takeoff.too_long", {"limit": str(MOST_LINES)}, field="rows")
    entry.remove_rows("t", present.keys() - set(order))
    cells = {pk: {name: text.strip() for name, text in line.cells.items()} for line, pk in zip(lines, ids, strict=True)}
    _write(entry, item, cells, _positions(order, present), present)
    if order:
        entry.change_rows("i", {item: {"formula": ""}})
    return ids


def _require_readable(lines: Sequence[Line]) -> None:
    faults = Faults()
    for line in lines:
        for cell in CELLS:
            text = line.cells.get(cell, "")
            if text.strip():
                faults.add_issue(line.name, cell, formula_problem(text))
    faults.refuse()


def _ids(entry: Entry, lines: Sequence[Line], present: Collection[int]) -> list[int]:
    """The id of each line, reserved for those that are to be made. Raises NotFound."""
    fresh = iter(reserve_ids(TakeoffLine, sum(line.pk is None for line in lines)))
    for line in lines:
        if line.pk is not None and line.pk not in present:
            raise NotFound("row.not_found", {"key": key_of("t", line.pk), "project": entry.project.name})
    return [next(fresh) if line.pk is None else line.pk for line in lines]


def _placed(order: list[int], lines: Sequence[Line], ids: Sequence[int]) -> list[int]:
    """`order` with the lines that are to be made in their places."""
    before: int | None = None
    for line, pk in zip(lines, ids, strict=True):
        if line.pk is None:
            after = before if isinstance(line.after, FollowingType) else line.after
            if after in order:
                order.insert(order.index(after) + 1, pk)
            elif line.after is None:
                order.insert(0, pk)
            else:
                order.append(pk)
        before = pk
    return order


def _positions(order: Sequence[int], present: Mapping[int, int]) -> dict[int, int]:
    """A position for every line of `order`; those that are there keep theirs where there is room between them."""
    found: dict[int, int] = {}
    last, waiting = 0, list[int]()
    for pk in order:
        if pk not in present:
            waiting.append(pk)
            continue
        step = (present[pk] - last) // (len(waiting) + 1)
        if step < 1:
            return {one: ROOM * at for at, one in enumerate(order, 1)}
        found.update({one: last + step * at for at, one in enumerate(waiting, 1)})
        last, waiting = present[pk], []
        found[pk] = last
    found.update({one: last + ROOM * at for at, one in enumerate(waiting, 1)})
    return found


def _write(
    entry: Entry, item: int, cells: Mapping[int, Values], positions: Mapping[int, int], present: Collection[int]
) -> None:
    changed: dict[int, dict[str, Any]] = {}
    made: list[dict[str, Any]] = []
    for pk, position in positions.items():
        if pk in present:
            changed[pk] = {**cells.get(pk, {}), "position": position}
        else:
            made.append({"id": pk, "item_id": item, "position": position, **cells[pk]})
    entry.change_rows("t", changed)
    entry.add_rows("t", made)


def remove_lines(*, entry: Entry, pks: Collection[int]) -> None:
    """Take lines out of their sheets; a sheet without lines leaves its item without quantity."""
    entry.remove_rows("t", pks)


def give_up_sheets(*, entry: Entry, items: Collection[int], confirmed: bool) -> None:
    """For a quantity that is typed where there is a take-off sheet: the sheet goes, once the person has said so.

    Raises Conflict unless `confirmed`.
    """
    rows = TakeoffLine.objects.filter(project=entry.project, item_id__in=list(items)).values_list("id", "item_id")
    lines = list(rows)
    if lines and not confirmed:
        count = len({item for _, item in lines})
        raise Conflict("takeoff.in_use", {"count": str(count)})
    entry.remove_rows("t", [pk for pk, _ in lines])
