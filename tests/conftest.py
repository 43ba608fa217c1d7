"""Fixtures of every test that touches the database. Django is imported on use: the engine's tests run without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ahsp.projects.models import Project
    from tests.people import Cast


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 the fixture opens the database
    from tests.people import make_cast

    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    from tests.builders import make_edition, make_price_book, make_project

    make_edition()
    make_price_book()
    return make_project(cast)
