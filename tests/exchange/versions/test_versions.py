"""Versions: saved as the project is, approved and locked, unlocked with a reason, and kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ahsp.core.errors import Conflict
from ahsp.estimates.queries import priced_estimate
from ahsp.exchange.models import BoqImport
from ahsp.exchange.project_files import copy_project, load
from ahsp.exchange.versions.content import lines_of, read, unpack
from ahsp.projects.commands import commands
from ahsp.projects.models import Change, Project, Snapshot
from ahsp.projects.services import project_change
from tests.acting import carry_out, look
from tests.api.program import Program, refused
from tests.exchange.versions.conftest import save
from tests.people import Cast, sign_in

MARKUP = "<script>alert(1)</script>"


def test_a_version_is_the_project_as_it_was(filled: Project, cast: Cast) -> None:
    shown = lines_of(priced_estimate(filled))
    made = save(cast.budi, filled, "  Untuk  rapat ", note=MARKUP)
    carry_out(cast.budi, filled, "project.settings", overhead="15")
    (version,) = look(cast.citra, filled, "versions/")["results"]
    assert (version["id"], version["name"], version["note"]) == (made, "Untuk rapat", MARKUP)
    assert (version["person"]["name"], version["is_yours"], version["is_present"]) == ("Budi", False, False)
    stored = Snapshot.objects.get()
    assert read(unpack(stored.lines)) == shown
    assert version["totals"]["item_count"] == 4
    loaded = load(unpack(stored.inputs), person=cast.ani, organization=cast.office)
    assert [row.amount for row in lines_of(priced_estimate(loaded))[1:3]] == [row.amount for row in shown[1:3]]


def test_comments_and_roles_leave_a_version_present(filled: Project, cast: Cast) -> None:
    save(cast.budi, filled, "Satu")
    carry_out(cast.eka, filled, "comments.add", key=f"g{filled.pk}", text="Bagus")
    carry_out(cast.ani, filled, "members.set", person=cast.citra.pk, role="reviewer")
    save(cast.budi, filled, "Dua")
    assert [one["is_present"] for one in look(cast.citra, filled, "versions/")["results"]] == [True, True]


def test_names_are_not_used_twice_and_versions_not_without_end(
    filled: Project, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(cast.budi, filled, "Satu")
    taken = carry_out(cast.ani, filled, "versions.save", 422, name=" Satu")
    assert taken["errors"][0]["code"] == "version.name_taken"
    monkeypatch.setattr("ahsp.exchange.versions.commands.MOST_VERSIONS", 1)
    assert carry_out(cast.ani, filled, "versions.save", 409, name="Dua")["code"] == "version.too_many"


def test_who_may_save_rename_and_remove(filled: Project, cast: Cast) -> None:
    assert carry_out(cast.citra, filled, "versions.save", 403, name="x")["code"] == "project.no_comments"
    made = save(cast.eka, filled, "Dari Eka")
    for command in ("versions.rename", "versions.remove"):
        more = {"name": "Lain"} if command == "versions.rename" else {}
        assert carry_out(cast.budi, filled, command, 403, id=made, **more)["code"] == "version.not_yours"
    carry_out(cast.eka, filled, "versions.rename", id=made, name="Dari pemeriksa")
    assert Change.objects.latest("revision").data["name"] == {"before": "Dari Eka", "after": "Dari pemeriksa"}
    carry_out(cast.ani, filled, "versions.remove", id=made)
    assert not Snapshot.objects.exists()
    assert carry_out(cast.ani, filled, "versions.remove", 404, id=made)["code"] == "version.not_found"


def test_approving_locks_and_only_an_owner_unlocks_with_a_reason(filled: Project, cast: Cast) -> None:
    made = save(cast.budi, filled, "Final")
    assert carry_out(cast.budi, filled, "versions.approve", 403, id=made)["code"] == "project.no_approval"
    answer = carry_out(cast.eka, filled, "versions.approve", id=made)
    assert answer["locked"]
    head = look(cast.citra, filled, "workspace/")
    assert (head["settings"]["locked"], head["lock"]["name"], head["lock"]["by"]["name"]) == (True, "Final", "Eka")
    for command, more in (("versions.rename", {"name": "x"}), ("versions.remove", {})):
        assert carry_out(cast.ani, filled, command, 409, id=made, **more)["code"] == "version.approved_stays"
    assert carry_out(cast.eka, filled, "versions.unlock", 403, reason="x")["code"] == "project.owners_only"
    carry_out(cast.ani, filled, "versions.unlock", 422, reason="  ")
    answer = carry_out(cast.ani, filled, "versions.unlock", reason="Harga semen naik")
    assert not answer["locked"]
    assert Change.objects.latest("revision").data["reason"] == "Harga semen naik"
    assert look(cast.citra, filled, "workspace/")["lock"] is None
    assert Snapshot.objects.get().approved_by == cast.eka
    assert carry_out(cast.ani, filled, "versions.approve", 409, id=made)["code"] == "version.approved"
    carry_out(cast.budi, filled, "project.settings", overhead="12")


def test_only_what_the_project_is_now_is_approved(filled: Project, cast: Cast) -> None:
    made = save(cast.budi, filled, "Lama")
    carry_out(cast.budi, filled, "project.settings", overhead="12")
    assert carry_out(cast.eka, filled, "versions.approve", 409, id=made)["code"] == "version.changed_since"
    assert Project.objects.get(pk=filled.pk).locked_at is None


@pytest.fixture
def locked(filled: Project, cast: Cast) -> Project:
    carry_out(cast.eka, filled, "versions.approve", id=save(cast.budi, filled, "Final"))
    return Project.objects.get(pk=filled.pk)


def test_commands_that_a_locked_version_takes_are_named_here(locked: Project, cast: Cast) -> None:
    even_locked = {name for name, one in commands().items() if one.even_locked}
    talk = {f"comments.{act}" for act in ("add", "edit", "resolve", "remove")}
    kept = {f"versions.{act}" for act in ("save", "rename", "remove", "unlock")}
    assert even_locked == talk | kept | {"members.set", "members.remove"}
    with pytest.raises(Conflict) as caught, project_change(project=locked, person=cast.ani, act="test") as entry:
        entry.add_rows("p", [{"position": 1, "name": "lebar", "formula": "2"}])
    assert caught.value.code == "project.locked"


def test_a_locked_version_refuses_the_workspace_with_a_clear_text(locked: Project, cast: Cast) -> None:
    for name, arguments in (
        ("project.settings", {"overhead": "12"}),
        ("parameters.remove", {"keys": [f"p{locked.parameters.get().pk}"]}),
        ("changes.undo", {"revision": 2}),
        ("changes.restore", {"revision": 2, "key": "i1"}),
        ("versions.restore", {"id": Snapshot.objects.get().pk}),
    ):
        told = carry_out(cast.budi, locked, name, 409, **arguments)
        assert told["code"] == "project.locked"
        assert locked.name in told["detail"]


def test_a_locked_version_refuses_the_older_addresses_of_the_api(locked: Project, cast: Cast) -> None:
    program = Program(cast.budi, locked)
    item = locked.items.get(tag=4)
    for method, path, body in (
        ("patch", "", {"name": "Lain"}),
        ("post", "items/", {"code": "1.1"}),
        ("patch", f"items/{item.pk}/", {"quantity": "3"}),
        ("delete", f"items/{item.pk}/", None),
        ("post", "sections/", {"name": "Baru"}),
    ):
        assert refused(program.inside(method, path, body)) == (409, "project.locked"), path


def test_a_locked_version_refuses_the_pages_and_imports(locked: Project, cast: Cast) -> None:
    client = sign_in(cast.budi)
    settings = {"name": "Lain", "price_book": locked.price_book_id, "overhead": "10", "vat_date": "2026-01-15",
                "hours_per_day": "7", "unit_price_rounding": "none", "total_rounding": "none",
                "revision": locked.revision}  # fmt: skip
    answer = client.post(reverse("projects:settings", args=[locked.code]), settings)
    assert answer.status_code == 409
    assert "terkunci" in answer.content.decode().lower()
    content = b"No;Kode;Uraian;Satuan;Volume\n1;1.1;Galian;m3;10\n"
    bill = SimpleUploadedFile("boq.csv", content)
    answer = client.post(reverse("exchange:import", args=[locked.code]), {"file": bill, "notation": "auto"})
    assert answer.status_code == 409
    waiting = BoqImport.objects.create(
        project=locked, organization=cast.office, person=cast.budi, file_name="boq.csv", content=content
    )
    data = {"notation": "auto", "revision": locked.revision, "mode": "replace"}
    applied = client.post(reverse("exchange:apply", args=[locked.code, waiting.pk]), data)
    assert applied.status_code == 409
    assert "terkunci" in applied.content.decode().lower()
    assert locked.items.count() == 4


def test_pages_say_that_the_project_is_locked(locked: Project, cast: Cast) -> None:
    for name in ("estimates:rab", "projects:settings", "exchange:import"):
        page = sign_in(cast.budi).get(reverse(name, args=[locked.code])).content.decode()
        assert "Terkunci sebagai versi" in page
        assert "Final" in page


def test_a_copy_of_a_locked_project_is_open_and_has_no_versions(locked: Project, cast: Cast) -> None:
    copy = copy_project(project=locked, person=cast.budi)
    assert copy.locked_at is None
    assert not copy.snapshots.exists()
    carry_out(cast.budi, copy, "project.settings", overhead="12")
