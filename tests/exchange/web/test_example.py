"""The example project, offered where there is none yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from ahsp.estimates.queries import totals
from ahsp.projects.models import Project
from tests.people import Cast, sign_in


@pytest.fixture
def loaded(cast: Cast) -> Cast:
    call_command("load_packages", verbosity=0)
    return cast


def test_a_stranger_to_the_demo_gets_an_example_of_his_own(loaded: Cast) -> None:
    client = sign_in(loaded.dedi)
    assert reverse("exchange:example") in client.get(reverse("estimates:projects")).content.decode()
    answer = client.post(reverse("exchange:example"))
    project = Project.objects.get()
    assert answer.headers["Location"] == reverse("estimates:rab", kwargs={"code": project.code})
    assert project.organization.name == "Kantor Lain"
    shown = totals(project)
    assert (shown.item_count, shown.incomplete) == (229, 6)


def test_the_demo_is_made_once(loaded: Cast, tmp_path: Path) -> None:
    assert loaded.office.projects.count() == 0
    for _ in range(2):
        call_command("demo_project", f"--password-file={tmp_path}/password")
    assert Project.objects.filter(is_demo=True).count() == 1
