"""A project as a file and back, and its copy: everything it is, and its own change log."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import ForeignKey, Model

from ahsp.accounts.models import Role
from ahsp.core.errors import AhspError
from ahsp.estimates.models import Section, WorkItem
from ahsp.estimates.services import import_boq
from ahsp.exchange.documents.rab import to_json
from ahsp.exchange.exports import rab_document
from ahsp.exchange.models import BoqImport
from ahsp.exchange.project_files import CARRIED, PLAIN_SETTINGS, copy_project, dump, load
from ahsp.prices.models import PriceBook
from ahsp.projects.access import open_project
from ahsp.projects.models import Change, Comment, Project, ProjectRole, RowChange, Snapshot
from ahsp.projects.services import change_settings
from ahsp.projects.tables import tables
from tests.builders import bill, make_project
from tests.estimates.analyses.acts import fill, item, lines, own, run, told, unit_prices
from tests.people import Cast

BILL = """
# Tanah
1 | 1.1 | Galian tanah | m3 | 1042.5
2 | 1.2 | Urugan pasir | m3 | 4
# Lain-lain
3 | A.9 | Mobilisasi “alat”\t| ls | 1 | 5000000.125
4 | 1.3 | Plesteran | m2 |
"""

# What happens in a copy to every table that hangs on a project, however far: a new one needs its decision here.
COPIED = {table.model for table in tables()} - {Project}
LEFT_BEHIND = {
    Comment,  # a conversation about the original, among its people
    Snapshot,  # versions of the original, and who approved them
    ProjectRole,  # people are let into one project; the copier keeps what he may do
    RowChange,  # goes with the changes
    Change,  # a copy has a history of its own, which begins with where it is from
    BoqImport,  # an upload of one person on its way in
}
PROJECT_OWN = {
    "id", "organization", "code", "is_demo", "revision", "last_tag", "created_by", "created_at", "updated_at",
    "locked_at", "locked_by",
}  # fmt: skip


@pytest.fixture
def filled(project: Project, cast: Cast) -> Project:
    """Nested sections, own prices, an item's overhead, remarks of the reading, settings other than the usual."""
    import_boq(project=project, person=cast.ani, children=bill(BILL), replace=True, source="b", expected=1)
    inner = Section.objects.create(
        project=project, organization=cast.office, parent=Section.objects.get(number="2"), position=90, name="Dalam"
    )
    remark = [{"code": "amount.differs", "severity": "warning", "data": {"file": "b", "row": "3"}}]
    values: dict[str, Any] = {
        "project": project,
        "organization": cast.office,
        "section": inner,
        "position": 91,
        "tag": 9,
    }
    WorkItem.objects.create(**values, description="Terdalam", overhead="12.5", quantity="0.0387", reading_issues=remark)
    settings = {"overhead": "12.5", "location": "Bandung", "owner_name": "Dinas", "total_rounding": "floor:1000"}
    change_settings(project=project, person=cast.ani, expected=2, values=settings)
    return Project.objects.get(pk=project.pk)


def priced(project: Project) -> dict[str, Any]:
    """The priced estimate without what tells one project from another."""
    shown = to_json(rab_document(project, "id"))
    for name in ("title", "project_code", "revision", "date"):
        shown.pop(name, None)
    return shown


def content(project: Project) -> dict[str, Any]:
    return {name: value for name, value in dump(project).items() if name not in {"code", "revision"}}


def test_a_copy_has_everything_and_the_same_price_of_every_line(filled: Project, cast: Cast) -> None:
    copy = copy_project(project=filled, person=cast.budi)
    assert content(copy) == content(filled)
    assert priced(copy) == priced(filled)
    assert copy.code != filled.code
    assert (copy.revision, copy.created_by, copy.organization) == (1, cast.budi, filled.organization)
    assert not set(copy.items.values_list("pk", flat=True)) & set(filled.items.values_list("pk", flat=True))
    assert {section.project_id for section in copy.sections.all()} == {copy.pk}
    assert copy.items.get(description="Terdalam").section.parent.name == "Lain-lain"


def test_the_change_log_of_a_copy_begins_with_where_it_is_from(filled: Project, cast: Cast) -> None:
    copy = copy_project(project=filled, person=cast.budi, name="Gedung B")
    (entry,) = copy.changes.all()
    assert (entry.act, entry.revision, entry.person) == ("project.copy", 1, cast.budi)
    assert entry.data == {"name": "Gedung B", "code": filled.code, "revision": str(filled.revision)}


def test_who_may_write_by_a_role_in_the_project_may_write_in_the_copy_of_it(filled: Project, cast: Cast) -> None:
    for person, role in ((cast.budi, Role.VIEWER), (cast.citra, Role.ESTIMATOR), (cast.ani, Role.VIEWER)):
        ProjectRole.objects.create(project=filled, organization=cast.office, person=person, role=role)
    copy = copy_project(project=filled, person=cast.citra)
    assert [(one.person, one.role) for one in ProjectRole.objects.filter(project=copy)] == [(cast.citra, "estimator")]
    assert open_project(cast.citra, copy.code).may_write


