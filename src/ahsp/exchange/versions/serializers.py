"""Versions as the API shows them, and what the commands about them take."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.core.api.fields import DecimalText, TextIn
from ahsp.projects.log.serializers import PersonSerializer

LARGEST_ID = 2**63 - 1
LONGEST_NOTE = 4_000


class VersionSaveSerializer(serializers.Serializer):
    name = TextIn(max_length=120, allow_blank=False)
    note = TextIn(max_length=LONGEST_NOTE, required=False)


class VersionRenameSerializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    name = TextIn(max_length=120, allow_blank=False, required=False)
    note = TextIn(max_length=LONGEST_NOTE, required=False)


class VersionSerializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class UnlockSerializer(serializers.Serializer):
    reason = TextIn(max_length=1_000, allow_blank=False)


class VersionTotalsSerializer(serializers.Serializer):
    """In rupiah; lower bounds while `incomplete` is not 0."""

    subtotal = DecimalText()
    vat = DecimalText(allow_null=True)
    total = DecimalText()
    rounded_total = DecimalText()
    item_count = serializers.IntegerField()
    incomplete = serializers.IntegerField()
    edition = serializers.CharField()
    price_book = serializers.CharField()


class VersionInListSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    note = serializers.CharField()
    revision = serializers.IntegerField()
    at = serializers.DateTimeField()
    person = PersonSerializer(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    approved_by = PersonSerializer(allow_null=True)
    is_present = serializers.BooleanField(help_text="Whether the project is as it was then.")
    is_yours = serializers.BooleanField()
    totals = VersionTotalsSerializer()


class VersionsSerializer(serializers.Serializer):
    results = VersionInListSerializer(many=True)


class EffectsSerializer(serializers.Serializer):
    """Parts of a difference; they add up to it."""

    added = DecimalText()
    removed = DecimalText()
    quantity = DecimalText()
    price = DecimalText()
    other = DecimalText(help_text="Where no split means anything: another unit, or a value that was not known.")


class SideSerializer(serializers.Serializer):
    version = VersionInListSerializer(allow_null=True, help_text="Null: the project now.")
    totals = VersionTotalsSerializer()


class DifferenceSerializer(serializers.Serializer):
    name = serializers.CharField()
    before = DecimalText(allow_null=True)
    after = DecimalText(allow_null=True)
    difference = DecimalText()
    share = DecimalText(allow_null=True, help_text="The difference as a fraction of what stood before.")


class SettingSerializer(serializers.Serializer):
    name = serializers.CharField()
    type = serializers.CharField(help_text="number, text or date.")
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class ComparedStateSerializer(serializers.Serializer):
    number = serializers.CharField()
    code = serializers.CharField(required=False)
    text = serializers.CharField(help_text="The name of a section, the description of an item.")
    unit = serializers.CharField(required=False)
    quantity = DecimalText(allow_null=True, required=False)
    unit_price = DecimalText(allow_null=True, required=False)
    amount = DecimalText(allow_null=True)
    complete = serializers.BooleanField()


class ComparedSerializer(serializers.Serializer):
    key = serializers.CharField()
    level = serializers.IntegerField()
    is_section = serializers.BooleanField()
    a = ComparedStateSerializer(allow_null=True)
    b = ComparedStateSerializer(allow_null=True)
    difference = DecimalText()
    effects = EffectsSerializer(allow_null=True, help_text="Of an item.")
    changed = serializers.ListField(child=serializers.CharField())
    moved = serializers.BooleanField()


class ComparisonSerializer(serializers.Serializer):
    """Two states of the project line by line; `difference` is what b costs more than a."""

    a = SideSerializer()
    b = SideSerializer()
    totals = DifferenceSerializer(many=True)
    effects = EffectsSerializer()
    counts = serializers.DictField(child=serializers.IntegerField())
    settings = SettingSerializer(many=True)
    part = serializers.IntegerField()
    parts = serializers.IntegerField()
    row_count = serializers.IntegerField()
    rows = ComparedSerializer(many=True)
