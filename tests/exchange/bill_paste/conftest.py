"""A bill of two sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ahsp.projects.models import Project
    from tests.people import Cast

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 10
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 |     | Mobilisasi | ls | 1 | 5000000
4 |     | Belum dihargai | unit | 2
5 | 1.3 | Plesteran | m2 |
"""


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    from ahsp.estimates.services import import_boq
    from tests.builders import bill

    children = bill(BILL)
    import_boq(project=project, person=cast.budi, children=children, replace=True, source="boq.csv", expected=1)
    return project
