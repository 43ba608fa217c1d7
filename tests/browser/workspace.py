"""What journeys through the workspace have in common."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def connection(page: Page) -> Locator:
    """What the page says of its connection."""
    return page.locator("[data-part=connection]")


def expect_saved(page: Page) -> None:
    """No command waits. The words alone do not tell it: they stay "saved" while an answer comes within a blink."""
    expect(connection(page).locator("[data-phase=idle][data-waiting='0']")).to_have_text("Tersimpan")


def paste(page: Page, text: str) -> None:
    """As from another program: the grid hears of a paste from the browser alone."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )
