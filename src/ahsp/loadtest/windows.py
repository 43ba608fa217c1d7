"""Windows of the people who edit: each holds the stream of a project, and asks what was written when it hears of it."""

from __future__ import annotations

import http.client
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import gevent

from ahsp.loadtest.checks import json_with
from ahsp.loadtest.programs import ROOT
from ahsp.loadtest.records import SEEN, Records
from ahsp.loadtest.visitor import Visitor

# The server says something every 15 s.
SECONDS_OF_SILENCE = 40
SECONDS_TO_OPEN_AGAIN = 1.0
# What was written so shortly before the end need not have been seen.
SECONDS_TO_SEE = 10.0


@dataclass(slots=True)
class _Seen:
    """From when a window was open, and up to which revision it had everything when."""

    since: float
    marks: list[tuple[int, float]] = field(default_factory=list)

    def when(self, revision: int) -> float | None:
        return next((at for known, at in self.marks if known >= revision), None)


class Board:
    """Which writes showed in the other windows of their project, and how long after they were sent."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._windows: dict[str, dict[int, _Seen]] = defaultdict(dict)
        self._written: list[tuple[str, int, int, float]] = []

    def open(self, code: str) -> int:
        """The number of one more window of the project."""
        windows = self._windows[code]
        windows[len(windows)] = _Seen(self._clock())
        return len(windows) - 1

    def saw(self, code: str, window: int, revision: int) -> None:
        self._windows[code][window].marks.append((revision, self._clock()))

    def wrote(self, code: str, window: int, revision: int, sent: float) -> None:
        """A write from `window` made `revision`; it was sent at `sent`."""
        if sent >= 0:
            self._written.append((code, window, revision, sent))

    def tell(self, records: Records) -> list[str]:
        """Note the delays as acts; answers with what was never seen."""
        unseen = []
        for code, window, revision, sent in self._written:
            for seen in self._others(code, window, sent):
                at = seen.when(revision)
                if at is not None:
                    # Word of a write may come before the answer to it.
                    records.note_act(SEEN, max(0.0, at - sent))
                elif sent < self._clock() - SECONDS_TO_SEE:
                    unseen.append(f"{code} revision {revision}")
        return unseen

    def _others(self, code: str, window: int, sent: float) -> Iterator[_Seen]:
        for number, seen in self._windows[code].items():
            if number != window and seen.since < sent and seen.marks:
                yield seen


class Window:
    """One window: listens in a greenlet of its own while its person works."""

    def __init__(self, visitor: Visitor, address: str, board: Board) -> None:
        self.code = visitor.account.projects[0].code
        self.number = board.open(self.code)
        self._visitor = visitor
        self._address = urlsplit(address)
        self._board = board
        self._known = 1
        self._listening = gevent.spawn(self._listen_for_ever)

    def wrote(self, revision: int, sent: float) -> None:
        self._board.wrote(self.code, self.number, revision, sent)

    def close(self) -> None:
        self._listening.kill()

    def _listen_for_ever(self) -> None:
        while True:
            try:
                self._listen()
            except (OSError, http.client.HTTPException) as error:
                self._visitor.note_failure("live: stream", type(error).__name__)
            gevent.sleep(SECONDS_TO_OPEN_AGAIN)

    def _listen(self) -> None:
        where = self._address
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=SECONDS_OF_SILENCE)
        try:
            path = f"{ROOT}/projects/{self.code}/live/?tab=w{self.number}&step=boq"
            connection.request("GET", path, headers={"Cookie": self._visitor.cookies()})
            answer = connection.getresponse()
            if answer.status != 200:
                self._visitor.note_failure("live: stream", f"answered {answer.status}")
                return
            kind = ""
            while line := answer.readline().decode():
                name, _, value = line.rstrip("\n").partition(": ")
                kind = value if name == "event" else kind
                if name == "data":
                    self._hear(kind, value)
        finally:
            connection.close()

    def _hear(self, kind: str, text: str) -> None:
        told = json.loads(text)
        if (kind == "change" and told["revision"] > self._known) or (kind == "state" and told["live"]):
            self._catch_up()

    def _catch_up(self) -> None:
        path = f"{ROOT}/projects/{self.code}/sync/?since={self._known}"
        answer = self._visitor.get("live: what others wrote", path, json_with('"revision":'))
        if answer.status == 200:
            self._known = json.loads(answer.body)["revision"]
            self._board.saw(self.code, self.number, self._known)
