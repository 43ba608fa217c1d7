"""What a project is spent on, as the API shows it. Money in rupiah; None (null) says that nothing is known."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.catalog.serializers import KIND_CHOICES
from ahsp.core.api.fields import DecimalText
from ahsp.engine.pareto import Grade
from ahsp.estimates.serializers import NeedSerializer, NeedsSerializer, RevisedSerializer
from ahsp.projects.models import UnitPriceRounding


class PurchaseSerializer(serializers.Serializer):
    """The need in the unit it is bought in: 1 of its own unit is `factor` of `unit`."""

    unit = serializers.CharField()
    factor = DecimalText()
    quantity = DecimalText(allow_null=True)
    price = DecimalText(allow_null=True)


class BoughtNeedSerializer(NeedSerializer):
    purchase = PurchaseSerializer(allow_null=True)


class BoughtNeedsSerializer(NeedsSerializer):
    results = BoughtNeedSerializer(many=True)
    section = serializers.IntegerField(allow_null=True, help_text="The section they are of; null for the whole.")


class GradeSerializer(serializers.Serializer):
    """A carries the first 80 % of the cost, B what follows up to 95 %, C the rest."""

    grade = serializers.ChoiceField(choices=[grade.value for grade in Grade])
    count = serializers.IntegerField()
    amount = DecimalText()
    share = DecimalText()


class RankSerializer(serializers.Serializer):
    """An item with `key`, `id` and `number`, or a resource with `kind`."""

    key = serializers.CharField(required=False)
    id = serializers.IntegerField(required=False)
    number = serializers.CharField(required=False)
    kind = serializers.ChoiceField(choices=KIND_CHOICES, required=False)
    name = serializers.CharField()
    unit = serializers.CharField()
    amount = DecimalText()
    share = DecimalText()
    cumulative = DecimalText()
    grade = serializers.ChoiceField(choices=[grade.value for grade in Grade])


class RankingSerializer(RevisedSerializer):
    """The largest amount first."""

    of = serializers.CharField()
    count = serializers.IntegerField()
    grades = GradeSerializer(many=True)
    results = RankSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ExampleSerializer(serializers.Serializer):
    """The item with the largest amount that follows from an analysis."""

    key = serializers.CharField()
    number = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText()
    exact = DecimalText(help_text="Its unit price before rounding.")


class PolicySerializer(serializers.Serializer):
    policy = serializers.ChoiceField(choices=UnitPriceRounding.values)
    label = serializers.CharField()
    difference = DecimalText(help_text="What rounding adds.")


class UnitPricePolicySerializer(PolicySerializer):
    unit_price = DecimalText(allow_null=True, help_text="Of the example.")
    amount = DecimalText(allow_null=True, help_text="Of the example.")
    subtotal = DecimalText()


class TotalPolicySerializer(PolicySerializer):
    rounded_total = DecimalText()


class UnitPricePoliciesSerializer(serializers.Serializer):
    chosen = serializers.CharField()
    choices = UnitPricePolicySerializer(many=True)


class TotalPoliciesSerializer(serializers.Serializer):
    chosen = serializers.CharField()
    total = DecimalText(help_text="Before rounding.")
    choices = TotalPolicySerializer(many=True)


class VatRuleSerializer(serializers.Serializer):
    valid_from = serializers.DateField()
    rate = DecimalText()
    base_fraction = serializers.CharField()
    source = serializers.CharField()
    base = DecimalText()
    amount = DecimalText()
    total = DecimalText()
    chosen = serializers.BooleanField()


class VatRulesSerializer(serializers.Serializer):
    date = serializers.DateField()
    rules = VatRuleSerializer(many=True)


class UsualSerializer(serializers.Serializer):
    low = DecimalText()
    high = DecimalText()


class OverheadGroupSerializer(serializers.Serializer):
    """Items under one rate, in percent; `usual` says whether it lies within the regulation's."""

    rate = DecimalText()
    usual = serializers.BooleanField()
    items = serializers.IntegerField()
    direct_cost = DecimalText()
    overhead_and_profit = DecimalText()


class OwnPricesSerializer(serializers.Serializer):
    items = serializers.IntegerField()
    amount = DecimalText()


class OverheadSerializer(serializers.Serializer):
    rate = DecimalText(help_text="Of the project, in percent.")
    usual = UsualSerializer()
    groups = OverheadGroupSerializer(many=True)
    own_prices = OwnPricesSerializer()


class PoliciesSerializer(RevisedSerializer):
    """What each policy of rounding and each rule of VAT would make of this project."""

    complete = serializers.BooleanField()
    subtotal = DecimalText()
    example = ExampleSerializer(allow_null=True)
    unit_price = UnitPricePoliciesSerializer()
    total = TotalPoliciesSerializer()
    vat = VatRulesSerializer()
    overhead = OverheadSerializer()
