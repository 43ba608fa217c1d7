"""The database backend that Django loads by the name of its package."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg import Error


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the database whether it is there only when the socket has something to tell.

    Django asks `SELECT 1` before the first query of each request. Between requests nothing is under way, so a socket
    that can be read was closed by the other side, or brings a notice: only then the question is worth its way there and
    back. A network that was cut says nothing to either; keepalives end such a connection, and then it can be read.
    """

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        try:
            silent = not _has_news(self.connection.fileno())
        except Error:
            return False
        return silent or super().is_usable()


def _has_news(socket: int) -> bool:
    # Not select(): it fails for the 1,025th open file.
    poll = select.poll()
    poll.register(socket, select.POLLIN | select.POLLPRI)
    return bool(poll.poll(0))
