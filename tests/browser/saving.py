"""When the workspace has nothing left to save."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def connection(page: Page) -> Locator:
    """What the page says of its connection."""
    return page.locator("[data-part=connection]")


def expect_saved(page: Page) -> None:
    """No command waits. The words alone do not tell it: they stay "saved" while an answer comes within a blink."""
    expect(connection(page).locator("[data-phase=idle][data-waiting='0']")).to_have_text("Tersimpan")
