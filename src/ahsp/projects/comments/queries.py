"""Reads of comments: threads of a row or of the project, and how many are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from ahsp.accounts.models import Person
from ahsp.projects.log.bodies import person_body
from ahsp.projects.log.titles import titles
from ahsp.projects.models import Change, Comment, Project
from ahsp.projects.tables import key_of, table_of

Body = dict[str, Any]


def threads(project: Project, row: tuple[str, int] | None = None, *, resolved: bool | None = None) -> QuerySet[Comment]:
    """What begins each thread, with its people."""
    found = Comment.objects.filter(project=project, reply_to__isnull=True).select_related("person", "resolved_by")
    if row is not None:
        found = found.filter(kind=row[0], row=row[1])
    return found if resolved is None else found.filter(resolved_at__isnull=not resolved)


def open_counts(project: Project, keys: Iterable[str] | None = None) -> dict[str, int]:
    """How many threads about each row are open, by key; of `keys` each has its number. One query."""
    wanted = None if keys is None else set(keys)
    found = Comment.objects.filter(project=project, reply_to__isnull=True, resolved_at__isnull=True)
    if wanted is not None:
        if not wanted:
            return {}
        places = Q()
        for key in wanted:
            places |= Q(kind=key[0], row=int(key[1:]))
        found = found.filter(places)
    counted = found.values("kind", "row").annotate(count=Count("id")).values_list("kind", "row", "count")
    counts = {key_of(kind, row): count for kind, row, count in counted}
    return counts if wanted is None else {key: counts.get(key, 0) for key in wanted}


def counts_since(project: Project, base: int) -> dict[str, int]:
    """Open threads of the rows about which something was said or settled after revision `base`."""
    later = Change.objects.filter(project=project, revision__gt=base, act__startswith="comments.")
    keys = {data["comment"]["key"] for data in later.values_list("data", flat=True) if "comment" in data}
    return open_counts(project, keys)


def bodies(project: Project, found: Iterable[Comment], person: Person) -> list[Body]:
    """Threads with their replies; see CommentSerializer."""
    heads = list(found)
    replies: dict[int, list[Comment]] = defaultdict(list)
    answered = Comment.objects.filter(reply_to__in=[head.pk for head in heads]).select_related("person")
    for reply in answered.order_by("id"):
        replies[reply.reply_to_id or 0].append(reply)
    called = titles(project, {(head.kind, head.row) for head in heads})
    there = _present(project, heads)
    return [
        {
            **_said(head, person),
            "key": key_of(head.kind, head.row),
            "title": called.get(key_of(head.kind, head.row), ""),
            "present": key_of(head.kind, head.row) in there,
            "resolved_at": head.resolved_at,
            "resolved_by": person_body(head.resolved_by),
            "replies": [_said(reply, person) for reply in replies[head.pk]],
        }
        for head in heads
    ]


def _said(comment: Comment, person: Person) -> Body:
    return {
        "id": comment.pk,
        "person": person_body(comment.person),
        "text": comment.text,
        "at": comment.at,
        "edited_at": comment.edited_at,
        "is_yours": comment.person_id == person.pk,
    }


def _present(project: Project, heads: Iterable[Comment]) -> set[str]:
    by_kind: dict[str, set[int]] = defaultdict(set)
    for head in heads:
        by_kind[head.kind].add(head.row)
    return {
        key_of(kind, pk)
        for kind, pks in by_kind.items()
        for pk in table_of(kind).rows(project).filter(pk__in=pks).values_list("pk", flat=True)
    }
