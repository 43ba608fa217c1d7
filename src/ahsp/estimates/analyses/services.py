"""Acts on the project's own analyses as a whole, inside a change of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from ahsp.catalog.queries import load_analyses
from ahsp.core.errors import Refused
from ahsp.engine.analysis import Analysis
from ahsp.estimates.analyses.known import KnownAnalyses, Source
from ahsp.estimates.analyses.lines import Columns, columns_of
from ahsp.estimates.analyses.nesting import require_sound
from ahsp.estimates.models import ProjectAnalysis, ProjectLine, WorkItem
from ahsp.projects.entries import Entry
from ahsp.projects.tables import key_of
from ahsp.projects.uses import InUse, Use

MOST_ANALYSES = 5_000
# Findings of the import that another analysis answers.
_ANSWERED = ("analysis.", "code.")


def _as_it_is(line: Columns) -> Columns:
    return line


def copy_analyses(
    entry: Entry, wanted: Sequence[tuple[Source, str]], revised: Callable[[Columns], Columns] = _as_it_is
) -> list[int]:
    """Own analyses, line by line as their sources are or as `revised` makes them, under these codes; their ids.

    Raises Refused.
    """
    require_few(entry, len(wanted))
    heads = [
        {"code": code, "name": source.name, "unit": source.unit, "reference_id": source.catalog}
        for source, code in wanted
    ]
    made = entry.add_rows("a", heads)
    lines = [
        {**revised(line), "analysis_id": pk}
        for pk, (source, _) in zip(made, wanted, strict=True)
        for line in source.lines()
    ]
    entry.add_rows("l", lines)
    return made


def require_few(entry: Entry, more: int) -> None:
    count = ProjectAnalysis.objects.filter(project=entry.project).count()
    if count + more > MOST_ANALYSES:
        raise Refused("analysis.too_many", {"limit": str(MOST_ANALYSES)}, field="analyses")


def modify(entry: Entry, *, reference: str, items: Collection[int] | None, code: str) -> tuple[int, int]:
    """A copy of `reference` for these items, or for all that use it; its id and how many those are. Raises Refused."""
    known = KnownAnalyses(entry.project)
    source = known.open(reference, field="reference")
    using = set(items_of(entry, source))
    wanted = using if items is None else set(items)
    if wanted - using:
        raise Refused("analysis.not_of_item", {"code": source.code, "count": str(len(wanted - using))}, field="items")
    code = known.require_free(code, field="code") if code else known.free_codes([source.code])[0]
    (pk,) = copy_analyses(entry, [(source, code)])
    point_items(entry, wanted, Source(code, source.name, source.unit, None, pk))
    require_sound(entry.project, [code], field="code")
    lines = ProjectLine.objects.filter(analysis=pk).count()
    entry.update(code=code, reference=source.code, lines=lines, items=len(wanted))
    return pk, len(wanted)


def items_of(entry: Entry, source: Source) -> list[int]:
    """Ids of the work items that use it themselves."""
    mine = Q(own=source.own) if source.own is not None else Q(own=None, analysis=source.catalog)
    return list(WorkItem.objects.filter(mine, project=entry.project).values_list("id", flat=True))


def point_items(entry: Entry, items: Iterable[int], target: Source) -> list[int]:
    """Let the items use `target`; description and unit come from it where they lack. Raises NotFound."""
    return point_each(entry, dict.fromkeys(items, target))


def point_each(entry: Entry, targets: Mapping[int, Source]) -> list[int]:
    """Let each item, by id, use an analysis of its own. Raises NotFound."""
    names = ("reading_issues", "description", "unit")
    changed = {}
    for pk, old in entry.read("i", targets, names).items():
        target = targets[pk]
        changed[pk] = {
            "code": target.code,
            "own_id": target.own,
            "analysis_id": target.catalog if target.own is None else None,
            "reading_issues": [one for one in old["reading_issues"] if not one["code"].startswith(_ANSWERED)],
            "description": old["description"] or target.name,
            "unit": old["unit"] or target.unit,
        }
    return entry.change_rows("i", changed)


def use(entry: Entry, *, analysis: str, items: Collection[int]) -> int:
    """Let items use an analysis of the project or its edition; how many did not before. Raises Refused, NotFound."""
    source = KnownAnalyses(entry.project).open(analysis, field="analysis")
    touched = point_items(entry, items, source)
    entry.update(code=source.code, items=len(touched))
    return len(touched)


def add(entry: Entry, *, values: Mapping[str, Any]) -> int:
    """An analysis of the project's own, without lines; its id. Items that have its code already use it."""
    known = KnownAnalyses(entry.project)
    require_few(entry, 1)
    code = known.require_free(values["code"], field="code") if values.get("code") else known.own_code()
    (pk,) = entry.add_rows("a", [{**values, "code": code}])
    adopt(entry, pk, code)
    entry.update(code=code, name=values["name"])
    return pk


def adopt(entry: Entry, pk: int, code: str) -> None:
    """Items that were written with this code before it meant anything mean this analysis."""
    items = WorkItem.objects.filter(project=entry.project, code=code, own=None, analysis=None)
    entry.change_rows("i", {item: {"own_id": pk} for item in items.values_list("id", flat=True)})


