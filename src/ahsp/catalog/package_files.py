"""Reading the files of a package: manifest and tables, refused whole with file, row and reason."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from ahsp.core.errors import FileRefused

MANIFEST = "manifest.json"
FORMAT_VERSION = 1
MAX_FILE_BYTES = 64 * 1024 * 1024
# Lengths in characters; the database keeps no more.
MAX_NAME = 1000
MAX_GROUP = 200
MAX_UNIT = 100
MAX_CODE = 64
MAX_TITLE = 300
NUMBER = re.compile(r"\d{1,18}(\.\d{1,18})?", re.ASCII)
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Localized = Mapping[str, str]


def refuse(code: str, file: str, row: int | None = None, /, **data: object) -> NoReturn:
    """Raise FileRefused; `row` is the line of the table as a spreadsheet counts it: the heading is 1."""
    found = {"file": file, **{key: str(value) for key, value in data.items()}}
    if row is not None:
        found["row"] = str(row)
    raise FileRefused(code, found)


def read_bytes(folder: Path, name: str) -> bytes:
    """The whole file, bounded by MAX_FILE_BYTES."""
    path = folder / name
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            refuse("package.too_large", name, limit=f"{MAX_FILE_BYTES // 1024**2} MB")
        return path.read_bytes()
    except OSError:
        refuse("package.missing_file", name, folder=folder)


def decode(raw: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse("package.encoding", name, raw.count(b"\n", 0, error.start) + 1)


class Manifest:
    """Typed access to the fields of one manifest; every wrong field is refused by name."""

    def __init__(self, folder: Path, expected_format: str) -> None:
        self.folder = folder
        text = decode(read_bytes(folder, MANIFEST), MANIFEST)
        try:
            fields = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            refuse("package.manifest_syntax", MANIFEST, getattr(error, "lineno", 1))
        self.fields: dict[str, Any] = fields if isinstance(fields, dict) else {}
        if self.fields.get("format") != expected_format:
            refuse("package.format", MANIFEST, expected=expected_format)
        if self.fields.get("format_version") != FORMAT_VERSION:
            found = self.fields.get("format_version")
            refuse("package.format_version", MANIFEST, found=found, expected=FORMAT_VERSION)

    def wrong(self, name: str) -> NoReturn:
        refuse("package.manifest_field", MANIFEST, field=name)

    def text(self, name: str, limit: int = MAX_UNIT) -> str:
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > limit:
            self.wrong(name)
        return value

    def optional_text(self, name: str, limit: int = MAX_UNIT) -> str | None:
        return None if self.fields.get(name) is None else self.text(name, limit)

    def slug(self, name: str) -> str:
        value = self.text(name)
        if not SLUG.fullmatch(value):
            self.wrong(name)
        return value

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.wrong(name)

    def optional_day(self, name: str) -> date | None:
        return None if self.fields.get(name) is None else self.day(name)

    def flag(self, name: str) -> bool:
        value = self.fields.get(name)
        if not isinstance(value, bool):
            self.wrong(name)
        return value

    def localized(self, name: str) -> Localized:
        """A text per language: {"id": ..., "en": ...}."""
        value = self.fields.get(name)
        if not isinstance(value, dict) or not value or not all(isinstance(v, str) for v in value.values()):
            self.wrong(name)
        return value

    def localized_list(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """A list of texts per language; empty where the manifest has none."""
        value = self.fields.get(name, {})
        if not isinstance(value, dict):
            self.wrong(name)
        for texts in value.values():
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                self.wrong(name)
        return {language: tuple(texts) for language, texts in value.items()}

    def table_facts(self, file: str) -> tuple[str, int]:
        """The recorded SHA-256 (hex) and number of rows of `file`."""
        files = self.fields.get("files")
        facts = files.get(file) if isinstance(files, dict) else None
        if not isinstance(facts, dict):
            self.wrong(f"files.{file}")
        checksum, rows = facts.get("sha256"), facts.get("rows")
        if not isinstance(checksum, str) or not isinstance(rows, int) or isinstance(rows, bool):
            self.wrong(f"files.{file}")
        return checksum.lower(), rows


class Table:
    """The rows of one CSV file, each as wide as `columns`; row n of the list is row n + 2 of the file.

    Read with `Table(...)`, look at the rows, then call `verify()`: a damaged row is named before the
    checksum, which could only say that something somewhere differs.
    """

    def __init__(self, manifest: Manifest, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self._checksum, self._expected_rows = manifest.table_facts(name)
        raw = read_bytes(manifest.folder, name)
        self._found_checksum = hashlib.sha256(raw).hexdigest()
        self.rows = self._parse(decode(raw, name), columns)

    def _parse(self, text: str, columns: Sequence[str]) -> list[list[str]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            head = next(reader, [])
            rows = list(reader)
        except csv.Error:
            refuse("package.csv", self.name, reader.line_num)
        if head != list(columns):
            refuse("package.columns", self.name, 1, expected=", ".join(columns), found=", ".join(head)[:200])
        width = len(columns)
        for number, row in enumerate(rows, 2):
            if len(row) != width:
                refuse("package.width", self.name, number, found=len(row), expected=width)
        return rows

    def verify(self) -> None:
        """Number of rows and checksum are those of the manifest."""
        if len(self.rows) != self._expected_rows:
            refuse("package.rows", self.name, found=len(self.rows), expected=self._expected_rows)
        if self._found_checksum != self._checksum:
            refuse("package.checksum", self.name)


def check_text(value: str, table: Table, row: int, column: str, limit: int = MAX_NAME) -> None:
    """Refuse a field that is blank, too long, padded or carries control characters."""
    if not value or value.isspace():
        refuse("package.empty", table.name, row, column=column)
    if len(value) > limit:
        refuse("package.too_long", table.name, row, column=column, limit=limit)
    if CONTROL.search(value) or value[0].isspace() or value[-1].isspace():
        refuse("package.text", table.name, row, column=column)


def check_number(value: str, table: Table, row: int, column: str) -> None:
    """Refuse what is not a plain, non-negative decimal such as 1234.56."""
    if not NUMBER.fullmatch(value):
        refuse("package.number", table.name, row, column=column, value=value[:40])