def test_a_file_is_the_project(filled: Project, cast: Cast) -> None:
    data = json.loads(json.dumps(dump(filled)))
    loaded = load(data, person=cast.dedi, organization=cast.dedi.memberships.get().organization)
    assert content(loaded) == content(filled)
    assert priced(loaded)["total"] == priced(filled)["total"]


def test_own_analyses_go_along_with_what_they_nest(project: Project, cast: Cast) -> None:
    fill(project, cast.ani)
    run(project, cast.ani, "analyses.modify", reference="2.1")
    nested = [{"line_kind": "nested", "nested_code": "2.1-M1", "coefficient": "1,5"}]
    made = run(project, cast.ani, "analyses.add", code="SENDIRI", name="Sendiri", unit="m2", lines=nested)
    run(project, cast.ani, "analyses.use", analysis=made["key"], items=[f"i{item(project, '6').pk}"])
    copy = copy_project(project=project, person=cast.budi)
    assert content(copy) == content(project)
    assert priced(copy) == priced(project)
    assert told(copy, "SENDIRI") == ["2.1-M1 1.5"]
    # What is changed in the copy changes nothing in the original.
    line = lines(copy, "2.1-M1")[0]
    run(copy, cast.ani, "lines.set", rows=[{"key": f"l{line.pk}", "coefficient": "99"}])
    assert unit_prices(copy)["6"] != unit_prices(project)["6"]
    assert own(copy, "2.1-M1").pk != own(project, "2.1-M1").pk


def test_an_empty_project_is_copied_too(project: Project, cast: Cast) -> None:
    assert content(copy_project(project=project, person=cast.ani)) == content(project)


def hanging_on(model: type[Model]) -> set[type[Model]]:
    return {
        other
        for other in apps.get_models()
        for field in other._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is model
    }


def test_every_table_of_a_project_has_its_decision() -> None:
    found: set[type[Model]] = set()
    looked_at: list[type[Model]] = [Project]
    while looked_at:
        more = hanging_on(looked_at.pop()) - found
        found |= more
        looked_at += more
    assert found == COPIED | LEFT_BEHIND


def test_every_column_is_in_the_file() -> None:
    assert {table.kind for table in tables()} == {"g", *CARRIED}
    for table in tables():
        if table.model is not Project:
            assert set(table.columns) == {"id", "project_id", "organization_id", "version", *table.fields}
    settings = {field.name for field in Project._meta.concrete_fields} - PROJECT_OWN
    assert settings == {"edition", "price_book", *PLAIN_SETTINGS}


def test_a_file_of_sections_and_items_alone_is_read(filled: Project, cast: Cast) -> None:
    data = dump(filled)
    sections = [{"parent": None, "position": 1, "number": "I", "name": "Tanah"}]
    item = {"section": 0, "position": 2, "number": "1", "code": "1.1", "analysis": "1.1", "description": "Galian",
            "unit": "m3", "quantity": "2.5", "unit_price": None, "overhead": None, "reading_issues": []}  # fmt: skip
    old = {name: data[name] for name in ("format", "code", "revision", "settings")}
    loaded = load(
        {**old, "version": 1, "sections": sections, "items": [item]}, person=cast.ani, organization=cast.office
    )
    (made,) = loaded.items.all()
    assert (made.section.name, made.analysis.code, f"{made.quantity}", made.tag) == ("Tanah", "1.1", "2.5", 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "other"},
        {"version": 99},
        {"rows": {"i": [{}]}},
        {"rows": {"i": 5}},
        {"rows": {"i": [{"shoe_size": 5}]}},
        {"rows": {"s": [{"parent_id": 7, "position": 1, "number": "", "name": ""}]}},
        {"rows": {"s": [{"parent_id": -1, "position": 1, "number": "", "name": ""}]}},
    ],
)
def test_what_is_no_project_file_is_refused_whole(filled: Project, cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(AhspError):
        load({**dump(filled), **wrong}, person=cast.ani, organization=cast.office)
    assert Project.objects.count() == 1


def test_a_setting_that_cannot_be_is_refused(filled: Project, cast: Cast) -> None:
    data = dump(filled)
    data["settings"]["overhead"] = "900"
    with pytest.raises(AhspError):
        load(data, person=cast.ani, organization=cast.office)
    assert Project.objects.count() == 1


def test_prices_of_another_organization_do_not_come_along(project: Project, cast: Cast) -> None:
    own = PriceBook.objects.create(slug="milik", name="Harga kantor", organization=cast.office)
    project = make_project(cast, price_book=own, edition=project.edition)
    assert copy_project(project=project, person=cast.ani).price_book == own
    with pytest.raises(AhspError):
        load(dump(project), person=cast.dedi, organization=cast.dedi.memberships.get().organization)


def test_the_commands_write_and_read_it(filled: Project, cast: Cast, tmp_path: Path) -> None:
    written, code = io.StringIO(), io.StringIO()
    call_command("dump_project", filled.code, stdout=written)
    file = tmp_path / "project.json"
    file.write_text(written.getvalue(), encoding="utf-8")
    call_command("load_project", str(file), f"--person={cast.budi.email}", stdout=code)
    assert content(Project.objects.get(code=code.getvalue().strip())) == content(filled)
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("load_project", str(file), f"--person={cast.budi.email}")
