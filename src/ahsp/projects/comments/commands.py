"""Comments by command. They are no rows of the estimate: a locked version takes them, and Ctrl+Z leaves them alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from ahsp.core.errors import Conflict, Forbidden, NotFound
from ahsp.projects.access import Right, open_project
from ahsp.projects.commands import Arguments, command
from ahsp.projects.comments import serializers as shape
from ahsp.projects.entries import Entry
from ahsp.projects.log.titles import titles
from ahsp.projects.log.words import worded_kinds
from ahsp.projects.models import Comment
from ahsp.projects.tables import is_there, key_of, read_key

# Of a text in the change log.
LONGEST = 300


@command("comments.add", shape.CommentAddSerializer, right=Right.COMMENT, even_locked=True)
def add(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Say something about a row, or answer what was said about it."""
    kind, pk = read_key(arguments["key"], "".join(worded_kinds()))
    head = None
    if "reply_to" in arguments:
        head = Comment.objects.filter(project=entry.project, pk=arguments["reply_to"], kind=kind, row=pk).first()
        if head is None:
            raise NotFound("comment.not_found")
    elif not is_there(entry.project, kind, pk):
        raise NotFound("row.not_found", {"key": key_of(kind, pk), "project": entry.project.name})
    made = Comment.objects.create(
        project=entry.project,
        organization_id=entry.project.organization_id,
        kind=kind,
        row=pk,
        # An answer to an answer stands in the same thread.
        reply_to_id=None if head is None else head.reply_to_id or head.pk,
        person=entry.person,
        text=arguments["text"].strip(),
    )
    _tell(entry, made, text=made.text[:LONGEST])
    return {"id": made.pk}


@command("comments.edit", shape.CommentEditSerializer, right=Right.COMMENT, even_locked=True)
def edit(entry: Entry, arguments: Arguments) -> None:
    """Change what you said."""
    comment = _of(entry, arguments)
    if comment.person_id != entry.person.pk:
        raise Forbidden("comment.not_yours")
    text = arguments["text"].strip()
    if text == comment.text:
        return
    _tell(entry, comment)
    entry["text"] = {"before": comment.text[:LONGEST], "after": text[:LONGEST]}
    comment.text, comment.edited_at = text, timezone.now()
    comment.save(update_fields=["text", "edited_at"])


@command("comments.resolve", shape.CommentResolveSerializer, right=Right.COMMENT, even_locked=True)
def resolve(entry: Entry, arguments: Arguments) -> None:
    """Settle a thread, or open it again."""
    comment = _of(entry, arguments)
    wanted = arguments["resolved"]
    if comment.reply_to_id is not None:
        raise Conflict("comment.no_thread")
    if (comment.resolved_at is not None) is wanted:
        return
    comment.resolved_at, comment.resolved_by = (timezone.now(), entry.person) if wanted else (None, None)
    comment.save(update_fields=["resolved_at", "resolved_by"])
    _tell(entry, comment, text=comment.text[:LONGEST])
    entry["resolved"] = wanted


@command("comments.remove", shape.CommentRemoveSerializer, right=Right.COMMENT, even_locked=True)
def remove(entry: Entry, arguments: Arguments) -> None:
    """Take back what you said; an owner takes away what anybody said, with the replies to it."""
    comment = _of(entry, arguments)
    owns = Right.OWN in open_project(entry.person, entry.project.code).rights
    if comment.person_id != entry.person.pk and not owns:
        raise Forbidden("comment.not_yours")
    replies = comment.replies.count()
    if replies and not owns:
        raise Conflict("comment.answered")
    if replies and not arguments["confirmed"]:
        raise Conflict("comment.in_use", {"count": str(replies)})
    _tell(entry, comment, text=comment.text[:LONGEST])
    comment.delete()


def _of(entry: Entry, arguments: Arguments) -> Comment:
    found = Comment.objects.filter(project=entry.project, pk=arguments["id"]).first()
    if found is None:
        raise NotFound("comment.not_found")
    return found


def _tell(entry: Entry, comment: Comment, **more: str) -> None:
    """What the change log tells: about which row, as it is called now."""
    key = key_of(comment.kind, comment.row)
    called = titles(entry.project, [(comment.kind, comment.row)]).get(key, "")
    entry["comment"] = {"id": comment.pk, "key": key, "title": called, **more}
