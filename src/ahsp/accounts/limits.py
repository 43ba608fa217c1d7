"""How often a stranger, an address or a person may make the server do something that costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import connection

from ahsp.accounts.pseudonyms import pseudonym
from ahsp.core.errors import TooOften

_HOUR = 3600
_FORGET_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` in `seconds`, counted from the first."""

    name: str
    amount: int
    seconds: int


# A class of people may sign up behind one address; a machine that makes accounts is stopped.
SIGN_UP = Limit("sign_up", 200, _HOUR)
RESET_FROM_ADDRESS = Limit("reset_from_address", 100, _HOUR)
# Messages to one mailbox, whether or not it belongs to an account.
RESET_TO_MAILBOX = Limit("reset_to_mailbox", 5, _HOUR)
MANAGE_EMAIL = Limit("manage_email", 20, _HOUR)
# Whoever adds members learns which addresses have an account.
ADD_MEMBER = Limit("add_member", 60, _HOUR)

_SPEND = """
INSERT INTO accounts_tally AS kept (key, count, until)
VALUES (%(key)s, 1, statement_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.until > statement_timestamp() THEN kept.count + 1 ELSE 1 END,
    until = CASE WHEN kept.until > statement_timestamp() THEN kept.until ELSE excluded.until END
RETURNING count, extract(epoch FROM until - statement_timestamp())
"""

_FORGET = """
DELETE FROM accounts_tally WHERE id IN (
    SELECT id FROM accounts_tally WHERE until < statement_timestamp()
    ORDER BY until LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
"""


def spend(limit: Limit, of: str) -> None:
    """Count one more of `limit` for `of`, exactly, also among many at once. Raises TooOften once it is used up."""
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": pseudonym(limit.name, of), "seconds": limit.seconds})
        count, left = cursor.fetchone()
        cursor.execute(_FORGET, {"most": _FORGET_AT_ONCE})
    if count > limit.amount:
        raise TooOften("request.too_often", math.ceil(left))
