"""What refers to what: an order to calculate in, circles, and who depends on whom."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

References = Mapping[str, Iterable[str]]
"""By name, the names each refers to. Names that stand for nothing are left out of account."""


def knots(references: References) -> Iterator[tuple[str, ...]]:
    """Every name once, after all it refers to: alone, or with those it shares a circle with.

    Tarjan's strongly connected components with an explicit stack, for a chain may be very long; linear in the
    references.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_names: list[str] = []
    closed: set[str] = set()
    for start in references:
        if start in order:
            continue
        path = [(start, iter(references[start]))]
        order[start] = low[start] = len(order)
        open_names.append(start)
        while path:
            name, rest = path[-1]
            deeper = _step(name, rest, references, order, low, closed)
            if deeper is not None:
                order[deeper] = low[deeper] = len(order)
                open_names.append(deeper)
                path.append((deeper, iter(references[deeper])))
                continue
            path.pop()
            if path:
                outer = path[-1][0]
                low[outer] = min(low[outer], low[name])
            if low[name] == order[name]:
                yield _close(name, open_names, closed)


def _step(
    name: str,
    rest: Iterator[str],
    references: References,
    order: Mapping[str, int],
    low: dict[str, int],
    closed: set[str],
) -> str | None:
    """The next name below `name` that was not seen before; None when all were."""
    for inner in rest:
        if inner in closed or inner not in references:
            continue
        if inner not in order:
            return inner
        low[name] = min(low[name], order[inner])
    return None


def _close(root: str, open_names: list[str], closed: set[str]) -> tuple[str, ...]:
    at = len(open_names) - 1
    while open_names[at] != root:
        at -= 1
    knot = tuple(open_names[at:])
    del open_names[at:]
    closed.update(knot)
    return knot


def shortest_circle(start: str, references: References, within: Iterable[str]) -> tuple[str, ...]:
    """The shortest way from `start` back to itself through names of `within`, without its end; () if there is none."""
    inside = set(within)
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for inner in references[name]:
            if inner == start:
                return tuple(reversed(list(_back(name, start, before))))
            if inner in inside and inner not in before:
                before[inner] = name
                waiting.append(inner)
    return ()


def _back(name: str, start: str, before: Mapping[str, str]) -> Iterator[str]:
    while name != start:
        yield name
        name = before[name]
    yield start


def users_of(references: References) -> dict[str, list[str]]:
    """The references turned round: by name, who refers to it, in the order of `references`."""
    users: dict[str, list[str]] = defaultdict(list)
    for name, inner in references.items():
        for one in inner:
            users[one].append(name)
    return dict(users)


def dependents_of(names: Iterable[str], users: Mapping[str, Iterable[str]]) -> list[str]:
    """All that rests on `names`, at any distance, nearest first; of `names` only those that rest on another of them."""
    found: dict[str, None] = {}
    waiting = deque(names)
    while waiting:
        for user in users.get(waiting.popleft(), ()):
            if user not in found:
                found[user] = None
                waiting.append(user)
    return list(found)
