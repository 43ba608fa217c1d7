"""What the workspace asks and is told."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.core.api.fields import TextIn

LARGEST = 2**31 - 1


class CommandSerializer(serializers.Serializer):
    """One act. `id` is yours: sent twice, the act happens once. `base` is the revision that you have; the answer tells
    what changed since. With `dry_run` nothing is written and the answer says what would be, without the rows where they
    are more than 500."""

    id = serializers.UUIDField()
    command = TextIn(max_length=60, allow_blank=False)
    arguments = serializers.DictField()
    base = serializers.IntegerField(min_value=1, max_value=LARGEST)
    dry_run = serializers.BooleanField(default=False)


class FiguresSerializer(serializers.Serializer):
    full = serializers.BooleanField(help_text="Whether these are all rows, not those that changed.")
    rows = serializers.ListField(
        child=serializers.ListField(), help_text="Key, unit price, amount, status, issues; of a section its total."
    )


class SinceSerializer(serializers.Serializer):
    """What changed since the revision `base`, whoever changed it."""

    revision = serializers.IntegerField()
    base = serializers.IntegerField()
    reload = serializers.BooleanField(help_text="Too much changed: read the grid afresh.")
    rows = serializers.ListField(child=serializers.DictField(), help_text="Rows as they are now, by key.")
    removed = serializers.ListField(child=serializers.CharField(), help_text="Keys of rows that are gone.")
    comments = serializers.DictField(
        child=serializers.IntegerField(), help_text="Open threads of the rows about which something was said since."
    )
    locked = serializers.BooleanField(help_text="Whether the project is locked as an approved version.")
    figures = FiguresSerializer()
    totals = serializers.DictField()


class CommandDoneSerializer(SinceSerializer):
    act = serializers.CharField()
    made = serializers.IntegerField(allow_null=True, help_text="The revision it made, to undo it by; null if none.")
    result = serializers.DictField()
    prices = serializers.DictField(
        required=False, help_text="After a change of prices or conversions: what prices-grid gives."
    )


class GridSerializer(serializers.Serializer):
    """A part of the bill. A row is its key followed by its columns."""

    revision = serializers.IntegerField()
    part = serializers.IntegerField()
    parts = serializers.IntegerField()
    row_count = serializers.IntegerField()
    section_columns = serializers.ListField(child=serializers.CharField())
    item_columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField())
    figures = serializers.ListField(child=serializers.ListField(allow_empty=True), allow_null=True)
    totals = serializers.DictField()


class HeadSerializer(serializers.Serializer):
    """What the page of a project begins with."""

    code = serializers.CharField()
    revision = serializers.IntegerField()
    settings = serializers.DictField()
    person = serializers.DictField()
    role = serializers.CharField()
    rights = serializers.ListField(child=serializers.CharField())
    totals = serializers.DictField()
    steps = serializers.DictField()
    comments = serializers.DictField(child=serializers.IntegerField(), help_text="Open threads by key of the row.")
    lock = serializers.DictField(allow_null=True, help_text="The approved version as which the project is locked.")
