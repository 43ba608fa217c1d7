"""Keys in an order in which each can be put in or taken out as quickly among thousands as among few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahsp.estimates.places import LAST, Last


class Chain:
    """`changed` says whether anything was put in or taken out since it was made."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._after: dict[str | None, str | None] = {None: None}
        self._before: dict[str, str | None] = {}
        self._last: str | None = None
        for key in keys:
            self.put(key, LAST)
        self.changed = False

    def __contains__(self, key: str) -> bool:
        return key in self._before

    def __iter__(self) -> Iterator[str]:
        key = self._after[None]
        while key is not None:
            yield key
            key = self._after[key]

    def before(self, key: str) -> str | None:
        """The one in front of `key`; None where it is the first."""
        return self._before[key]

    @property
    def last(self) -> str | None:
        return self._last

    def put(self, key: str, after: str | Last | None) -> None:
        """Behind `after`, which is in the chain; None is first."""
        before = self._last if isinstance(after, Last) else after
        follower = self._after[before]
        self._after[before], self._after[key] = key, follower
        self._before[key] = before
        if follower is None:
            self._last = key
        else:
            self._before[follower] = key
        self.changed = True

    def take(self, key: str) -> None:
        before, follower = self._before.pop(key), self._after.pop(key)
        self._after[before] = follower
        if follower is None:
            self._last = before
        else:
            self._before[follower] = before
        self.changed = True
