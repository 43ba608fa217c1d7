"""The estimate as the API shows it. Money in rupiah; None (null) says that nothing is known."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ahsp.catalog.serializers import KIND_CHOICES, EditionNameSerializer
from ahsp.core.api.fields import DecimalText
from ahsp.engine.issues import Severity
from ahsp.engine.needs import Sort
from ahsp.engine.pareto import Grade
from ahsp.engine.pricing import Status
from ahsp.projects.serializers import PriceBookNameSerializer

STATUS_CHOICES = [status.value for status in Status]
ROW_CHOICES = ["section", "item"]


class IssueSerializer(serializers.Serializer):
    """What is not right with a number: a stable code, and its sentence in the language of the person."""

    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=[severity.value for severity in Severity])
    text = serializers.CharField()


class RevisedSerializer(serializers.Serializer):
    revision = serializers.IntegerField()


class VatSerializer(serializers.Serializer):
    rate = DecimalText()
    base_fraction = serializers.CharField(help_text="The part of the subtotal that is taxed, such as 11/12.")
    base = DecimalText()
    amount = DecimalText()
    source = serializers.CharField()


class SumsSerializer(RevisedSerializer):
    """Lower bounds while `complete` is false."""

    subtotal = DecimalText()
    vat = VatSerializer(allow_null=True)
    total = DecimalText()
    rounded_total = DecimalText()
    in_words = serializers.CharField()
    item_count = serializers.IntegerField()
    incomplete = serializers.IntegerField()
    complete = serializers.BooleanField()
    issues = IssueSerializer(many=True, help_text="Of the project as a whole.")


class TreeRowSerializer(serializers.Serializer):
    """`key` is unique in the project; `parent` is the id of the section around the row."""

    key = serializers.CharField()
    type = serializers.ChoiceField(choices=ROW_CHOICES)
    id = serializers.IntegerField()
    parent = serializers.IntegerField(allow_null=True)
    number = serializers.CharField()
    name = serializers.CharField(help_text="Name of a section, description of a work item.")


class RecapRowSerializer(TreeRowSerializer):
    amount = DecimalText(allow_null=True)
    share = DecimalText(help_text="Of the subtotal, 0 to 1.")
    incomplete = serializers.IntegerField()


class RecapSerializer(SumsSerializer):
    rows = RecapRowSerializer(many=True)


class RabRowSerializer(RecapRowSerializer):
    level = serializers.IntegerField()
    code = serializers.CharField(required=False)
    unit = serializers.CharField(required=False)
    quantity = DecimalText(required=False, allow_null=True)
    unit_price = DecimalText(required=False, allow_null=True)
    own_price = serializers.BooleanField(required=False, help_text="Whether the line brought its price itself.")
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    issues = IssueSerializer(many=True, required=False)


class RabSerializer(SumsSerializer):
    rows = RabRowSerializer(many=True)


class GroupsSerializer(serializers.Serializer):
    labor = DecimalText()
    material = DecimalText()
    equipment = DecimalText()


class UnitPriceSerializer(GroupsSerializer):
    """D = labour + material + equipment, E = rate × D, F = D + E; `unit_price` is F after the project's rounding."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    direct_cost = DecimalText()
    overhead_rate = DecimalText()
    overhead_and_profit = DecimalText(allow_null=True)
    exact = DecimalText(allow_null=True)
    unit_price = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    missing = serializers.ListField(child=serializers.CharField())
    items = serializers.IntegerField(help_text="How many work items use it.")


class PricingSerializer(RevisedSerializer):
    results = UnitPriceSerializer(many=True)


class SourceSerializer(serializers.Serializer):
    """The unit the price is recorded in, and what it was multiplied by."""

    unit = serializers.CharField()
    factor = DecimalText()


class PriceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    name = serializers.CharField()
    unit = serializers.CharField()
    price = DecimalText(allow_null=True)
    converted = SourceSerializer(allow_null=True)


class BookSerializer(PriceBookNameSerializer):
    region = serializers.CharField()
    valid_on = serializers.DateField(allow_null=True)
    document = serializers.CharField()


class PricesSerializer(RevisedSerializer):
    """Prices of the resources that are used, those that are missing first."""

    book = BookSerializer()
    missing = serializers.IntegerField()
    results = PriceSerializer(many=True)


class QuantitySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)


class QuantitiesSerializer(RevisedSerializer):
    missing = serializers.IntegerField()
    results = QuantitySerializer(many=True)


