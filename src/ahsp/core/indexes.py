"""Indexes that need an extension of PostgreSQL."""

from __future__ import annotations

from typing import Any

import structlog
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import InternalError, ProgrammingError

log = structlog.get_logger(__name__)


class AddTrigramIndex(AddIndexConcurrently):
    """An index for words inside a text, where the server has pg_trgm and lets us install it.

    The extension belongs to PostgreSQL and may be installed by the owner of a database (13 and later); where a server
    comes without it, or forbids it, searches read the projects of the own organizations instead.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            try:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            except (ProgrammingError, InternalError) as error:
                log.warning("index.no_trigrams", index=self.index.name, reason=str(error).strip())
                return
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_class WHERE relname = %s", [self.index.name])
            made = cursor.fetchone() is not None
        if made:
            super().database_backwards(app_label, schema_editor, from_state, to_state)
