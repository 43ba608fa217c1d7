"""What one writes must show in the windows of the others."""

from __future__ import annotations

from ahsp.loadtest.records import SEEN, Records
from ahsp.loadtest.windows import SECONDS_TO_SEE, Board


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def board() -> tuple[Board, Clock, int, int]:
    clock = Clock()
    made = Board(clock)
    mine, other = made.open("abc"), made.open("abc")
    made.saw("abc", mine, 1)
    made.saw("abc", other, 1)
    return made, clock, mine, other


def told(made: Board) -> tuple[list[float], list[str]]:
    records = Records(users=2, seconds=60)
    unseen = made.tell(records)
    return [round(seconds, 3) for seconds in records.acts.get(SEEN, [])], unseen


def test_the_delay_runs_from_sending_to_seeing_in_the_other_window() -> None:
    made, clock, mine, other = board()
    clock.now = 3.2
    made.saw("abc", other, 2)
    made.wrote("abc", mine, 2, 3.0)
    assert told(made) == ([0.2], [])


def test_who_sees_a_later_revision_has_seen_all_before_it() -> None:
    made, clock, mine, other = board()
    for revision in (2, 3):
        made.wrote("abc", mine, revision, 1.0 * revision)
    clock.now = 4.0
    made.saw("abc", other, 3)
    assert told(made) == ([2.0, 1.0], [])


def test_what_is_never_seen_is_named_unless_it_was_written_just_now() -> None:
    made, clock, mine, _ = board()
    made.wrote("abc", mine, 2, 1.0)
    clock.now = 1.0 + SECONDS_TO_SEE + 1
    made.wrote("abc", mine, 3, clock.now)
    assert told(made) == ([], ["abc revision 2"])


def test_a_window_that_came_later_and_one_of_another_project_need_not_see_it() -> None:
    made, clock, mine, other = board()
    clock.now = 3.1
    made.saw("abc", other, 2)
    made.wrote("abc", mine, 2, 3.0)
    clock.now = 30.0
    made.saw("abc", made.open("abc"), 1)
    made.saw("xyz", made.open("xyz"), 1)
    assert told(made) == ([0.1], [])
