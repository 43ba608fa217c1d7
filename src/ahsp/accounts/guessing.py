"""Stops the guessing of passwords without ever standing in the way of the right one elsewhere.

Only failures count, and only after the password was checked. docs/decisions/0006-guessing.md has the reasoning. Counts
are kept in PostgreSQL: sign-in needs it anyway, so guessing stays bounded whatever else is away.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest

from ahsp.accounts import known_devices, pseudonyms
from ahsp.accounts.models import SignInFailure
from ahsp.core.client_address import client_network
from ahsp.core.errors import TooOften

RECENT_SECONDS = 15 * 60
DAILY_SECONDS = 24 * 3600
# A fixed window may begin as the daily one ends; only then nothing of the row counts any more.
FORGOTTEN_SECONDS = DAILY_SECONDS + RECENT_SECONDS

RECENT_FAILURES = 10
DAILY_FAILURES = 50
"""Of one account from one source."""

ATTACKED_FAILURES = 50
"""Of one account from all sources in a day: from here on unknown sources may fail less often."""

RECENT_FAILURES_ATTACKED = 3
DAILY_FAILURES_ATTACKED = 6

ACCOUNTS_OF_A_SOURCE = 100
"""Accounts with failures and no success since, from one source in the recent window."""

_FORGET_AT_ONCE = 20

_STATE = """
WITH limits AS (
    SELECT statement_timestamp() - make_interval(secs => %(recent)s) AS recent_from,
           statement_timestamp() - make_interval(secs => %(daily)s) AS daily_from
)
SELECT 'recent', recent, extract(epoch FROM recent_since - recent_from)
FROM accounts_signinfailure, limits
WHERE account = %(account)s AND source = %(source)s AND recent_since > recent_from
UNION ALL
SELECT 'daily', daily, extract(epoch FROM daily_since - daily_from)
FROM accounts_signinfailure, limits
WHERE account = %(account)s AND source = %(source)s AND daily_since > daily_from
UNION ALL
SELECT 'attacked', coalesce(sum(daily), 0), 0
FROM (SELECT daily FROM accounts_signinfailure, limits
      WHERE account = %(account)s AND daily_since > daily_from LIMIT %(attacked)s) AS everywhere
UNION ALL
SELECT 'accounts', count(*), min(left_over)
FROM (SELECT extract(epoch FROM recent_since - recent_from) AS left_over FROM accounts_signinfailure, limits
      WHERE source = %(source)s AND recent_since > recent_from ORDER BY recent_since LIMIT %(accounts)s) AS here
"""

_CHARGE = """
INSERT INTO accounts_signinfailure AS kept (account, source, recent, recent_since, daily, daily_since)
SELECT %(account)s, source, 1, statement_timestamp(), 1, statement_timestamp()
FROM unnest(%(sources)s::varchar[]) AS source ORDER BY source
ON CONFLICT (account, source) DO UPDATE SET
    recent = CASE WHEN kept.recent_since > excluded.recent_since - make_interval(secs => %(recent)s)
                  THEN kept.recent + 1 ELSE 1 END,
    recent_since = CASE WHEN kept.recent_since > excluded.recent_since - make_interval(secs => %(recent)s)
                        THEN kept.recent_since ELSE excluded.recent_since END,
    daily = CASE WHEN kept.daily_since > excluded.daily_since - make_interval(secs => %(daily)s)
                 THEN kept.daily + 1 ELSE 1 END,
    daily_since = CASE WHEN kept.daily_since > excluded.daily_since - make_interval(secs => %(daily)s)
                       THEN kept.daily_since ELSE excluded.daily_since END
"""

_FORGIVE = "DELETE FROM accounts_signinfailure WHERE account = %(account)s AND source = ANY(%(sources)s)"

_FORGET = """
DELETE FROM accounts_signinfailure WHERE id IN (
    SELECT id FROM accounts_signinfailure
    WHERE daily_since < statement_timestamp() - make_interval(secs => %(forgotten)s)
    ORDER BY daily_since LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who asks for which account, in pseudonyms. `source` is the known browser, else the network (`address`)."""

    account: str
    address: str
    source: str

    @property
    def is_known_device(self) -> bool:
        return self.source != self.address

    @property
    def sources(self) -> list[str]:
        return sorted({self.address, self.source})


def attempt_of(request: HttpRequest, email: str) -> Attempt:
    account = pseudonyms.of_account(email)
    address = pseudonyms.pseudonym("address", client_network(request))
    device = known_devices.read(request)
    known = device is not None and account in device.accounts
    return Attempt(account, address, pseudonyms.pseudonym("device", device.id) if device and known else address)


def require_allowed(attempt: Attempt) -> bool:
    """Before the password is looked at. True when there are failures that a success should forgive.

    Raises TooOften with the code sign_in.too_many_for_account or sign_in.too_many_from_here.
    """
    state = _state(attempt)
    attacked = state["attacked"][0] >= ATTACKED_FAILURES and not attempt.is_known_device
    for window, allowed in (
        ("daily", DAILY_FAILURES_ATTACKED if attacked else DAILY_FAILURES),
        ("recent", RECENT_FAILURES_ATTACKED if attacked else RECENT_FAILURES),
    ):
        failures, left = state.get(window, (0, 0))
        if failures >= allowed:
            raise TooOften("sign_in.too_many_for_account", left)
    accounts, left = state["accounts"]
    if accounts >= ACCOUNTS_OF_A_SOURCE and "recent" not in state:
        raise TooOften("sign_in.too_many_from_here", left)
    return "daily" in state


def charge(attempt: Attempt) -> None:
    """One more wrong password. What is too old to count is swept out on the way, a little at a time."""
    with connection.cursor() as cursor:
        windows = {"recent": RECENT_SECONDS, "daily": DAILY_SECONDS}
        cursor.execute(_CHARGE, {"account": attempt.account, "sources": attempt.sources, **windows})
        cursor.execute(_FORGET, {"forgotten": FORGOTTEN_SECONDS, "most": _FORGET_AT_ONCE})


def forgive(attempt: Attempt) -> None:
    """The right password: what failed before from here was its owner's typing."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGIVE, {"account": attempt.account, "sources": attempt.sources})


def forget_account(email: str) -> int:
    """Forgive every source; how many there were."""
    forgotten, _ = SignInFailure.objects.filter(account=pseudonyms.of_account(email)).delete()
    return forgotten


def _state(attempt: Attempt) -> dict[str, tuple[int, int]]:
    """Of each window its count and the whole seconds until it ends."""
    return {name: (int(count), math.ceil(left or 0)) for name, count, left in _rows(attempt)}


def _rows(attempt: Attempt) -> Iterator[tuple[str, int, float | None]]:
    numbers = {
        "recent": RECENT_SECONDS,
        "daily": DAILY_SECONDS,
        "attacked": ATTACKED_FAILURES,
        "accounts": ACCOUNTS_OF_A_SOURCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"account": attempt.account, "source": attempt.source, **numbers})
        yield from cursor.fetchall()
