"""Values that follow from a project at one revision: calculated once, then read until the revision rises.

A key names the revision and the basis, so a value under it never becomes wrong and nothing is ever invalidated by hand.
That is also why a process may keep what it has seen: no other process can make it stale. `vary` holds whatever else the
value depends on, such as a language. Keys carry a digest of the program too: an upgrade calculates everything afresh.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache as once
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from django.core.cache import cache

import ahsp
from ahsp.core.fragments import Fragment
from ahsp.core.metrics import count_cache_reads
from ahsp.core.one_moment import Revised, one_moment

T = TypeVar("T")
Mark = tuple[int, str]
"""A revision and what else the value depends on."""

SECONDS_KEPT = 3 * 24 * 3600
# Below this, compressing costs more than it spares; above, level 1 shrinks markup to a tenth in a few milliseconds.
WORTH_COMPRESSING = 4 * 1024
BYTES_OF_A_PROCESS = 48 * 1024 * 1024
SECONDS_TO_WAIT = 10.0


class _Missing:
    """Stands for "not there" where None is a value."""


_MISSING = _Missing()
_PLAIN, _COMPRESSED = b"p", b"z"


def by_revision(
    name: str, revised: Revised, make: Callable[[], T], vary: str = "", basis: Callable[[], str] | None = None
) -> T:
    """What `make` gave for a project at its revision; the value must not be changed by whoever gets it.

    `make` reads one moment of the database. If the project was written since it was read, it is that of the moment
    afterwards, and so is the value. `basis` is asked instead of that of the project by whoever looks for values of an
    earlier revision, too (see kept). `name` and `vary` hold no blanks. Threads that want the same value at once wait
    for the first of them.
    """
    key = _key_of(name, revised, vary, basis)
    found = _read([key]).get(key, _MISSING)
    if found is not _MISSING:
        return found  # type: ignore[no-any-return]  # whatever was kept under this key came from `make`
    with _flights.one_at_a_time(key):
        value = _memory.get(key)
        if value is _MISSING:
            with one_moment(revised):
                now = _key_of(name, revised, vary, basis)
                value = make() if now == key else by_revision(name, revised, make, vary, basis)
            if now == key:
                _write({key: value})
    return value  # type: ignore[no-any-return]


def kept(name: str, project_id: int, mark: Mark) -> Any:
    """What `by_revision` has of an earlier time, None if nothing: nothing is calculated."""
    key = _key(name, project_id, mark)
    return _read([key]).get(key)


def many_by_revision(
    name: str, revised: Mapping[int, Revised], make: Callable[[set[int]], Mapping[int, T]]
) -> dict[int, T]:
    """The values of many projects, by id: one look-up for all, and one call of `make` for all that lack one.

    `make` reads one moment of the database (see by_revision) and is not called for nothing.
    """
    keys = {pk: _key_of(name, one) for pk, one in revised.items()}
    there = _read(keys.values())
    found: dict[int, T] = {pk: there[key] for pk, key in keys.items() if key in there}
    missing = set(keys) - set(found)
    if missing:
        with one_moment(*(revised[pk] for pk in missing)):
            made = make(missing)
        _write({_key_of(name, revised[pk]): value for pk, value in made.items()})
        found.update(made)
    return found


def forget_memory() -> None:
    """Empty what this process keeps; for tests and measurements of a process that has just started."""
    _memory.clear()


@once
def program() -> int:
    """A digest of the program's own code: values of another version are never read, whatever they look like."""
    digest = hashlib.sha256()
    folder = Path(ahsp.__file__).parent
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".html", ".po", ".svg"}:
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:6])


def _key_of(name: str, revised: Revised, vary: str = "", basis: Callable[[], str] | None = None) -> str:
    stands_on = basis() if basis else revised.basis
    return _key(name, revised.pk, (revised.revision, f"{vary}-{stands_on}" if vary else stands_on))


def _key(name: str, project_id: int, mark: Mark) -> str:
    revision, vary = mark
    return f"{name}:{project_id}:{revision}:{vary}"


def _read(keys: Iterable[str]) -> dict[str, Any]:
    """Those of `keys` that are kept, first here, then in the cache that all processes share."""
    found: dict[str, Any] = {}
    elsewhere: list[str] = []
    for key in keys:
        value = _memory.get(key)
        if value is _MISSING:
            elsewhere.append(key)
        else:
            found[key] = value
    count_cache_reads("memory", hits=len(found))
    if elsewhere:
        for key, packed in cache.get_many(elsewhere, version=program()).items():
            plain = zlib.decompress(packed[1:]) if packed[:1] == _COMPRESSED else packed[1:]
            # Our own cache, behind its password: it holds what _write put there and nothing a person sent.
            found[key] = pickle.loads(plain)  # noqa: S301
            _memory.put(key, found[key], len(plain))
    return found


def _write(values: Mapping[str, Any]) -> None:
    packed: dict[str, bytes] = {}
    for key, value in values.items():
        plain = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        _memory.put(key, value, len(plain))
        # Bytes are as their maker wants them, often compressed already.
        as_it_is = len(plain) < WORTH_COMPRESSING or isinstance(value, bytes | Fragment)
        packed[key] = _PLAIN + plain if as_it_is else _COMPRESSED + zlib.compress(plain, 1)
    cache.set_many(packed, timeout=SECONDS_KEPT, version=program())


class _Memory:
    """What this process keeps: the values used last, up to `most` bytes of their pickled form."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._values: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Any:
        """The value, or _MISSING."""
        with self._lock:
            entry = self._values.get(key)
            if entry is None:
                return _MISSING
            self._values.move_to_end(key)
            return entry[0]

    def put(self, key: str, value: Any, size: int) -> None:
        with self._lock:
            _, before = self._values.pop(key, (None, 0))
            self._values[key] = (value, size)
            self._bytes += size - before
            while self._bytes > self._most:
                _, (_, dropped) = self._values.popitem(last=False)
                self._bytes -= dropped

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._bytes = 0


class _Flights:
    """One lock for each key that is being calculated: the same work by ten threads at once takes ten times as long."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._open: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def one_at_a_time(self, key: str) -> Iterator[None]:
        """Waits for whoever has `key`, but not for ever: then the same is calculated twice, which harms nobody."""
        with self._guard:
            lock, waiting = self._open.get(key, (Lock(), 0))
            self._open[key] = (lock, waiting + 1)
        got = lock.acquire(timeout=SECONDS_TO_WAIT)
        try:
            yield
        finally:
            if got:
                lock.release()
            with self._guard:
                lock, waiting = self._open.pop(key)
                if waiting > 1:
                    self._open[key] = (lock, waiting - 1)


_memory = _Memory(BYTES_OF_A_PROCESS)
_flights = _Flights()
