"""Comments on rows: threads that outlive the row's removal, a locked version, and other people's Ctrl+Z."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ahsp.accounts.models import Person
from ahsp.estimates.models import WorkItem
from ahsp.projects.models import Change, Comment, Project
from ahsp.projects.services import project_change
from tests.acting import carry_out, look
from tests.builders import make_project
from tests.people import Cast

MARKUP = "<img src=x onerror=alert(1)> & <script>alert(2)</script>"


@pytest.fixture
def item(project: Project, cast: Cast) -> str:
    """The key of a work item."""
    with project_change(project=project, person=cast.ani, act="test") as entry:
        (pk,) = entry.add_rows("i", [{"position": 1024, "tag": 1, "description": "Galian tanah"}])
    return f"i{pk}"


def say(person: Person, project: Project, key: str, text: str, **more: Any) -> int:
    made: int = carry_out(person, project, "comments.add", key=key, text=text, **more)["result"]["id"]
    return made


def heard(person: Person, project: Project, key: str) -> Any:
    return look(person, project, f"comments/?key={key}")["results"]


def test_a_thread_with_its_answers(project: Project, cast: Cast, item: str) -> None:
    head = say(cast.eka, project, item, "Volume dari gambar mana?")
    reply = say(cast.budi, project, item, "Lembar A-03.", reply_to=head)
    say(cast.eka, project, item, "Terima kasih.", reply_to=reply)
    (thread,) = heard(cast.citra, project, item)
    assert (thread["title"], thread["present"], thread["person"]["name"]) == ("Galian tanah", True, "Eka")
    assert [(one["person"]["name"], one["text"]) for one in thread["replies"]] == [
        ("Budi", "Lembar A-03."),
        ("Eka", "Terima kasih."),
    ]
    assert not thread["is_yours"]
    assert heard(cast.eka, project, item)[0]["is_yours"]


def test_open_threads_are_counted_in_the_head_and_in_answers(project: Project, cast: Cast, item: str) -> None:
    base = Project.objects.get(pk=project.pk).revision
    head = say(cast.eka, project, item, "Satu")
    say(cast.budi, project, item, "Dua")
    assert look(cast.citra, project, "workspace/")["comments"] == {item: 2}
    assert look(cast.citra, project, f"sync/?since={base}")["comments"] == {item: 2}
    answer = carry_out(cast.budi, project, "comments.resolve", id=head)
    assert (answer["comments"], answer["made"]) == ({item: 1}, None)
    assert [one["text"] for one in look(cast.ani, project, "comments/?state=open")["results"]] == ["Dua"]
    assert [one["text"] for one in look(cast.ani, project, "comments/?state=resolved")["results"]] == ["Satu"]
    carry_out(cast.budi, project, "comments.resolve", id=head, resolved=False)
    assert look(cast.citra, project, "workspace/")["comments"] == {item: 2}


def test_only_those_who_may_comment_do(project: Project, cast: Cast, item: str) -> None:
    refused = carry_out(cast.citra, project, "comments.add", 403, key=item, text="Boleh?")
    assert refused["code"] == "project.no_comments"
    carry_out(cast.dedi, project, "comments.add", 404, key=item, text="Boleh?")
    other = make_project(cast)
    assert carry_out(cast.ani, other, "comments.add", 404, key=item, text="x")["code"] == "row.not_found"
    head = say(cast.ani, project, item, "Di sini")
    assert carry_out(cast.ani, other, "comments.edit", 404, id=head, text="x")["code"] == "comment.not_found"
    for key, text in ((item, ""), (item, "   "), ("z1", "x"), ("i", "x"), ("i" + "9" * 30, "x")):
        carry_out(cast.ani, project, "comments.add", 422, key=key, text=text)


def test_a_comment_belongs_to_who_wrote_it(project: Project, cast: Cast, item: str) -> None:
    head = say(cast.budi, project, item, "Cek ulang")
    assert carry_out(cast.ani, project, "comments.edit", 403, id=head, text="x")["code"] == "comment.not_yours"
    carry_out(cast.budi, project, "comments.edit", id=head, text="Cek ulang volume")
    (thread,) = heard(cast.budi, project, item)
    assert (thread["text"], bool(thread["edited_at"])) == ("Cek ulang volume", True)
    assert carry_out(cast.eka, project, "comments.remove", 403, id=head)["code"] == "comment.not_yours"
    carry_out(cast.budi, project, "comments.remove", id=head)
    assert heard(cast.budi, project, item) == []


def test_what_was_answered_is_removed_by_an_owner_who_is_asked_once(project: Project, cast: Cast, item: str) -> None:
    head = say(cast.budi, project, item, "Cek")
    say(cast.eka, project, item, "Sudah", reply_to=head)
    assert carry_out(cast.budi, project, "comments.remove", 409, id=head)["code"] == "comment.answered"
    assert carry_out(cast.ani, project, "comments.remove", 409, id=head)["code"] == "comment.in_use"
    carry_out(cast.ani, project, "comments.remove", id=head, confirmed=True)
    assert not Comment.objects.exists()


def test_comments_outlive_the_row_and_come_back_with_it(project: Project, cast: Cast, item: str) -> None:
    head = say(cast.eka, project, item, "Perlu dihapus?")
    with project_change(project=project, person=cast.budi, act="test") as entry:
        entry.remove_rows("i", [int(item[1:])])
    removed = entry.revision
    (thread,) = look(cast.eka, project, "comments/")["results"]
    assert (thread["key"], thread["title"], thread["present"]) == (item, "Galian tanah", False)
    say(cast.budi, project, item, "Sudah dihapus", reply_to=head)
    assert carry_out(cast.eka, project, "comments.add", 404, key=item, text="x")["code"] == "row.not_found"
    carry_out(cast.budi, project, "changes.undo", revision=removed)
    (thread,) = heard(cast.eka, project, item)
    assert (thread["present"], len(thread["replies"])) == (True, 1)


def test_a_locked_version_takes_comments(project: Project, cast: Cast, item: str) -> None:
    Project.objects.filter(pk=project.pk).update(locked_at=timezone.now())
    head = say(cast.eka, project, item, "Disetujui dengan catatan")
    carry_out(cast.eka, project, "comments.resolve", id=head)
    assert carry_out(cast.budi, project, "project.settings", 409, budget="5")["code"] == "project.locked"


def test_the_change_log_tells_what_was_said_and_undo_leaves_it(project: Project, cast: Cast, item: str) -> None:
    head = say(cast.eka, project, item, "Satu")
    change = Change.objects.latest("revision")
    assert change.data == {"comment": {"id": head, "key": item, "title": "Galian tanah", "text": "Satu"}}
    carry_out(cast.eka, project, "comments.edit", id=head, text="Dua")
    assert Change.objects.latest("revision").data["text"] == {"before": "Satu", "after": "Dua"}
    for revision in (change.revision, change.revision + 1):
        refused = carry_out(cast.ani, project, "changes.undo", 404, revision=revision)
        assert refused["code"] == "change.not_undoable"
    assert Comment.objects.get().text == "Dua"


def test_talk_does_not_price_the_bill_again(project: Project, cast: Cast, item: str) -> None:
    totals = look(cast.budi, project, "workspace/")["totals"]
    with CaptureQueriesContext(connection) as asked:
        answer = carry_out(cast.budi, project, "comments.add", key=f"g{project.pk}", text="Halo")
    # Whoever prices the bill reads its sections; of these none was written.
    assert not [one["sql"] for one in asked if "estimates_section" in one["sql"]]
    assert answer["totals"] == {**totals, "revision": answer["revision"]}
    with project_change(project=project, person=cast.ani, act="test") as entry:
        entry.change_rows("i", {int(item[1:]): {"quantity": Decimal(2), "unit_price": Decimal(1000)}})
    assert look(cast.budi, project, "workspace/")["totals"]["subtotal"] == "2000.00"


def test_markup_stays_text(project: Project, cast: Cast, item: str) -> None:
    WorkItem.objects.update(description=MARKUP)
    say(cast.eka, project, item, MARKUP)
    (thread,) = heard(cast.budi, project, item)
    assert (thread["text"], thread["title"]) == (MARKUP, MARKUP)


def test_the_project_itself_is_commented_on(project: Project, cast: Cast) -> None:
    say(cast.eka, project, f"g{project.pk}", "Kapan selesai?")
    (thread,) = heard(cast.ani, project, f"g{project.pk}")
    assert thread["title"] == project.name
