"""Parsing the XML inside a workbook: as a stream, without entities, in plain UTF-8."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from ahsp.exchange.reading.limits import refuse

Attributes = dict[str, str]


def make_parser(
    file: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> XMLParserType:
    """A parser that refuses the file at a document type: workbooks have none, and entities come with it."""

    def no_doctype(*_: object) -> None:
        raise refuse("workbook.damaged", file)

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = no_doctype
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


def feed(file: str, parser: XMLParserType, chunks: Iterable[bytes]) -> None:
    """Parse `chunks` to the end. Raises FileRefused for XML that is broken."""
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
    except (ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that does not exist
        raise refuse("workbook.damaged", file) from error


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its local name ("id" finds "r:id"), "" if it is not there."""
    return next((value for key, value in attributes.items() if local(key) == name), "")
