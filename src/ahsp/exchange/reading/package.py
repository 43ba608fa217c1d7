"""The zip that a workbook is: opened only within limits, and never trusted about its own sizes."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from ahsp.exchange.reading.limits import (
    HARMLESS_PART_BYTES,
    MAX_PART_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    refuse,
)
from ahsp.exchange.reading.markup import Attributes, feed, local, make_parser

_CHUNK: Final = 128 * 1024
_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
_KNOWN_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# All that zipfile lets through from a directory that is damaged or forged.
_UNPACK_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class Relation(NamedTuple):
    """What one part says about another: `kind` is the last word of the relation's type ("worksheet")."""

    id: str
    kind: str
    part: str


class Package:
    """A workbook's parts by name. Raises FileRefused for anything that is no sound XLSX within the limits."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        # Counting signatures bounds the directory before zipfile builds an object for each entry.
        if data.count(_ENTRY_SIGNATURE) > MAX_PARTS:
            raise refuse("workbook.too_many_parts", file, limit=str(MAX_PARTS))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNPACK_ERRORS as error:
            raise refuse("workbook.damaged", file) from error
        self._parts = {info.filename.lower().lstrip("/"): info for info in self._zip.infolist()}
        self._check_directory()
        self.workbook_part = self._find_workbook()

    def _check_directory(self) -> None:
        infos = self._parts.values()
        if any(info.flag_bits & 1 for info in infos):
            raise refuse("workbook.encrypted", self.file)
        if any(info.compress_type not in _KNOWN_METHODS for info in infos):
            raise refuse("workbook.damaged", self.file)
        swollen = any(
            info.file_size > HARMLESS_PART_BYTES and info.file_size > MAX_RATIO * info.compress_size for info in infos
        )
        if swollen or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
            raise refuse("workbook.unpacks_too_large", self.file)

    def _find_workbook(self) -> str:
        if self.has("mimetype") or self.has("content.xml"):
            raise refuse("workbook.other_format", self.file, format="ODS")
        documents = [relation.part for relation in self.relations("") if relation.kind == "officeDocument"]
        found = documents[0] if documents else "xl/workbook.xml"
        if found.endswith(".bin"):
            raise refuse("workbook.other_format", self.file, format="XLSB")
        if not self.has(found) or not self.has("[Content_Types].xml"):
            raise refuse("workbook.not_a_workbook", self.file)
        return found

    def has(self, part: str) -> bool:
        return part.lower() in self._parts

    def chunks(self, part: str, limit: int = MAX_PART_BYTES) -> Iterator[bytes]:
        """The part unpacked piece by piece; what the directory claims about its size is not relied upon."""
        info = self._parts.get(part.lower())
        if info is None:
            raise refuse("workbook.damaged", self.file)
        seen = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    seen += len(chunk)
                    if seen > limit:
                        raise refuse("workbook.unpacks_too_large", self.file)
                    yield chunk
        except _UNPACK_ERRORS as error:
            raise refuse("workbook.damaged", self.file) from error

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part, "" for those of the package itself."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found: list[Relation] = []

        def start(element: str, attributes: Attributes) -> None:
            if local(element) == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append(Relation(attributes.get("Id", ""), kind, target.lstrip("/")))

        if self.has(source):
            feed(self.file, make_parser(self.file, start), self.chunks(source, MEGABYTE))
        return found
