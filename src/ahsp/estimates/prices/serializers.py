"""Prices and conversions of a project as commands take them and the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.catalog.models import KINDS
from ahsp.core.api.fields import DecimalText, TextIn
from ahsp.core.bill_limits import MAX_CELL_CHARS, MAX_NUMBER_CHARS, MAX_UNIT_CHARS
from ahsp.estimates.serializers import BookSerializer, RevisedSerializer

MOST_CELLS = 5_000
MOST_CONVERSIONS = 500
LONGEST_KEY = 400
LARGEST_VERSION = 2**31 - 1


class ResourceInSerializer(serializers.Serializer):
    """What names a resource: never its code."""

    kind = serializers.ChoiceField(choices=KINDS)
    name = TextIn(max_length=MAX_CELL_CHARS, allow_blank=False, trim_whitespace=False)
    unit = TextIn(max_length=MAX_UNIT_CHARS, trim_whitespace=False)


class PriceValuesSerializer(serializers.Serializer):
    """As typed. An empty `price` goes back to the price book."""

    price = TextIn(max_length=MAX_NUMBER_CHARS, required=False, help_text="Rupiah per purchase unit, 1.234,56.")
    purchase_unit = TextIn(
        max_length=MAX_UNIT_CHARS, required=False, help_text="Empty for the resource's own; another needs a conversion."
    )
    source = TextIn(max_length=MAX_CELL_CHARS, required=False)
    region = TextIn(max_length=MAX_CELL_CHARS, required=False)
    dated = TextIn(max_length=MAX_NUMBER_CHARS, required=False, help_text="31/12/2026 or 2026-12-31.")
    document = TextIn(max_length=MAX_CELL_CHARS, required=False)
    note = TextIn(max_length=MAX_CELL_CHARS, required=False)


class PlaceSerializer(serializers.Serializer):
    """`key` is your name of the row, which conflicts and errors give back; `version` the revision at which you saw it,
    null to overwrite whatever is there."""

    key = TextIn(max_length=LONGEST_KEY, required=False)
    resource = ResourceInSerializer()
    version = serializers.IntegerField(min_value=1, max_value=LARGEST_VERSION, allow_null=True)


class PriceCellsSerializer(PlaceSerializer):
    values_ = PriceValuesSerializer()

    def get_fields(self) -> dict[str, serializers.Field]:
        found: dict[str, serializers.Field] = super().get_fields()
        found["values"] = found.pop("values_")
        return found


class ConversionInSerializer(serializers.Serializer):
    """1 `from_unit` of the resource `name` is `factor` `to_unit`."""

    name = TextIn(max_length=MAX_CELL_CHARS, allow_blank=False, trim_whitespace=False)
    from_unit = TextIn(max_length=MAX_UNIT_CHARS)
    to_unit = TextIn(max_length=MAX_UNIT_CHARS)
    factor = TextIn(max_length=MAX_NUMBER_CHARS, help_text="Above 0, as typed: 1.234,56.")
    note = TextIn(max_length=MAX_CELL_CHARS, required=False)


class SetPricesSerializer(serializers.Serializer):
    cells = PriceCellsSerializer(many=True, allow_empty=False, max_length=MOST_CELLS)
    conversions = ConversionInSerializer(
        many=True, required=False, max_length=MOST_CONVERSIONS, help_text="To record before the prices are read."
    )


class ResetPricesSerializer(serializers.Serializer):
    resources = PlaceSerializer(many=True, allow_empty=False, max_length=MOST_CELLS)


class SetConversionsSerializer(serializers.Serializer):
    conversions = ConversionInSerializer(many=True, allow_empty=False, max_length=MOST_CONVERSIONS)


class RemoveConversionsSerializer(serializers.Serializer):
    keys = serializers.ListField(
        child=serializers.RegexField(r"^c[1-9][0-9]{0,17}$"), allow_empty=False, max_length=MOST_CONVERSIONS
    )
    confirmed = serializers.BooleanField(default=False, help_text="Although prices are converted by them.")


class ConversionSerializer(serializers.Serializer):
    """1 `from_unit` of `name` is `factor` `to_unit`; without `key` it is the price book's."""

    key = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    from_unit = serializers.CharField()
    to_unit = serializers.CharField()
    factor = DecimalText()
    note = serializers.CharField()


class PricesGridSerializer(RevisedSerializer):
    """`rows` hold `columns` in their order. A price is `recorded` per `recorded_unit`, times `factor` per `unit`."""

    book = BookSerializer()
    hours_per_day = DecimalText()
    old_after_days = serializers.IntegerField(help_text="A price older than this deserves to be asked again.")
    cost = DecimalText(help_text="Of all resources, which the shares are of.")
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField())
    conversions = ConversionSerializer(many=True)


class BeforeAfterSerializer(serializers.Serializer):
    """In rupiah."""

    name = serializers.CharField()
    before = DecimalText()
    after = DecimalText()
    difference = DecimalText()


class SectionBeforeAfterSerializer(BeforeAfterSerializer):
    key = serializers.CharField()
    number = serializers.CharField()


class UntouchedSerializer(serializers.Serializer):
    """Money in the estimate as it is that no price of a resource decides."""

    name = serializers.ChoiceField(
        choices=["own_prices", "lump_sums"],
        help_text="Items with a price of their own, or lump sums in analyses, these before overhead and profit.",
    )
    items = serializers.IntegerField(help_text="Items with a quantity that have it.")
    amount = DecimalText(help_text="In rupiah.")


class WhatIfSerializer(RevisedSerializer):
    """Totals as they are and as they would be; lower bounds while `complete` is false."""

    changes = serializers.DictField(child=DecimalText(), help_text="In percent, by kind.")
    complete = serializers.BooleanField()
    by_kind = BeforeAfterSerializer(many=True)
    by_section = SectionBeforeAfterSerializer(many=True)
    untouched = UntouchedSerializer(many=True)
    totals = BeforeAfterSerializer(many=True)
    in_words = serializers.CharField()


class UsingItemSerializer(serializers.Serializer):
    key = serializers.CharField()
    id = serializers.IntegerField()
    number = serializers.CharField()
    code = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.CharField()


class ResourceUsesSerializer(RevisedSerializer):
    count = serializers.IntegerField(help_text="Of all; the results end at 500.")
    results = UsingItemSerializer(many=True)
