"""What the codes of a bill mean in an edition: one answer for the pages and the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace

from ahsp.engine.estimate import Section, WorkItem
from ahsp.engine.issues import Issue, Severity

Child = Section | WorkItem
_LEADING = re.compile(r"^(?:ahsp|analisa|analisis)[.:\-]*(?=[A-Z]?\.?\d)", re.IGNORECASE)
_QUOTES = "'\"`´‘’“”"
_MARKS = ".,;:"
_SPACES = re.compile(r"\s+")


def tidy_code(written: str) -> str:
    """The code without spaces, quotation marks, marks behind it and the word AHSP before it: "AHSP 2.2.1. 4.5." is
    2.2.1.4.5."""
    return _LEADING.sub("", _SPACES.sub("", written).strip(_QUOTES)).rstrip(_MARKS + _QUOTES)


def written_codes(children: Sequence[Child]) -> Iterator[str]:
    """Every code in the tree as it was written."""
    for child in children:
        if isinstance(child, Section):
            yield from written_codes(child.children)
        elif child.analysis:
            yield child.analysis


def resolve_codes(
    children: Sequence[Child], known: Container[str], editions_with: Callable[[str], Sequence[str]]
) -> tuple[Child, ...]:
    """The same tree with codes as the edition writes them.

    `known` are the codes of the edition, `editions_with` names other editions that have a code. A code that was tidied
    gets the issue "analysis.code_tidied", one that only others have "analysis.other_edition".
    """
    return tuple(
        replace(child, children=resolve_codes(child.children, known, editions_with))
        if isinstance(child, Section)
        else _resolve(child, known, editions_with)
        for child in children
    )


def _resolve(item: WorkItem, known: Container[str], editions_with: Callable[[str], Sequence[str]]) -> WorkItem:
    written = item.analysis
    if written is None or written in known:
        return item
    tidy = tidy_code(written)
    if tidy in known:
        issue = Issue("analysis.code_tidied", Severity.INFO, {"written": written, "analysis": tidy})
        return replace(item, analysis=tidy, issues=(*item.issues, issue))
    editions = editions_with(tidy)
    if not editions:
        return item
    # A line with a price of its own does not need the analysis.
    severity = Severity.ERROR if item.unit_price is None else Severity.WARNING
    issue = Issue("analysis.other_edition", severity, {"analysis": tidy, "editions": ", ".join(editions)})
    return replace(item, issues=(*item.issues, issue))
