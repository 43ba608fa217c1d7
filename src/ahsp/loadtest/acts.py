"""What people do, each act with the weight of the scenario, and the choice among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import choice, choices

from ahsp.loadtest.seeds import Item, SeededProject
from ahsp.loadtest.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does, `weight` times as often as an act of weight 1."""

    weight: int
    do: Callable[[Visitor], object]


def some_act(acts: Sequence[Act], visitor: Visitor) -> None:
    """Do one of `acts`, drawn by weight."""
    choices(acts, [act.weight for act in acts])[0].do(visitor)


def some_project(visitor: Visitor) -> SeededProject:
    return choice(visitor.account.projects)


def some_item(project: SeededProject) -> Item:
    return choice(project.items)


def some_code(visitor: Visitor) -> str:
    """The code of an analysis that a project of the person uses."""
    return choice([item.code for item in some_project(visitor).items if item.code])


def plain_part(text: str) -> str:
    """The first words of `text` that stand in HTML as they are."""
    kept = text
    for sign in "\"'&<>\n":
        kept = kept.partition(sign)[0]
    return kept[:40].strip()
