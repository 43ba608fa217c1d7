"""Putting one resource in the place of another, everywhere or in a part of the project, inside a change of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property

from ahsp.catalog.queries import ids_by_code, load_analyses
from ahsp.core.errors import Refused
from ahsp.engine.analysis import Analysis, ResourceLine
from ahsp.engine.nesting import nested_by
from ahsp.engine.resources import Resource
from ahsp.engine.rounding import CALCULATION
from ahsp.estimates.analyses.known import KnownAnalyses, Source
from ahsp.estimates.analyses.lines import CONTENT, Columns
from ahsp.estimates.analyses.queries import load_own_analyses, nested_codes
from ahsp.estimates.analyses.services import copy_analyses, point_each, rename_nested
from ahsp.estimates.models import ProjectLine, WorkItem
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to replace: in what these work items take, in these analyses alone, or, with neither, everywhere."""

    items: frozenset[int] | None = None
    analyses: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """`copies` are the ids of analyses that were made, by the code each stands for; `changed` those that were there;
    `items` all work items that take another resource now."""

    copies: Mapping[str, int]
    changed: tuple[int, ...]
    items: tuple[int, ...]


class Graph:
    """The analyses a project uses or has, by code: what they nest, and which items use them."""

    def __init__(self, project: Project) -> None:
        self.known = KnownAnalyses(project)
        own = {one.analysis.code: one.analysis for one in load_own_analyses([project.pk])[project.pk].values()}
        items = WorkItem.objects.filter(project=project).values_list("id", "own_id", "analysis_id", "code")
        rows = list(items)
        ids = {analysis for _, mine, analysis, _ in rows if mine is None and analysis is not None}
        codes = nested_codes(own.values())
        ids |= set(ids_by_code(project.edition, codes).values()) if codes else set()
        loaded = load_analyses(ids)
        self.analyses: dict[str, Analysis] = {one.code: one for one in loaded.values()} | own
        self.catalog = {one.code: pk for pk, one in loaded.items() if one.code not in own}
        by_id = {pk: one.code for pk, one in self.known.own.items()}
        self.items = {pk: self._root(by_id.get(mine), loaded.get(analysis), code) for pk, mine, analysis, code in rows}

    @staticmethod
    def _root(own: str | None, analysis: Analysis | None, code: str) -> str:
        return own or (analysis.code if analysis else code)

    def open(self, named: str, *, field: str) -> str:
        """The code of an analysis named by key or code, also one that nothing uses yet. Raises Refused."""
        source = self.known.open(named, field=field)
        if source.code not in self.analyses and source.catalog is not None:
            self.analyses[source.code] = load_analyses([source.catalog])[source.catalog]
            self.catalog[source.code] = source.catalog
        return source.code

    def source(self, code: str) -> Source:
        """Of a code in the graph."""
        analysis, own = self.analyses[code], self.known.by_code.get(code)
        if own is not None:
            return Source(code, own.name, own.unit, own.reference_id, own.pk)
        return Source(code, analysis.name, analysis.unit, self.catalog[code], None)

    def reach(self, codes: Iterable[str]) -> set[str]:
        """These and all that they nest, however deep."""
        waiting = [code for code in codes if code in self.analyses]
        found: set[str] = set()
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting += nested_by(self.analyses, code)
        return found

    def takes(self, code: str, resource: Resource) -> bool:
        """Whether a line of its own names the resource."""
        return any(isinstance(line, ResourceLine) and line.resource == resource for line in self.analyses[code].lines)

    def taking(self, resource: Resource, within: Collection[str]) -> set[str]:
        """Of these, the ones that take the resource themselves or through what they nest."""
        found = {code for code in within if self.takes(code, resource)}
        grown = True
        while grown:
            more = {
                code for code in within if code not in found and not found.isdisjoint(nested_by(self.analyses, code))
            }
            grown = bool(more)
            found |= more
        return found


