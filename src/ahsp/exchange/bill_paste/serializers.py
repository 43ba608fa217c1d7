"""A pasted block as its command takes it."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ahsp.engine.numbers import Notation
from ahsp.estimates.bill.serializers import PlacedSerializer
from ahsp.exchange.bill_paste.reading import COLUMNS

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 40
MOST_CHARS: Final = 20_000
FIELDS = (*COLUMNS, "name")


class BlockIn(serializers.Field):
    """Rows of texts, as they come from the clipboard; rows may be of different lengths."""

    default_error_messages = {
        "invalid": _("Give rows of cells, each a text of at most {length} characters; row {place} is none."),
        "large": _("This is more than {rows} rows or {columns} columns; import a bill of that size as a file."),
    }

    def to_internal_value(self, data: Any) -> list[list[str]]:
        if not isinstance(data, list) or not data:
            self.fail("invalid", length=MOST_CHARS, place=1)
        if len(data) > MOST_ROWS:
            self.fail("large", rows=MOST_ROWS, columns=MOST_COLUMNS)
        for place, row in enumerate(data, 1):
            if not isinstance(row, list):
                self.fail("invalid", length=MOST_CHARS, place=place)
            if len(row) > MOST_COLUMNS:
                self.fail("large", rows=MOST_ROWS, columns=MOST_COLUMNS)
            for cell in row:
                if not isinstance(cell, str) or len(cell) > MOST_CHARS:
                    self.fail("invalid", length=MOST_CHARS, place=place)
        return list(data)


class PasteRowsSerializer(PlacedSerializer):
    """`cells` become sections and items. Numbers are read in the one notation in which all of them can be read; where
    there are two, they are errors until `notation` says which."""

    cells = BlockIn()
    fields_ = serializers.ListField(
        child=serializers.ChoiceField(choices=FIELDS, allow_null=True),
        required=False,
        allow_null=True,
        max_length=MOST_COLUMNS,
        help_text="What each column is, null for nothing; left out, the titles in the first rows say it.",
    )
    notation = serializers.ChoiceField(choices=[one.value for one in Notation], default=Notation.AUTO.value)
    skip_errors = serializers.BooleanField(default=False, help_text="Leave rows out that have cells which are errors.")

    def get_fields(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found
