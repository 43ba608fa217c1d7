"""Parts of a page that are kept compressed, and answers made of such a part between what differs for each person.

A deflate stream that was flushed whole can be followed by another one, so a page is sent compressed without its large
part being compressed again (RFC 1951, 3.2.4: a stored block of no bytes ends on a byte; RFC 1952: length and CRC-32).
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# A fragment is compressed once and sent often, its surroundings are compressed each time.
LEVEL_KEPT, LEVEL_ONCE = 6, 3
_RAW = -15
_POLYNOMIAL = 0xEDB88320
MOST_PADDING = 64


@dataclass(frozen=True, slots=True)
class Fragment:
    """Bytes as a raw deflate stream that ends flushed, with the CRC-32 and the length of what it holds."""

    deflated: bytes
    crc: int
    length: int

    @classmethod
    def of(cls, text: str | bytes) -> Fragment:
        plain = text.encode() if isinstance(text, str) else text
        return cls(_deflate(plain, LEVEL_KEPT, zlib.Z_FULL_FLUSH), zlib.crc32(plain), len(plain))

    def plain(self) -> bytes:
        return zlib.decompressobj(_RAW).decompress(self.deflated)


def _deflate(plain: bytes, level: int, end: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    return compressor.compress(plain) + compressor.flush(end)


def gzipped(plain: bytes) -> bytes:
    """`plain` as one gzip stream."""
    return _header() + _deflate(plain, LEVEL_ONCE, zlib.Z_FINISH) + _trailer(zlib.crc32(plain), len(plain))


def gzipped_around(head: bytes, fragment: Fragment, tail: bytes) -> bytes:
    """`head`, what `fragment` holds and `tail` as one gzip stream."""
    crc = joined_crc(zlib.crc32(head), fragment.crc, fragment.length)
    crc = zlib.crc32(tail, crc)
    return b"".join(
        (
            _header(),
            _deflate(head, LEVEL_ONCE, zlib.Z_FULL_FLUSH),
            fragment.deflated,
            _deflate(tail, LEVEL_ONCE, zlib.Z_FINISH),
            _trailer(crc, len(head) + fragment.length + len(tail)),
        )
    )


def _header() -> bytes:
    """With a file name of random length: the size of an answer must not tell what in it was asked for (BREACH)."""
    name = b"a" * (1 + secrets.randbelow(MOST_PADDING))
    return b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + name + b"\0"


def _trailer(crc: int, length: int) -> bytes:
    return crc.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little")


def joined_crc(first: int, second: int, length: int) -> int:
    """The CRC-32 of two texts one after the other from those of each; `length` is that of the second."""
    for bit in range(length.bit_length()):
        if length >> bit & 1:
            first = _applied(_passing(bit), first)
    return first ^ second


def _applied(columns: tuple[int, ...], vector: int) -> int:
    result = 0
    while vector:
        lowest = vector & -vector
        result ^= columns[lowest.bit_length() - 1]
        vector ^= lowest
    return result


@cache
def _passing(power: int) -> tuple[int, ...]:
    """What 2^power zero bytes make of each bit of a CRC-32."""
    if power == 0:
        return tuple(_one_byte(1 << bit) for bit in range(32))
    half = _passing(power - 1)
    return tuple(_applied(half, column) for column in half)


def _one_byte(crc: int) -> int:
    for _ in range(8):
        crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
    return crc


# No text of a person holds it: PostgreSQL stores no NUL and the border refuses it.
MARK = "\0"


def render_around(request: HttpRequest, template: str, context: dict[str, Any], fragment: Fragment) -> PiecedResponse:
    """`template` with what `fragment` holds where it says `{{ fragment }}`."""
    page = render_to_string(template, {**context, "fragment": SafeString(MARK)}, request)
    head, _, tail = page.partition(MARK)
    return PiecedResponse(head.encode(), fragment, tail.encode())


class PiecedResponse(HttpResponse):
    """An answer around a fragment. Its whole content is put together only when somebody asks for it."""

    def __init__(self, head: bytes, fragment: Fragment, tail: bytes, **options: Any) -> None:
        self.pieces: tuple[bytes, Fragment, bytes] | None = None
        super().__init__(**options)
        self.pieces = (head, fragment, tail)
        self.headers["Content-Length"] = str(len(head) + fragment.length + len(tail))

    @property
    def content(self) -> bytes:
        if self.pieces is None:
            return b"".join(self._container)  # type: ignore[attr-defined]  # the stubs leave it out
        head, fragment, tail = self.pieces
        return head + fragment.plain() + tail

    @content.setter
    def content(self, value: Any) -> None:
        self.pieces = None
        HttpResponse.content.fset(self, value)  # type: ignore[attr-defined]  # a property, which the stubs do not say

    def __iter__(self) -> Iterator[Any]:
        return iter([self.content])