class _Replacement:
    def __init__(self, entry: Entry, old: Resource, new: Resource, factor: Decimal, scope: Scope) -> None:
        self.entry, self.old, self.new, self.factor, self.scope = entry, old, new, factor, scope
        self.graph = Graph(entry.project)
        self.renamed: dict[str, str] = {}

    @cached_property
    def inside(self) -> dict[int, str]:
        """The items in the scope, with the code of the analysis each uses."""
        wanted = self.scope.items
        return {pk: code for pk, code in self.graph.items.items() if wanted is None or pk in wanted}

    @cached_property
    def affected(self) -> set[str]:
        graph = self.graph
        if self.scope.analyses is not None:
            named = {graph.open(one, field=f"analyses.{at}") for at, one in enumerate(self.scope.analyses)}
            return {code for code in named if graph.takes(code, self.old)}
        roots = set(self.inside.values())
        if self.scope.items is None:
            roots |= graph.known.by_code.keys()
        return graph.taking(self.old, graph.reach(roots))

    @cached_property
    def copied(self) -> list[str]:
        """Codes of those that stay as they are for others: all of the edition, and own ones used outside the scope."""
        graph, affected = self.graph, self.affected
        kept: set[str] = set()
        if self.scope.items is not None:
            reached = graph.reach(self.inside.values())
            others = {code for pk, code in graph.items.items() if pk not in self.inside}
            kept = graph.reach(others | (graph.known.by_code.keys() - reached))
        return sorted(code for code in affected if code in graph.catalog or code in kept)

    def carry_out(self) -> Replaced:
        graph = self.graph
        if not self.affected:
            raise Refused("resource.not_used", {"name": self.old.name, "unit": self.old.unit}, field="from")
        sources = [graph.source(code) for code in self.copied]
        codes = graph.known.free_codes([source.code for source in sources])
        self.renamed = dict(zip(self.copied, codes, strict=True))
        made = dict(
            zip(
                self.copied,
                copy_analyses(self.entry, list(zip(sources, codes, strict=True)), self._revised),
                strict=True,
            )
        )
        changed = self._change_in_place()
        targets = {
            one.code: Source(self.renamed[one.code], one.name, one.unit, None, made[one.code]) for one in sources
        }
        point_each(self.entry, {item: targets[code] for item, code in self.inside.items() if code in targets})
        items = tuple(pk for pk, code in self.inside.items() if code in self.affected)
        return Replaced(made, tuple(changed), items)

    def _revised(self, line: Columns) -> Columns:
        if line["line_kind"] == "nested":
            return {**line, "nested_code": self.renamed.get(line["nested_code"], line["nested_code"])}
        identity = (line["group_kind"], line["name"], line["unit"])
        if line["line_kind"] != "resource" or identity != tuple(self.old):
            return line
        kind, name, unit = self.new
        coefficient = line["coefficient"]
        if coefficient is not None:
            with localcontext(CALCULATION):
                coefficient = coefficient * self.factor
        return {**line, "group_kind": kind.value, "name": name, "unit": unit, "coefficient": coefficient}

    def _change_in_place(self) -> list[int]:
        """Lines of own analyses that are changed themselves, and nested lines that name a copy now."""
        own = self.graph.known.by_code
        pks = [own[code].pk for code in self.affected if code in own and code not in self.renamed]
        rows = ProjectLine.objects.filter(analysis__in=pks).values("id", *CONTENT)
        self.entry.change_rows("l", {row.pop("id"): self._revised(row) for row in map(dict, rows)})
        if self.scope.analyses is not None and self.renamed:
            # Who else nests one of them follows as its items do.
            pks += rename_nested(self.entry, self.renamed)
        return sorted(set(pks))


def replace_resource(
    entry: Entry, *, old: Resource, new: Resource, factor: Decimal = Decimal(1), scope: Scope = Scope()
) -> Replaced:
    """Put `new` in the place of `old`, coefficients times `factor`. What uses an analysis of the edition gets a copy of
    it, one for all that use it. Raises Refused."""
    if old == new and factor == 1:
        raise Refused("resource.same", field="to")
    done = _Replacement(entry, old, new, factor, scope).carry_out()
    entry.update(
        resource={"before": f"{old.name} ({old.unit})", "after": f"{new.name} ({new.unit})"},
        copies=len(done.copies), changed=len(done.changed), items=len(done.items),
    )  # fmt: skip
    return done
