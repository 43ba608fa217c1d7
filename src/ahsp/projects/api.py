"""Addresses of this app, and what every write inside a project does. The project itself shows totals, so it is an
address of `estimates`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ahsp.core.api.problems import ApiError
from ahsp.core.errors import Conflict
from ahsp.projects.comments.api import api_urls as of_comments
from ahsp.projects.log.api import api_urls as of_log
from ahsp.projects.models import Project
from ahsp.projects.people.api import api_urls as of_people
from ahsp.projects.queries import changes_since


@contextmanager
def telling_what_changed(project: Project, expected: int) -> Iterator[None]:
    """A write that meets another revision than `expected` answers with what was written since."""
    try:
        # Also for a write that would change nothing: whoever sent it believes in another state.
        if project.revision != expected:
            raise Conflict("project.changed", {"expected": str(expected), "revision": str(project.revision)})
        yield
    except Conflict as conflict:
        if conflict.code != "project.changed":
            raise
        more = {"revision": int(conflict.data["revision"]), "changes": changes_since(project, expected)}
        raise ApiError(409, conflict.code, conflict.data, more=more) from conflict


api_urls = [*of_log, *of_comments, *of_people]