def change(entry: Entry, wanted: Mapping[int, Mapping[str, Any]], fields: Mapping[int, str]) -> None:
    """Set code, name, unit and note by id; `fields` names each row in errors. Lines and items follow a new code."""
    known = KnownAnalyses(entry.project)
    for pk, values in wanted.items():
        old, changed = known.open_own(pk).code, dict(values)
        if "code" in values:
            changed["code"] = known.require_free(values["code"], field=f"{fields[pk]}.code", besides=pk)
        entry.change_rows("a", {pk: changed})
        if changed.get("code", old) != old:
            _rename(entry, pk, old, changed["code"])
            known = KnownAnalyses(entry.project)
            require_sound(entry.project, [changed["code"]], field=f"{fields[pk]}.code")
        entry.setdefault("codes", []).append(changed.get("code", old))


def _rename(entry: Entry, pk: int, old: str, new: str) -> None:
    rename_nested(entry, {old: new})
    items = WorkItem.objects.filter(project=entry.project, own=pk).values_list("id", flat=True)
    entry.change_rows("i", {item: {"code": new} for item in items})
    adopt(entry, pk, new)


def rename_nested(entry: Entry, codes: Mapping[str, str], within: Collection[int] | None = None) -> list[int]:
    """Write other codes into nested lines, of all own analyses or of those with the ids `within`; their ids."""
    lines = ProjectLine.objects.filter(project=entry.project, line_kind="nested", nested_code__in=list(codes))
    if within is not None:
        lines = lines.filter(analysis__in=list(within))
    rows = list(lines.values_list("id", "nested_code", "analysis_id"))
    entry.change_rows("l", {pk: {"nested_code": codes[code]} for pk, code, _ in rows})
    return list({analysis for _, _, analysis in rows})


def remove(entry: Entry, pks: Collection[int], *, confirmed: bool) -> None:
    """Take own analyses out. Raises InUse unless `confirmed`: then what used them keeps the code and has no price."""
    known = KnownAnalyses(entry.project)
    codes = [known.open_own(pk).code for pk in pks]
    items = WorkItem.objects.filter(project=entry.project, own__in=list(pks)).order_by("position")
    using = [(one.pk, str(one)) for one in items.only("id", "number", "description")]
    if not confirmed:
        _require_unused(entry, pks, codes, using)
    entry.change_rows("i", {pk: {"own_id": None, "analysis_id": None} for pk, _ in using})
    entry.remove_rows("a", pks)
    entry.update(codes=codes, items=len(using))


def _require_unused(entry: Entry, pks: Collection[int], codes: Sequence[str], items: Sequence[tuple[int, str]]) -> None:
    nesting = ProjectAnalysis.objects.filter(
        Q(lines__nested_code__in=codes), ~Q(pk__in=list(pks)), project=entry.project
    ).distinct()
    uses: list[Use] = [{"key": key_of("a", one.pk), "label": str(one)} for one in nesting]
    uses += [{"key": key_of("i", pk), "label": label} for pk, label in items]
    if uses:
        counts = {"items": str(len(items)), "analyses": str(len(uses) - len(items))}
        raise InUse("analysis.in_use", uses, codes=", ".join(codes[:10]), **counts)


def reset(entry: Entry, pk: int) -> None:
    """Make an own analysis what its reference is, line by line, name and unit too. Raises Refused, NotFound."""
    row, source, reference = open_with_reference(entry, pk)
    entry.change_rows("a", {pk: {"name": reference.name, "unit": reference.unit}})
    wanted = {line.position: columns_of(line) for line in reference.lines}
    lines = ProjectLine.objects.filter(analysis=pk).order_by("position", "id")
    kept: dict[int, int] = {}
    gone = []
    for line, origin in lines.values_list("id", "reference_position"):
        if origin in wanted and origin not in kept.values():
            kept[line] = origin
        else:
            gone.append(line)
    entry.remove_rows("l", gone)
    entry.change_rows("l", {line: wanted[origin] for line, origin in kept.items()})
    missing = [columns for origin, columns in wanted.items() if origin not in kept.values()]
    entry.add_rows("l", [{**columns, "analysis_id": pk} for columns in missing])
    entry.update(code=row.code, reference=source.code)


def give_up(entry: Entry, pk: int) -> int:
    """Let everything that uses a copy use its reference again, and take the copy out; how many items that are."""
    row, source, _ = open_with_reference(entry, pk)
    items = WorkItem.objects.filter(project=entry.project, own=pk).values_list("id", flat=True)
    touched = point_items(entry, list(items), source)
    rename_nested(entry, {row.code: source.code})
    entry.remove_rows("a", [pk])
    entry.update(code=row.code, reference=source.code, items=len(touched))
    return len(touched)


def open_with_reference(entry: Entry, pk: int) -> tuple[ProjectAnalysis, Source, Analysis]:
    """An own analysis and what it was made from. Raises NotFound, and Refused for one that was made from none."""
    row = KnownAnalyses(entry.project).open_own(pk)
    if row.reference_id is None:
        raise Refused("analysis.no_reference", {"code": row.code}, field="key")
    reference = load_analyses([row.reference_id])[row.reference_id]
    return row, Source(reference.code, reference.name, reference.unit, row.reference_id, None), reference
