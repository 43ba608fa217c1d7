"""Pages sent compressed around a part that was compressed before."""

from __future__ import annotations

import gzip
import zlib

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as st

from ahsp.core.compression import CompressionMiddleware
from ahsp.core.fragments import Fragment, PiecedResponse, gzipped, gzipped_around, joined_crc

PAGE = b"<p>a page of a hundred lines</p>" * 100


@given(st.binary(max_size=300), st.binary(max_size=3000), st.binary(max_size=300))
def test_the_parts_are_one_stream_that_any_reader_unpacks(head: bytes, body: bytes, tail: bytes) -> None:
    fragment = Fragment.of(body)
    assert fragment.plain() == body
    packed = gzipped_around(head, fragment, tail)
    assert gzip.decompress(packed) == head + body + tail
    # One member: a browser may ignore what stands behind the first.
    reader = zlib.decompressobj(31)
    assert reader.decompress(packed) == head + body + tail
    assert reader.eof
    assert not reader.unused_data


@given(st.binary(max_size=200), st.integers(0, 5_000_000))
def test_a_checksum_is_joined_over_any_length(first: bytes, length: int) -> None:
    second = b"x" * length
    assert joined_crc(zlib.crc32(first), zlib.crc32(second), length) == zlib.crc32(second, zlib.crc32(first))


def test_two_answers_of_the_same_page_differ_in_length() -> None:
    lengths = {len(gzipped(PAGE)) for _ in range(200)}
    assert len(lengths) > 10


def ask(response: HttpResponseBase, accept: str = "gzip, br") -> HttpResponseBase:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accept
    return CompressionMiddleware(lambda _: response)(request)


def pieced() -> PiecedResponse:
    return PiecedResponse(b"<head>", Fragment.of(PAGE), b"<tail>")


def test_a_page_around_a_fragment_is_sent_compressed() -> None:
    answer = ask(pieced())
    sent = b"".join(answer)  # type: ignore[arg-type]
    assert gzip.decompress(sent) == b"<head>" + PAGE + b"<tail>"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(sent))
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accept", ["", "br", "gzip;q=0", "identity, gzip; q=0.0, br"])
def test_whoever_takes_no_gzip_gets_it_as_it_is(accept: str) -> None:
    answer = ask(pieced(), accept)
    sent = b"".join(answer)  # type: ignore[arg-type]
    assert sent == b"<head>" + PAGE + b"<tail>"
    assert answer.headers["Content-Length"] == str(len(sent))
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_an_ordinary_page_is_compressed_and_its_tag_weakened() -> None:
    answer = ask(HttpResponse(PAGE, headers={"ETag": '"7"'}))
    assert gzip.decompress(b"".join(answer)) == PAGE  # type: ignore[arg-type]
    assert answer.headers["ETag"] == 'W/"7"'


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(PAGE, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse([PAGE]),
    ],
    ids=["short", "compressed kind", "compressed already", "stream"],
)
def test_these_are_left_alone(response: HttpResponseBase) -> None:
    before = dict(response.headers)
    assert dict(ask(response).headers) == before


def test_whatever_takes_the_place_of_the_parts_is_what_is_sent() -> None:
    response = pieced()
    assert response.content == b"<head>" + PAGE + b"<tail>"
    response.content = b"other"
    assert response.content == b"other"
    assert list(response) == [b"other"]
