"""Requests that do not reach the server."""

from __future__ import annotations

from playwright.sync_api import Page, Route


class Outage:
    """Requests to `pattern` fail from now on until `end()`.

    The route stays when the outage ends: a request that is on its way while a route is taken away is never answered.
    """

    def __init__(self, page: Page, pattern: str) -> None:
        self._page = page
        self._lasts = True
        page.route(pattern, self._answer)

    def end(self) -> None:
        """The server is there again, and the browser says so."""
        self._lasts = False
        self._page.evaluate("dispatchEvent(new Event('online'))")

    def _answer(self, route: Route) -> None:
        if self._lasts:
            route.abort()
        else:
            route.continue_()
