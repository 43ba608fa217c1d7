"""A few threads that live as long as the process.

A thread that ends keeps its database connection until it is collected, so none ends, and none is made for a request.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Threads:
    """`run` waits for one of `number` threads and for what it makes of a function."""

    def __init__(self, number: int) -> None:
        self._waiting: SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]]] = SimpleQueue()
        for index in range(number):
            # Whoever asks for the end of the process waits for the requests, not for the threads.
            threading.Thread(target=self._work, name=f"pages-{index}", daemon=True).start()

    async def run(self, act: Callable[[], T]) -> T:
        """What `act` answers or raises; asked one after the other, as threads become free."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put((act, future))
        return await future

    def _work(self) -> None:
        while True:
            act, future = self._waiting.get()
            try:
                settle = _Settle(future, act(), None)
            except BaseException as error:  # noqa: BLE001 it belongs to whoever waits
                settle = _Settle(future, None, error)
            # The loop may have ended, and with it whoever waited.
            with contextlib.suppress(RuntimeError):
                future.get_loop().call_soon_threadsafe(settle)
            # Nothing of a request outlives it here.
            del act, future, settle


class _Settle:
    """Gives a result to the one who waits for it, in the loop."""

    def __init__(self, future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
        self._future, self._result, self._error = future, result, error

    def __call__(self) -> None:
        if self._future.done():
            return
        if self._error is not None:
            self._future.set_exception(self._error)
        else:
            self._future.set_result(self._result)
