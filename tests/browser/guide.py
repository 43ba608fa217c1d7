"""A walk through the application for the user guide: what stands on its pages, and pictures of them."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Visitor
from tests.people import sign_in

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "user"
LANGUAGES = ("id", "en")
# A name on its own, without the count or the keys that some carry behind it.
BEHIND = re.compile(r"\s*(?:\([\d.,]+\)|\(Ctrl[^)]*\)|…)$")
READ = """() => {
  const named = "a, button, summary, th, td, dt, dd, label, legend, option, h1, h2, h3, p, span, [role=columnheader]";
  const found = new Set();
  const add = (text) => found.add((text ?? "").replace(/\\s+/g, " ").trim());
  for (const node of document.body.querySelectorAll("*")) {
    for (const name of ["aria-label", "title", "placeholder"]) add(node.getAttribute(name));
    if (node.matches(named)) add(node.textContent);
    for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) add(child.data);
  }
  return [...found];
}"""
# 256 colours are enough for a page: the most frequent ones, and the nearest of them for the rest.
PAINT = """async (source) => {
  const image = new Image();
  image.src = "data:image/png;base64," + source;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map((pair) => pair[0]);
  const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  const palette = colours.map(parts);
  const places = new Map(colours.map((colour, at) => [colour, at]));
  const nearest = (colour) => {
    const own = parts(colour);
    const far = palette.map((other) => other.reduce((sum, part, at) => sum + (part - own[at]) ** 2, 0));
    return far.indexOf(Math.min(...far));
  };
  for (const colour of counts.keys()) if (!places.has(colour)) places.set(colour, nearest(colour));
  let text = "";
  for (const pixel of pixels) text += String.fromCharCode(places.get(pixel));
  return { width: image.width, palette: palette.flat(), pixels: btoa(text) };
}"""


@dataclass
class Walk:
    """One person who goes through the application in one language and remembers the words of each page of the guide."""

    visitor: Visitor
    language: str
    code: str
    takes_pictures: bool
    words: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.visitor.page

    def say(self, indonesian: str, english: str) -> str:
        return indonesian if self.language == "id" else english

    def sign_in(self, person: Any) -> None:
        session = sign_in(person).cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": self.visitor.address}
        self.visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie is a plain dictionary

    def go(self, path: str, wait: str = "h1") -> None:
        self.visitor.go(path)
        self.see(self.page.locator(wait).first)

    def step(self, path: str, wait: str = ".grid-row:not(.is-draft)") -> None:
        """A step of the workspace, until `wait` is there and what was typed is saved."""
        self.go(f"/p/{self.code}/work/{path}", wait)

    def press(self, indonesian: str, english: str) -> None:
        """The button or menu of this name; what it opens is read."""
        name = self.say(indonesian, english)
        menu = self.page.locator("summary").filter(has_text=name)
        self.page.get_by_role("button", name=name, exact=True).or_(menu).first.click()
        self.read()

    def shut(self) -> None:
        """Close the dialog that is open."""
        self.page.keyboard.press("Escape")
        self.page.get_by_role("dialog").wait_for(state="detached")

    def see(self, place: Locator) -> None:
        place.wait_for()
        self.read()

    def read(self) -> None:
        self.words |= {BEHIND.sub("", text).casefold() for text in self.page.evaluate(READ)}

    def picture(self, name: str) -> None:
        """Where pictures are taken: docs/user/images/LANGUAGE/NAME.png, as the page stands."""
        self.read()
        if not self.takes_pictures:
            return
        target = picture_of(self.language, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(0, 0)
        target.write_bytes(in_few_colours(self.page, self.page.screenshot()))


def guide_page(language: str, name: str) -> Path:
    return FOLDER / language / f"{name}.md"


def picture_of(language: str, name: str) -> Path:
    return FOLDER / "images" / language / f"{name}.png"


def in_few_colours(page: Page, picture: bytes) -> bytes:
    """A PNG with a palette, about half as large as the one that the browser writes."""
    painted = page.evaluate(PAINT, base64.b64encode(picture).decode())
    width, pixels = painted["width"], base64.b64decode(painted["pixels"])
    height = len(pixels) // width
    lines = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(painted["palette"])),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