class NeedSerializer(serializers.Serializer):
    """Without `complete`, quantity and cost are lower bounds."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    sort = serializers.ChoiceField(choices=[sort.value for sort in Sort])
    name = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    price = DecimalText(allow_null=True)
    cost = DecimalText(allow_null=True, help_text="Rounded to the sen.")
    complete = serializers.BooleanField()


class SpendSerializer(GroupsSerializer):
    """As printed, to the sen: direct_cost = labor + material + equipment + difference, and
    subtotal = direct_cost + overhead_and_profit + own_prices + rounding."""

    direct_cost = DecimalText(help_text="Sum of quantity × D.")
    difference = DecimalText()
    overhead_and_profit = DecimalText()
    own_prices = DecimalText(help_text="Amounts of items that brought a price of their own.")
    rounding = DecimalText(help_text="What rounding unit prices and amounts added.")
    subtotal = DecimalText()


class TieOutSerializer(serializers.Serializer):
    """As printed: needs + rounding = direct_cost."""

    needs = DecimalText(help_text="Sum of the costs as printed, each rounded to the sen.")
    rounding = DecimalText()
    direct_cost = DecimalText(help_text="Of the RAB: sum of quantity × D.")


class NeedsSerializer(RevisedSerializer):
    results = NeedSerializer(many=True)
    spend = SpendSerializer()
    tie_out = TieOutSerializer()
    without_quantity = serializers.IntegerField(help_text="Items that are not in it: no quantity.")
    without_analysis = serializers.IntegerField(help_text="Items that are not in it: no analysis, or an own price.")
    unknown = serializers.ListField(child=serializers.CharField(), help_text="Nested analyses that do not exist.")


class CheckSerializer(QuantitySerializer):
    code = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    issues = IssueSerializer(many=True)


class ChecksSerializer(RevisedSerializer):
    """Lines that are not complete or have something to look at, and what is to be said of the whole."""

    complete = serializers.BooleanField()
    incomplete = serializers.IntegerField()
    issues = IssueSerializer(many=True)
    results = CheckSerializer(many=True)


class SectionCostSerializer(serializers.Serializer):
    key = serializers.CharField()
    number = serializers.CharField()
    name = serializers.CharField()
    amount = DecimalText(allow_null=True)
    share = DecimalText()


class RankedSerializer(serializers.Serializer):
    name = serializers.CharField()
    unit = serializers.CharField()
    amount = DecimalText()
    share = DecimalText()
    cumulative = DecimalText()
    grade = serializers.ChoiceField(choices=[grade.value for grade in Grade])


class RankedItemSerializer(RankedSerializer):
    id = serializers.IntegerField()
    number = serializers.CharField()


class RankedResourceSerializer(RankedSerializer):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)


class ParetoSerializer(serializers.Serializer):
    items = RankedItemSerializer(many=True)
    resources = RankedResourceSerializer(many=True)


@extend_schema_field({"type": ["object", "null"]})
class CurveField(serializers.Field):
    """An object or nothing."""


class ChartDataSerializer(RevisedSerializer):
    subtotal = DecimalText()
    complete = serializers.BooleanField()
    by_section = SectionCostSerializer(many=True)
    by_kind = SpendSerializer()
    pareto = ParetoSerializer()
    curve = CurveField(help_text="The S-curve; null as long as there is no schedule.")


class SheetGroupSerializer(serializers.Serializer):
    """`letter` is A, B or C, and empty for nested analyses and information rows."""

    letter = serializers.CharField()
    kind = serializers.CharField()
    total = DecimalText(allow_null=True)
    lines = serializers.ListField(child=serializers.DictField(), help_text="In the shape of SheetLine.")


class SheetLineSerializer(serializers.Serializer):
    """coefficient × price = amount, in rupiah per unit of work, unrounded."""

    position = serializers.IntegerField()
    name = serializers.CharField()
    unit = serializers.CharField()
    coefficient = DecimalText(allow_null=True)
    percent = DecimalText(allow_null=True)
    price = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    converted = SourceSerializer(allow_null=True)
    nested = SheetGroupSerializer(many=True)
    issues = IssueSerializer(many=True)


class SheetSerializer(serializers.Serializer):
    letter = serializers.CharField()
    kind = serializers.CharField()
    total = DecimalText(allow_null=True)
    lines = SheetLineSerializer(many=True)


class SourcesSerializer(serializers.Serializer):
    edition = EditionNameSerializer()
    price_book = PriceBookNameSerializer()


class ItemPricingSerializer(RevisedSerializer):
    """The unit price sheet of one work item, with where each figure is from."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    analysis = serializers.CharField(allow_null=True, help_text="The name of the analysis.")
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    own_price = serializers.BooleanField()
    groups = SheetSerializer(many=True)
    direct_cost = DecimalText(allow_null=True)
    overhead_rate = DecimalText(allow_null=True)
    overhead_and_profit = DecimalText(allow_null=True)
    exact = DecimalText(allow_null=True)
    unit_price = DecimalText(allow_null=True)
    quantity = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    sources = SourcesSerializer()
    issues = IssueSerializer(many=True)
