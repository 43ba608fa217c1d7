"""Price lists as the command takes them and the API shows them."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ahsp.core.api.fields import TEXT, TextIn
from ahsp.core.bill_limits import MAX_CELL_CHARS
from ahsp.engine.numbers import Notation
from ahsp.estimates.prices.serializers import LARGEST_VERSION, MOST_CONVERSIONS, ConversionInSerializer
from ahsp.exchange.reading.price_columns import PriceField

MOST_ROWS = 5_000
MOST_COLUMNS = 40
COLUMN_CHOICES = [one.value for one in PriceField]
_TEXT = re.compile(TEXT)


class CellRowsIn(serializers.Field):
    """Rows of texts. A field for each cell would take seconds for a large list."""

    default_error_messages = {
        "invalid": _("Row {place} holds something that is no text of at most {length} characters."),
        "large": _("These are more than {most} rows; paste fewer at once."),
    }

    def to_internal_value(self, data: Any) -> list[list[str]]:
        if not isinstance(data, list) or not data:
            self.fail("invalid", place=1, length=MAX_CELL_CHARS)
        if len(data) > MOST_ROWS:
            self.fail("large", most=MOST_ROWS)
        for number, row in enumerate(data, 1):
            if not isinstance(row, list) or len(row) > MOST_COLUMNS:
                self.fail("invalid", place=number, length=MAX_CELL_CHARS)
            for cell in row:
                if not isinstance(cell, str) or len(cell) > MAX_CELL_CHARS or not _TEXT.match(cell):
                    self.fail("invalid", place=number, length=MAX_CELL_CHARS)
        return [[cell.strip() for cell in row] for row in data]


class PastePricesSerializer(serializers.Serializer):
    """A list of prices as rows of cells. Rows that name a resource of the project by name and unit are written."""

    rows = CellRowsIn()
    columns = serializers.ListField(
        child=serializers.ChoiceField(choices=COLUMN_CHOICES, allow_blank=True),
        required=False,
        max_length=MOST_COLUMNS,
        help_text="What each column is; left out, it is told from the header or from what stands in them.",
    )
    notation = serializers.ChoiceField(choices=[one.value for one in Notation], default=Notation.AUTO.value)
    version = serializers.IntegerField(
        min_value=1, max_value=LARGEST_VERSION, allow_null=True, help_text="The revision of the preview."
    )
    without = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_ROWS * 10),
        required=False,
        max_length=MOST_ROWS,
        help_text="Numbers of rows to leave out, from 1.",
    )
    conversions = ConversionInSerializer(many=True, required=False, max_length=MOST_CONVERSIONS)
    source = TextIn(max_length=300, required=False, help_text="Of rows that do not say it themselves; so the others.")
    region = TextIn(max_length=200, required=False)
    dated = TextIn(max_length=40, required=False)
    document = TextIn(max_length=300, required=False)
    note = TextIn(max_length=MAX_CELL_CHARS, required=False)

    def validate_columns(self, columns: list[str]) -> list[str]:
        named = [name for name in columns if name]
        if len(set(named)) < len(named):
            raise serializers.ValidationError(_("Each column can be named once."), code="twice")
        return columns


class PriceListSerializer(serializers.Serializer):
    """The rows of a file that name resources of the project, ready to be pasted; the others are counted."""

    file = serializers.CharField()
    sheet = serializers.CharField()
    sheets = serializers.ListField(child=serializers.CharField(), help_text="Other sheets, to be chosen instead.")
    columns = serializers.ListField(child=serializers.ChoiceField(choices=COLUMN_CHOICES, allow_blank=True))
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    priced = serializers.IntegerField(help_text="Rows with a price, of whatever resource.")
    unpriced = serializers.IntegerField()
    unknown = serializers.IntegerField(help_text="Rows with a price of what the project does not use.")
    unknown_names = serializers.ListField(child=serializers.CharField(), help_text="The first of them.")


class PriceFileSerializer(serializers.Serializer):
    file = serializers.FileField(max_length=255, allow_empty_file=True)
    sheet = TextIn(max_length=100, required=False, help_text="By default the one whose header fits best.")
