"""A bill of two sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ahsp.projects.models import Project
    from tests.people import Cast


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    from tests.builders import fill

    return fill(project, cast)
