"""One stream and one window."""

from __future__ import annotations

import asyncio
import json

from ahsp.core.streams.opening import Grant
from ahsp.core.streams.stream import MOST_WAITING, Stream, event
from tests.streams.clients import Peer

GRANT = Grant(1, 2, "Rina", "R", {"role": "owner"}, "a1", "boq")


def test_events_arrive_in_order_and_the_end_is_an_end() -> None:
    async def tell() -> Peer:
        peer, stream = Peer(), Stream(GRANT, {}, [])
        for number in range(3):
            stream.tell(event("change", {"revision": number}))
        stream.end()
        await stream.run(peer.receive, peer.send)
        return peer

    peer = asyncio.run(tell())
    assert peer.headers["content-type"].startswith("text/event-stream")
    assert peer.headers["x-accel-buffering"] == "no"
    told = [line.removeprefix("data: ") for line in peer.body.decode().splitlines() if line.startswith("data: ")]
    assert [json.loads(line) for line in told] == [{"revision": 0}, {"revision": 1}, {"revision": 2}]
    assert peer.is_whole


def test_a_text_of_a_person_stays_one_line() -> None:
    told = event("presence", {"name": "a\nevent: change\n\ndata: é"}).decode()
    assert told.count("\n") == 3
    assert json.loads(told.splitlines()[1].removeprefix("data: "))["name"].endswith("data: é")


def test_a_window_that_takes_nothing_is_dropped_and_not_buffered_for() -> None:
    async def tell() -> Peer:
        peer, stream = Peer(reads=False), Stream(GRANT, {}, [])
        running = asyncio.create_task(stream.run(peer.receive, peer.send))
        for _ in range(MOST_WAITING + 10):
            await asyncio.sleep(0)
            stream.tell(b"x")
        await asyncio.wait_for(running, 30)
        return peer

    assert len(asyncio.run(tell()).messages) == 1


def test_a_window_that_goes_ends_its_stream() -> None:
    async def go() -> None:
        peer, stream = Peer(), Stream(GRANT, {}, [])
        running = asyncio.create_task(stream.run(peer.receive, peer.send))
        peer.leave()
        await asyncio.wait_for(running, 30)

    asyncio.run(go())
