"""Acts on the lines of own analyses, inside a change of the project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ahsp.core.errors import NotFound, Refused
from ahsp.estimates.analyses.known import KnownAnalyses
from ahsp.estimates.analyses.lines import (
    CONTENT,
    LAST,
    MOST_LINES,
    Columns,
    Last,
    columns_of,
    content,
    followed,
    make_room,
)
from ahsp.estimates.analyses.nesting import require_sound
from ahsp.estimates.analyses.services import open_with_reference
from ahsp.estimates.models import ProjectAnalysis, ProjectLine
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of
from ahsp.projects.uses import InUse, Use


class Lines:
    """The lines of an own analysis while they are being written."""

    def __init__(self, entry: Entry, pk: int) -> None:
        self.entry = entry
        self.analysis = KnownAnalyses(entry.project).open_own(pk)
        self.rows = list(ProjectLine.objects.filter(analysis=pk).order_by("position", "id"))

    @property
    def position(self) -> dict[int, int]:
        return {row.pk: row.position for row in self.rows}

    def require(self, pks: Iterable[int]) -> None:
        """Raises NotFound for a line of another analysis."""
        for pk in pks:
            if pk not in self.position:
                raise NotFound("analysis.line_not_of", {"key": key_of("l", pk), "code": self.analysis.code})

    def room(self, after: int | Last | None, count: int) -> list[int]:
        """Positions for `count` lines; lines and the percentages of them move apart where there is no room."""
        if isinstance(after, int):
            self.require([after])
        places, moved = make_room([(row.position, row.pk) for row in self.rows], after, count)
        self.place(moved)
        return places

    def place(self, moved: Mapping[int, int]) -> None:
        """Put lines, by id, at other positions; percentages follow."""
        before = self.position
        self.entry.change_rows("l", {pk: {"position": position} for pk, position in moved.items()})
        self.follow({before[pk]: position for pk, position in moved.items()})

    def follow(self, moved: Mapping[int, int | None]) -> None:
        """Let percentages be of the lines they were of, by position; None is one that goes."""
        if moved:
            changed = {row.pk: {"of": followed(row.of, moved)} for row in self.rows if row.of}
            self.entry.change_rows("l", changed)
            self.rows = list(ProjectLine.objects.filter(analysis=self.analysis.pk).order_by("position", "id"))

    def add(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        if len(self.rows) + len(rows) > MOST_LINES:
            raise Refused("analysis.too_long", {"limit": str(MOST_LINES)}, field="rows")
        return self.entry.add_rows("l", [{**row, "analysis_id": self.analysis.pk} for row in rows])


def add_lines(
    entry: Entry, *, analysis: int, rows: Sequence[Mapping[str, Any]], after: int | Last | None = LAST
) -> list[int]:
    """Lines behind `after` (None: first) from their values; `of` holds keys, also those the rows call themselves by.

    Raises Refused and NotFound.
    """
    lines = Lines(entry, analysis)
    places = lines.room(after, len(rows))
    known = KnownAnalyses(entry.project)
    by_key = {key_of("l", pk): position for pk, position in lines.position.items()}
    by_key |= {row["key"]: place for row, place in zip(rows, places, strict=True) if row.get("key")}
    made = []
    for at, (row, place) in enumerate(zip(rows, places, strict=True)):
        values = {**row, "of": _positions(row.get("of", ()), by_key, place, f"rows.{at}.of")}
        made.append({**_written(values, known, f"rows.{at}"), "position": place})
    pks = lines.add(made)
    _require_sound(entry, lines.analysis, rows)
    entry.update(code=lines.analysis.code, lines=len(pks))
    return pks


def _positions(of: Iterable[str], by_key: Mapping[str, int], own: int, field: str) -> list[int]:
    found = set()
    for key in of:
        if key not in by_key:
            raise Refused("key.unknown", {"key": key[:40]}, field=field)
        found.add(by_key[key])
    if own in found:
        raise Refused("percentage.of_itself", field=field)
    return sorted(found)


def _written(values: Mapping[str, Any], known: KnownAnalyses, field: str) -> Columns:
    columns = content(values, field)
    if columns["line_kind"] == "nested":
        columns["nested_code"] = known.open(columns["nested_code"], field=f"{field}.nested_code").code
    return columns


def _require_sound(entry: Entry, analysis: ProjectAnalysis, rows: Sequence[Mapping[str, Any]]) -> None:
    nested = [at for at, row in enumerate(rows) if row.get("nested_code")]
    if nested:
        require_sound(entry.project, [analysis.code], field=f"rows.{nested[0]}.nested_code")


def change_lines(entry: Entry, *, wanted: Mapping[int, Mapping[str, Any]], fields: Mapping[int, str]) -> None:
    """Set values of lines by id; `fields` names each row in errors. Raises Refused and NotFound."""
    present = _open_lines(entry, wanted)
    known = KnownAnalyses(entry.project)
    changed, nested = {}, {}
    for pk, values in wanted.items():
        row, field = present[pk], fields[pk]
        merged = {name: getattr(row, name) for name in CONTENT} | dict(values)
        if "of" in values:
            siblings = ProjectLine.objects.filter(analysis=row.analysis_id).values_list("id", "position")
            by_key = {key_of("l", one): position for one, position in siblings}
            merged["of"] = _positions(values["of"], by_key, row.position, f"{field}.of")
        changed[pk] = _written(merged, known, field)
        if "nested_code" in values:
            nested[known.own[row.analysis_id].code] = f"{field}.nested_code"
    entry.change_rows("l", changed)
    for code, field in nested.items():
        require_sound(entry.project, [code], field=field)
    entry.update(codes=_codes(known, present.values()), lines=len(wanted))


def _open_lines(entry: Entry, pks: Collection[int]) -> dict[int, ProjectLine]:
    """Raises NotFound."""
    found = {row.pk: row for row in ProjectLine.objects.filter(project=entry.project, pk__in=list(pks))}
    for pk in pks:
        if pk not in found:
            raise NotFound("row.not_found", {"key": key_of("l", pk), "project": entry.project.name})
    return found


def _codes(known: KnownAnalyses, rows: Iterable[ProjectLine]) -> list[str]:
    return list(dict.fromkeys(known.own[row.analysis_id].code for row in rows))[:20]


def remove_lines(entry: Entry, pks: Collection[int], *, confirmed: bool) -> None:
    """Take lines out. Raises InUse while percentages are of them, unless `confirmed`: then those are of less."""
    present = _open_lines(entry, pks)
    by_analysis: dict[int, set[int]] = {}
    for row in present.values():
        by_analysis.setdefault(row.analysis_id, set()).add(row.position)
    rest = ProjectLine.objects.filter(analysis__in=list(by_analysis), line_kind="percentage").exclude(pk__in=list(pks))
    resting = [row for row in rest if by_analysis[row.analysis_id] & set(row.of)]
    if resting and not confirmed:
        uses: list[Use] = [{"key": key_of("l", row.pk), "label": row.name} for row in resting]
        raise InUse("analysis.line_in_use", uses)
    gone = {pk: dict.fromkeys(positions) for pk, positions in by_analysis.items()}
    entry.change_rows("l", {row.pk: {"of": followed(row.of, gone[row.analysis_id])} for row in resting})
    entry.remove_rows("l", pks)
    entry.update(codes=_codes(KnownAnalyses(entry.project), present.values()), lines=len(pks))


def move_lines(entry: Entry, *, pks: Sequence[int], after: int | None) -> None:
    """Put lines of one analysis, in this order, behind `after` (None: first). Raises NotFound and Refused."""
    first = next(iter(_open_lines(entry, pks).values()))
    lines = Lines(entry, first.analysis_id)
    lines.require(pks)
    rest = [row.pk for row in lines.rows if row.pk not in set(pks)]
    if after is not None and after not in rest:
        raise Refused("key.unknown", {"key": key_of("l", after)}, field="after")
    behind = 0 if after is None else rest.index(after) + 1
    order = [*rest[:behind], *pks, *rest[behind:]]
    # The places stay, the lines take others of them: nothing beside what is passed by moves.
    places = [row.position for row in lines.rows]
    lines.place({pk: place for pk, place in zip(order, places, strict=True) if lines.position[pk] != place})
    entry.update(code=lines.analysis.code, lines=len(pks))


def copy_lines(entry: Entry, *, to: int, columns: Sequence[Columns], after: int | Last | None = LAST) -> list[int]:
    """Copies of lines behind `after`; a percentage is of those copied with it. Raises Refused and NotFound.

    `columns` come from `own_lines` or `catalog_lines`: each with the analysis it is from as "from".
    """
    lines = Lines(entry, to)
    places = lines.room(after, len(columns))
    at = {(one["from"], one["position"]): place for one, place in zip(columns, places, strict=True)}
    made = []
    for one, place in zip(columns, places, strict=True):
        of = sorted(at[one["from"], other] for other in one["of"] if (one["from"], other) in at)
        made.append({**{name: one[name] for name in CONTENT}, "of": of, "position": place})
    pks = lines.add(made)
    _require_sound(entry, lines.analysis, made)
    entry.update(code=lines.analysis.code, lines=len(pks))
    return pks


def own_lines(entry: Entry, pks: Sequence[int]) -> list[Columns]:
    """Lines of the project's own analyses, to copy. Raises NotFound."""
    present = _open_lines(entry, pks)
    names = (*CONTENT, "position")
    return [{**{name: getattr(present[pk], name) for name in names}, "from": present[pk].analysis_id} for pk in pks]


