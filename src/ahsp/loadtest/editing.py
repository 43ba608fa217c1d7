"""Changes of quantities, each written down: an acknowledged one must be there when it is read again."""

from __future__ import annotations

import json
from decimal import Decimal
from random import randrange

from ahsp.loadtest.acts import Act, some_item
from ahsp.loadtest.checks import GOOD, Answer, Verdict, is_json, json_with, refused
from ahsp.loadtest.programs import ROOT
from ahsp.loadtest.visitor import Visitor

# With several people on one account somebody else may be quicker; nobody loses that often.
TRIES = 5
LOST = Verdict("an acknowledged write is lost")


def change_quantity(visitor: Visitor) -> None:
    """Read a line, change its quantity under the revision that was read, read it back.

    Always in the first project: those who share an account have it open together.
    """
    project = visitor.account.projects[0]
    path = f"{ROOT}/projects/{project.code}/items/{some_item(project).pk}/"
    quantity = f"{Decimal(randrange(100, 1_000_000)) / 100:f}"
    for _ in range(TRIES):
        read = visitor.get("edit: read", path, json_with('"item":'))
        if read.status != 200:
            return
        headers = {"If-Match": read.headers.get("etag", ""), "X-CSRFToken": visitor.token()}
        body = {"quantity": quantity}
        sent = visitor.now
        written = visitor.send("edit: write", "PATCH", path, _written, body=body, headers=headers)
        if written.status == 200:
            revision = json.loads(written.body)["revision"]
            visitor.on_write(revision, sent)
            _read_back(visitor, path, quantity, revision)
            return
        if written.status != 409:
            return


def _written(answer: Answer) -> Verdict:
    """A conflict is a right answer too: nobody overwrites another unseen."""
    if answer.status == 409 and is_json(answer):
        return GOOD
    return refused(answer) or (GOOD if is_json(answer) else Verdict("not JSON"))


def _read_back(visitor: Visitor, path: str, quantity: str, revision: int) -> None:
    """What was acknowledged is there, or a later revision has replaced it."""

    def check(answer: Answer) -> Verdict:
        wrong = refused(answer)
        return wrong or (GOOD if _holds(answer, quantity, revision) else LOST)

    answer = visitor.get("edit: read back", path, check)
    visitor.note_write(lost=f"{path} {quantity}" if check(answer) == LOST else "")


def _holds(answer: Answer, quantity: str, revision: int) -> bool:
    found = json.loads(answer.body)
    return Decimal(found["item"]["quantity"]) == Decimal(quantity) or found["revision"] > revision


EDITING = (Act(1, change_quantity),)
