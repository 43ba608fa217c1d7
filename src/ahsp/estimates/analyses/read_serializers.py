"""Analyses of a project as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.catalog.serializers import KIND_CHOICES
from ahsp.core.api.fields import DecimalText
from ahsp.estimates.serializers import STATUS_CHOICES, IssueSerializer, RevisedSerializer

CHANGES = ["same", "changed", "added", "removed"]


class ProjectAnalysesSerializer(RevisedSerializer):
    """Rows hold the columns in their order. `key` is null for one of the edition; `sort` says reference, modified or
    own; `nested` whether another one in use nests it."""

    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField())


class NamedAnalysisSerializer(serializers.Serializer):
    key = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    name = serializers.CharField()
    sort = serializers.CharField(help_text="reference, modified or own")


class EditionFactsSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    regulation = serializers.CharField()
    number = serializers.CharField()
    annex = serializers.CharField()
    date = serializers.DateField()


class FromDToFSerializer(serializers.Serializer):
    """E = rate × D, F = D + E; `unit_price` is F after the project's rounding."""

    direct_cost = DecimalText(allow_null=True)
    overhead_rate = DecimalText(allow_null=True)
    overhead_and_profit = DecimalText(allow_null=True)
    exact = DecimalText(allow_null=True)
    unit_price = DecimalText(allow_null=True)


class ReferenceSerializer(FromDToFSerializer):
    """What it was made from; the effects are what it has above that, null unless both are fully priced."""

    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    direct_cost_effect = DecimalText(allow_null=True)
    unit_price_effect = DecimalText(allow_null=True)


class ContentSerializer(serializers.Serializer):
    """What a line says; which of it counts depends on `line_kind`."""

    line_kind = serializers.CharField()
    group_kind = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    nested_code = serializers.CharField()
    coefficient = DecimalText(allow_null=True)
    percent = DecimalText(allow_null=True)
    price = DecimalText(allow_null=True, help_text="Of a lump sum.")


class BeforeSerializer(ContentSerializer):
    of = serializers.ListField(child=serializers.IntegerField())
    amount = DecimalText(allow_null=True)


class OriginSerializer(serializers.Serializer):
    """Where a price is from: of the project itself if `own`, else of its price book."""

    own = serializers.BooleanField()
    source = serializers.CharField()
    region = serializers.CharField()
    dated = serializers.DateField(allow_null=True)
    document = serializers.CharField()
    note = serializers.CharField()
    recorded = DecimalText(allow_null=True)
    recorded_unit = serializers.CharField()
    factor = DecimalText(allow_null=True)


class AnalysisLineSerializer(ContentSerializer):
    """A line against the reference. `of` names lines by key, or by place where they have none; `unit_cost` is what the
    coefficient is multiplied by, of a percentage what it is of. A removed line has neither key nor place."""

    key = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    place = serializers.IntegerField(allow_null=True)
    of = serializers.ListField(child=serializers.CharField())
    unit_cost = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    issues = IssueSerializer(many=True)
    origin = OriginSerializer(allow_null=True)
    nested = NamedAnalysisSerializer(allow_null=True)
    change = serializers.ChoiceField(choices=CHANGES)
    fields_ = serializers.ListField(child=serializers.CharField())
    reference_position = serializers.IntegerField(allow_null=True)
    reference = BeforeSerializer(allow_null=True, help_text="Of a changed line: as the reference has it.")
    effect = DecimalText(allow_null=True, help_text="What it adds to D over the reference.")

    def get_fields(self) -> dict[str, serializers.Field]:
        found: dict[str, serializers.Field] = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class ToldAnalysisSerializer(FromDToFSerializer):
    key = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    sort = serializers.CharField(help_text="reference, modified or own")
    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    note = serializers.CharField()
    edition = EditionFactsSerializer()
    reference = ReferenceSerializer(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    labor = DecimalText(allow_null=True)
    material = DecimalText(allow_null=True)
    equipment = DecimalText(allow_null=True)
    issues = IssueSerializer(many=True)
    lines = AnalysisLineSerializer(many=True)


class ItemInShortSerializer(serializers.Serializer):
    key = serializers.CharField()
    number = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    unit_price = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)


class ProjectAnalysisSerializer(ToldAnalysisSerializer):
    revision = serializers.IntegerField()
    item_count = serializers.IntegerField()
    items = ItemInShortSerializer(many=True, help_text="The first of those that use it themselves.")
    nested_by = NamedAnalysisSerializer(many=True)


class ResourceNameSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    name = serializers.CharField()
    unit = serializers.CharField()


class UsedAnalysisSerializer(NamedAnalysisSerializer):
    unit = serializers.CharField()


class TakingAnalysisSerializer(UsedAnalysisSerializer):
    """How much one unit of it takes and what that costs; `direct` if a line of its own says so."""

    direct = serializers.BooleanField()
    per_unit = DecimalText(allow_null=True)
    cost = DecimalText(allow_null=True)
    share = DecimalText(allow_null=True, help_text="Of the direct cost, 0 to 1.")


class TakingItemSerializer(serializers.Serializer):
    key = serializers.CharField()
    id = serializers.IntegerField()
    number = serializers.CharField()
    code = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    per_unit = DecimalText(allow_null=True)
    taken = DecimalText(allow_null=True, help_text="In the unit of what is taken.")
    cost = DecimalText(allow_null=True)
    share = DecimalText(allow_null=True, help_text="Of the direct cost, 0 to 1.")


class WhereUsedSerializer(RevisedSerializer):
    resource = ResourceNameSerializer(allow_null=True)
    analysis = UsedAnalysisSerializer(allow_null=True)
    analyses = TakingAnalysisSerializer(many=True)
    item_count = serializers.IntegerField(help_text="Of all; the list ends at 500.")
    items = TakingItemSerializer(many=True)
    cost = DecimalText(help_text="Of all items, as far as it is known.")


class WhereFromSerializer(FromDToFSerializer):
    """The chain of an amount: quantity × unit price, the analysis, its coefficients, the prices."""

    revision = serializers.IntegerField()
    key = serializers.CharField()
    number = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    own_price = serializers.BooleanField()
    code = serializers.CharField()
    unit_price_rounding = serializers.CharField()
    issues = IssueSerializer(many=True)
    analysis = ToldAnalysisSerializer(allow_null=True)


class SuggestedResourceSerializer(ResourceNameSerializer):
    price = DecimalText(allow_null=True)


class SuggestedResourcesSerializer(serializers.Serializer):
    results = SuggestedResourceSerializer(many=True)
