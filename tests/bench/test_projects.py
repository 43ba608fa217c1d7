from __future__ import annotations

import pytest
from django.core.management import call_command

from ahsp.bench.projects import MODIFIED_EVERY, lines_of, make_bench_project


@pytest.mark.django_db
def test_items_of_the_measured_project_have_a_dozen_lines() -> None:
    call_command("load_packages", verbosity=0)
    _, project = make_bench_project(120)
    assert lines_of(project) >= 120 * 12
    assert project.items.filter(own__isnull=False).count() == 120 // MODIFIED_EVERY
