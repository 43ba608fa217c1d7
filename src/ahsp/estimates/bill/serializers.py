"""Arguments of the commands on the bill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ahsp.core.api.fields import DecimalText, TextIn
from ahsp.core.bill_limits import MAX_CODE_CHARS
from ahsp.estimates.serializers import STATUS_CHOICES

LONGEST_KEY = 20
MOST_ROWS = 20_000
MOST_MADE = 5_000
_MOST_VERSION = 2**31


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_KEY


def _is_key_or_none(value: Any) -> bool:
    return value is None or _is_key(value)


def _is_version(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST_VERSION)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


class RowsIn(serializers.Field):
    """Rows of one shape: a serializer for each of thousands would take longer than all the rest."""

    default_error_messages = {
        "invalid": _("Give a list of rows, each with {names}."),
        "many": _("Give between 1 and {most} rows."),
        "row": _("The {name} of row {at}, counted from 0, cannot be used."),
    }

    def __init__(
        self, *, allowed: Mapping[str, Callable[[Any], bool]], required: tuple[str, ...], most: int, **options: Any
    ) -> None:
        super().__init__(**options)
        self._allowed, self._required, self._most = allowed, required, most

    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            self.fail("invalid", names=", ".join(self._allowed))
        if not 0 < len(data) <= self._most:
            self.fail("many", most=self._most)
        for at, row in enumerate(data):
            for name in self._required:
                if name not in row:
                    self.fail("row", name=name, at=at)
            for name, value in row.items():
                if name not in self._allowed or not self._allowed[name](value):
                    self.fail("row", name=str(name)[:LONGEST_KEY], at=at)
        return list(data)


class KeysIn(serializers.Field):
    """Keys of rows."""

    default_error_messages = {"invalid": _("Give between 1 and {most} keys of rows.")}

    def to_internal_value(self, data: Any) -> list[str]:
        if not isinstance(data, list) or not 0 < len(data) <= MOST_ROWS or not all(map(_is_key, data)):
            self.fail("invalid", most=MOST_ROWS)
        return list(dict.fromkeys(data))


class KeyIn(TextIn):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_KEY, allow_blank=False, **options)


class SetCellsSerializer(serializers.Serializer):
    """`cells` are rows with `key`, the `version` as it was seen (null overwrites knowingly) and `values`: what was
    typed, by field."""

    cells = RowsIn(
        allowed={"key": _is_key, "version": _is_version, "values": _is_mapping},
        required=("key", "values"),
        most=MOST_ROWS,
    )
    confirmed = serializers.BooleanField(default=False, help_text="Quantities may take the place of take-off sheets.")


class PlacedSerializer(serializers.Serializer):
    """In the section `parent` (null: in none), behind `after` (null: first; left out: last)."""

    parent = KeyIn(required=False, allow_null=True, default=None)
    after = KeyIn(required=False, allow_null=True)


class AddRowsSerializer(PlacedSerializer):
    """`rows` have `type`, "section" or "item", and `values`: what was typed, by field. Each stands behind the one
    before it in the same section; `parent` and `after` may name another place, also a row before it by its `id`."""

    rows = RowsIn(
        allowed={
            "type": lambda value: value in ("section", "item"),
            "id": _is_key,
            "parent": _is_key_or_none,
            "after": _is_key_or_none,
            "values": _is_mapping,
        },
        required=("type", "values"),
        most=MOST_MADE,
    )


class AddAnalysesSerializer(PlacedSerializer):
    codes = serializers.ListField(
        child=TextIn(max_length=MAX_CODE_CHARS, allow_blank=False), min_length=1, max_length=MOST_MADE
    )


class KeysSerializer(serializers.Serializer):
    keys = KeysIn()


class MoveRowsSerializer(PlacedSerializer):
    keys = KeysIn()


class RemoveRowsSerializer(KeysSerializer):
    confirmed = serializers.BooleanField(default=False)


class SuggestionSerializer(serializers.Serializer):
    """An analysis; `unit_price` is what one unit comes to in the project, a lower bound unless PRICED."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    own = serializers.BooleanField(help_text="Whether it is the project's own.")
    division = serializers.CharField(required=False)
    section = serializers.CharField(required=False)
    unit_price = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)


class SuggestionsSerializer(serializers.Serializer):
    revision = serializers.IntegerField()
    results = SuggestionSerializer(many=True)