def catalog_lines(entry: Entry, named: str, positions: Collection[int]) -> list[Columns]:
    """Lines of an analysis of the edition at these positions, all where none is named, to copy. Raises Refused."""
    source = KnownAnalyses(entry.project).open(named, field="reference")
    found = [{**line, "from": source.code} for line in source.lines()]
    if not positions or source.own is not None:
        return found
    return [line for line in found if line["reference_position"] in set(positions)]


def reset_lines(entry: Entry, pk: int, *, pks: Collection[int], positions: Collection[int]) -> None:
    """Make lines what those of the reference are: one that was added goes, and those at `positions` of the reference
    come back. Raises Refused and NotFound."""
    row, _, analysis = open_with_reference(entry, pk)
    lines = Lines(entry, pk)
    lines.require(pks)
    reference = {line.position: line for line in analysis.lines}
    added = [one.pk for one in lines.rows if one.pk in set(pks) and one.reference_position not in reference]
    remove_lines(entry, added, confirmed=True)
    for position in sorted(set(positions) & reference.keys()):
        _bring_back(Lines(entry, pk), columns_of(reference[position]))
    here = {one.reference_position: one for one in Lines(entry, pk).rows if one.reference_position is not None}
    changed = {}
    for origin, one in here.items():
        if origin not in reference or not (one.pk in set(pks) or origin in set(positions)):
            continue
        columns = columns_of(reference[origin])
        of = sorted(here[other].position for other in getattr(reference[origin], "of", ()) if other in here)
        changed[one.pk] = {**{name: columns[name] for name in CONTENT}, "of": of}
    entry.change_rows("l", changed)
    entry.update(code=row.code, lines=len(changed) + len(added))


def _bring_back(lines: Lines, columns: Columns) -> None:
    """A line of the reference that is gone, behind the last of those before it that is there."""
    origin = columns["reference_position"]
    if any(row.reference_position == origin for row in lines.rows):
        return
    before = [row for row in lines.rows if row.reference_position is not None and row.reference_position < origin]
    after = max(before, key=lambda row: row.reference_position or 0).pk if before else None
    (place,) = lines.room(after, 1)
    lines.add([{**columns, "of": [], "position": place}])
