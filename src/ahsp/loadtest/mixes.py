"""The mixes: which kinds of people there are, how many of each, how long they think."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`weight` people of this kind among others; each waits `think` seconds (least, most) between acts."""

    name: str
    weight: int
    think: tuple[float, float]


BROWSING = Kind("browsing", 6, (2, 5))
API = Kind("api", 3, (1, 3))
HEAVY = Kind("heavy", 1, (10, 30))
EDITING = Kind("editing", 1, (5, 15))

MIXES: dict[str, tuple[Kind, ...]] = {
    "full": (BROWSING, API, HEAVY, EDITING),
    "core": (BROWSING, API),
    # Without think time the kinds keep the proportions in which `core` sends their requests.
    "capacity": (BROWSING, API),
    "login-storm": (BROWSING,),
}
# One client alone, without Locust.
SINGLE = "single"
# Measured beside `capacity`: signed-in people who ask for the least a page can be.
BARE = "bare"


def rate(kind: Kind) -> float:
    """Acts a second of all people of a kind, up to a common factor, as long as answers take no time."""
    return kind.weight / (sum(kind.think) / 2)
