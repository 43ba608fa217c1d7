"""The change log as the API shows it, and what putting back takes."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.core.api.fields import TextIn

LARGEST = 2**31 - 1


class PersonSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    initials = serializers.CharField()


class FieldOfChangeSerializer(serializers.Serializer):
    """What stood in a column before and after; null stands for nothing. Numbers with all their digits, rows that are
    pointed at by their titles, choices by their words."""

    field = serializers.CharField()
    name = serializers.CharField(help_text="What people call it.")
    type = serializers.CharField(help_text="number, text or date.")
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class RowOfChangeSerializer(serializers.Serializer):
    """What a change did to one row. Of one that was made or removed the fields are those that are not its defaults."""

    key = serializers.CharField()
    row = serializers.CharField(help_text="What such a row is called.")
    title = serializers.CharField(help_text="What this one is called now, or was called when it was removed.")
    what = serializers.CharField(help_text="made, changed or removed.")
    moved = serializers.BooleanField(help_text="Whether it stands elsewhere since.")
    fields_ = FieldOfChangeSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        found: dict[str, serializers.Field] = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class ChangeSerializer(serializers.Serializer):
    """One write inside the project. `data` holds, for what changed beside rows, `{"before": …, "after": …}`."""

    revision = serializers.IntegerField()
    act = serializers.CharField()
    at = serializers.DateTimeField()
    person = PersonSerializer(allow_null=True)
    data = serializers.DictField()
    row_count = serializers.IntegerField(help_text="How many rows it wrote.")
    rows = RowOfChangeSerializer(many=True, help_text="The first of them.")


class ChangesSerializer(serializers.Serializer):
    revision = serializers.IntegerField(help_text="The revision of the project now.")
    results = ChangeSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")


class ChangeRowsSerializer(serializers.Serializer):
    """All rows of one change, in pages."""

    change = ChangeSerializer(help_text="Without rows.")
    results = RowOfChangeSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class MomentOfRowSerializer(RowOfChangeSerializer):
    revision = serializers.IntegerField()
    act = serializers.CharField()
    at = serializers.DateTimeField()
    person = PersonSerializer(allow_null=True)


class RowHistorySerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    present = serializers.BooleanField(help_text="Whether the row is in the project now.")
    results = MomentOfRowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class RestoreSerializer(serializers.Serializer):
    """What to put back as it was before the change `revision`: of the row `key` the `fields`, by default all that the
    change wrote. A row that the change removed comes back with what went with it."""

    revision = serializers.IntegerField(min_value=1, max_value=LARGEST)
    key = TextIn(max_length=20, allow_blank=False)
    restored = serializers.ListField(
        child=TextIn(max_length=40, allow_blank=False), required=False, max_length=40, help_text="The fields."
    )
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, help_text="Of the row as you saw it."
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        found: dict[str, serializers.Field] = super().get_fields()
        found["fields"] = found.pop("restored")
        return found
