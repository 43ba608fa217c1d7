"""What is not right with a number, as a value that travels up beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """INFO is worth knowing, WARNING deserves a look, ERROR leaves the number incomplete."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `code` is stable ("price.missing"); `data` fills the text of that code.

    The engine knows no languages: ahsp.core.issue_texts turns an Issue into a sentence.
    """

    code: str
    severity: Severity
    data: Mapping[str, str] = field(default_factory=dict)


def error(code: str, **data: str) -> Issue:
    return Issue(code, Severity.ERROR, data)


def warning(code: str, **data: str) -> Issue:
    return Issue(code, Severity.WARNING, data)
