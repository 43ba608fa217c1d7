"""Commands: the small acts of the workspace, by name. Each runs inside one change of the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rest_framework import serializers

from ahsp.core.errors import NotFound
from ahsp.projects.access import Right
from ahsp.projects.entries import Entry
from ahsp.projects.models import Project

Arguments = Mapping[str, Any]
Act = Callable[[Entry, Arguments], Mapping[str, Any] | None]
FollowUp = Callable[[Entry], None]
Tell = Callable[[Project], Any]


@dataclass(frozen=True, slots=True)
class Command:
    """`act` gets arguments that `shape` has read, writes through the entry and may give a result for the answer.

    `also` is what the answer tells beside rows and totals, by name, of the project as it then stands.
    """

    name: str
    shape: type[serializers.Serializer]
    act: Act
    right: Right
    even_locked: bool
    also: Mapping[str, Tell]


_commands: dict[str, Command] = {}
_follow_ups: list[tuple[frozenset[str], FollowUp]] = []


def command(
    name: str,
    shape: type[serializers.Serializer],
    *,
    right: Right = Right.WRITE,
    even_locked: bool = False,
    also: Mapping[str, Tell] = MappingProxyType({}),
) -> Callable[[Act], Act]:
    """Register the decorated act under `name`; the act's docstring is what the API's description says of it."""

    def registered(act: Act) -> Act:
        if name in _commands:
            raise ValueError(f"there are two commands {name!r}")
        _commands[name] = Command(name, shape, act, right, even_locked, also)
        return act

    return registered


def after_writing(*kinds: str) -> Callable[[FollowUp], FollowUp]:
    """Register what follows, in the same change, from writes to rows of these kinds."""

    def registered(follow_up: FollowUp) -> FollowUp:
        _follow_ups.append((frozenset(kinds), follow_up))
        return follow_up

    return registered


def commands() -> Mapping[str, Command]:
    return _commands


def command_of(name: str) -> Command:
    """Raises NotFound."""
    found = _commands.get(name)
    if found is None:
        raise NotFound("command.unknown", {"name": name[:60]})
    return found


def carry_out(entry: Entry, wanted: Command, arguments: Arguments) -> Mapping[str, Any]:
    """Run the act and what follows from it; one that changed nothing leaves no change. Gives the act's result."""
    result = wanted.act(entry, arguments) or {}
    follow_up(entry)
    if not entry.diffs and not entry:
        entry.drop()
    return result


def follow_up(entry: Entry) -> None:
    """Carry out what follows from the rows that `entry` has written since this was called last."""
    touched = {one.kind for one in entry.diffs[entry.followed :]}
    for kinds, act in _follow_ups:
        if kinds & touched:
            act(entry)
    entry.followed = len(entry.diffs)
