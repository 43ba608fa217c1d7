"""The kinds of job. Apps above register what they do; this app knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahsp.core.errors import NotFound

if TYPE_CHECKING:
    from ahsp.jobs.models import Job
    from ahsp.jobs.work import Work

Handler = Callable[["Work"], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` names a job of this kind to its person; `opens` is the address of what it made, "" for none.

    `begins` is the address of the page where a failed one is begun anew, where trying the same again is no use.
    """

    name: str
    handler: Handler
    label: Callable[[Job], str]
    opens: Callable[[Job], str]
    begins: Callable[[Job], str]


def _nowhere(_job: Job) -> str:
    return ""


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    label: Callable[[Job], str] | None = None,
    opens: Callable[[Job], str] = _nowhere,
    begins: Callable[[Job], str] = _nowhere,
) -> Callable[[Handler], Handler]:
    """Decorate `handler(work) -> None` as what does jobs of `kind`.

    A handler may be run again after an interruption. It gives a file with `work.keep_file`, or changes rows inside
    `work.completion()`, which makes the change and the end of the job one transaction.
    """

    def add(handler: Handler) -> Handler:
        if kind in _kinds and _kinds[kind].handler.__qualname__ != handler.__qualname__:
            raise RuntimeError(f"two handlers for jobs of kind {kind}")
        _kinds[kind] = Kind(kind, handler, label or (lambda job: job.kind), opens, begins)
        return handler

    return add


def kind_of(name: str) -> Kind:
    """Raises NotFound."""
    try:
        return _kinds[name]
    except KeyError:
        raise NotFound("job.unknown_kind", {"kind": name}) from None
