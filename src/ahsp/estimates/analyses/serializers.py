"""Own analyses as commands take them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ahsp.catalog.models import KINDS, LINE_KINDS
from ahsp.core.api.fields import KeyIn, TextIn, TypedNumberIn, VersionIn
from ahsp.core.bill_limits import MAX_CELL_CHARS, MAX_CODE_CHARS, MAX_UNIT_CHARS
from ahsp.estimates.analyses.lines import MOST_LINES

MOST_ITEMS = 20_000
MOST_KEYS = 1_000


class NamedIn(TextIn):
    """An analysis by its key ("a12") or its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_CODE_CHARS, allow_blank=False, **options)


def _keys(kind: str, **options: Any) -> serializers.ListField:
    options.setdefault("max_length", MOST_KEYS)
    return serializers.ListField(child=KeyIn(kind), **options)


class ModifySerializer(serializers.Serializer):
    reference = NamedIn()
    items = _keys(
        "i",
        required=False,
        max_length=MOST_ITEMS,
        help_text="Items that shall use the copy; left out: all that use it.",
    )
    code = TextIn(required=False, max_length=MAX_CODE_CHARS, help_text="By default the code of the reference and -M1.")


class UseSerializer(serializers.Serializer):
    analysis = NamedIn()
    items = _keys("i", allow_empty=False, max_length=MOST_ITEMS)


class LineValuesSerializer(serializers.Serializer):
    """Numbers as typed, 1.234,56. Which values count depends on the sort of line."""

    group_kind = serializers.ChoiceField(choices=KINDS, required=False)
    name = TextIn(max_length=MAX_CELL_CHARS, required=False)
    unit = TextIn(max_length=MAX_UNIT_CHARS, required=False)
    nested_code = TextIn(max_length=MAX_CODE_CHARS, required=False)
    coefficient = TypedNumberIn(required=False)
    percent = TypedNumberIn(required=False)
    price = TypedNumberIn(required=False)
    of = serializers.ListField(child=TextIn(max_length=40), required=False, max_length=MOST_LINES)


class NewLineSerializer(LineValuesSerializer):
    key = TextIn(max_length=40, required=False, help_text="What you call it until it has a key.")
    line_kind = serializers.ChoiceField(choices=LINE_KINDS, default="resource")


class AddSerializer(serializers.Serializer):
    code = TextIn(required=False, max_length=MAX_CODE_CHARS)
    name = TextIn(max_length=MAX_CELL_CHARS, allow_blank=False)
    unit = TextIn(max_length=MAX_UNIT_CHARS)
    note = TextIn(max_length=MAX_CELL_CHARS, required=False)
    lines = NewLineSerializer(many=True, required=False, max_length=MOST_LINES)


class AnalysisChangeSerializer(serializers.Serializer):
    key = KeyIn("a")
    version = VersionIn()
    code = TextIn(required=False, max_length=MAX_CODE_CHARS, allow_blank=False)
    name = TextIn(required=False, max_length=MAX_CELL_CHARS, allow_blank=False)
    unit = TextIn(required=False, max_length=MAX_UNIT_CHARS)
    note = TextIn(required=False, max_length=MAX_CELL_CHARS)


class SetSerializer(serializers.Serializer):
    rows = AnalysisChangeSerializer(many=True, allow_empty=False, max_length=MOST_KEYS)


class RemoveSerializer(serializers.Serializer):
    keys = _keys("a", allow_empty=False)
    confirmed = serializers.BooleanField(default=False, help_text="Although others use them.")


class ResetSerializer(serializers.Serializer):
    """Without `lines` and `positions` the whole analysis."""

    key = KeyIn("a")
    lines = _keys("l", required=False)
    positions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1), required=False, max_length=MOST_LINES,
        help_text="Lines of the reference that are gone and shall come back.",
    )  # fmt: skip
    give_up = serializers.BooleanField(
        default=False, help_text="Let everything use the reference again, and take the copy out."
    )


class AddLinesSerializer(serializers.Serializer):
    analysis = KeyIn("a")
    after = KeyIn("l", required=False, allow_null=True, help_text="Behind this line; null: first; left out: last.")
    rows = NewLineSerializer(many=True, allow_empty=False, max_length=MOST_LINES)


class LineChangeSerializer(LineValuesSerializer):
    key = KeyIn("l")
    version = VersionIn()


class SetLinesSerializer(serializers.Serializer):
    rows = LineChangeSerializer(many=True, allow_empty=False, max_length=MOST_KEYS)


class RemoveLinesSerializer(serializers.Serializer):
    keys = _keys("l", allow_empty=False)
    confirmed = serializers.BooleanField(default=False, help_text="Although percentages are of them.")


class MoveLinesSerializer(serializers.Serializer):
    keys = _keys("l", allow_empty=False, max_length=MOST_LINES)
    after = KeyIn("l", allow_null=True, help_text="null: first.")


class CopyLinesSerializer(serializers.Serializer):
    """Lines of own analyses by key, or of one of the edition by its code and positions."""

    to = KeyIn("a")
    after = KeyIn("l", required=False, allow_null=True)
    keys = _keys("l", required=False, max_length=MOST_LINES)
    reference = NamedIn(required=False)
    positions = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=MOST_LINES
    )


class ResourceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=KINDS)
    name = TextIn(max_length=MAX_CELL_CHARS, allow_blank=False)
    unit = TextIn(max_length=MAX_UNIT_CHARS, allow_blank=False)


class ReplaceSerializer(serializers.Serializer):
    """With none of `items`, `items_of` and `analyses`: everywhere."""

    old = ResourceSerializer()
    new = ResourceSerializer()
    factor = TypedNumberIn(required=False, help_text="Coefficients are multiplied by it.")
    items = _keys("i", required=False, allow_empty=False, max_length=MOST_ITEMS)
    items_of = NamedIn(required=False, help_text="The items that use this analysis.")
    analyses = serializers.ListField(child=NamedIn(), required=False, allow_empty=False, max_length=MOST_KEYS)
    effect = serializers.BooleanField(default=False, help_text="Tell the totals before and after, for a preview.")
