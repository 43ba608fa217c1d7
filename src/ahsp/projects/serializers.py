"""Projects, their settings and their change log as the API shows and takes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from ahsp.accounts.models import Role
from ahsp.accounts.serializers import OrganizationSerializer
from ahsp.catalog.serializers import EditionNameSerializer
from ahsp.core.api.fields import DecimalText, NumberIn, TextIn, TypedNumberIn
from ahsp.core.issue_texts import issue_text
from ahsp.projects.models import Numbering, UnitPriceRounding

HOURS = ("7", "8")
MOST_OVERHEAD = 100
OVERHEAD_DECIMALS = 3
LONGEST = 250


class PriceBookNameSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    is_example = serializers.BooleanField(help_text="Example prices belong to no region and are no HSD.")


class TotalsSerializer(serializers.Serializer):
    """`total` is the rounded total in rupiah, VAT included; a lower bound while `complete` is false."""

    total = DecimalText()
    item_count = serializers.IntegerField()
    incomplete = serializers.IntegerField(help_text="Items that lack a price or a quantity.")
    complete = serializers.BooleanField()


class ProjectInListSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    organization = OrganizationSerializer()
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    role = serializers.ChoiceField(choices=Role.choices, help_text="Yours in this project.")
    may_write = serializers.BooleanField()
    totals = TotalsSerializer()


class ProjectsSerializer(serializers.Serializer):
    results = ProjectInListSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")


class ProjectSerializer(ProjectInListSerializer):
    location = serializers.CharField()
    owner_name = serializers.CharField()
    edition = EditionNameSerializer()
    price_book = PriceBookNameSerializer()
    overhead = DecimalText(help_text="Overhead and profit together, in percent.")
    vat_date = serializers.DateField(help_text="The day that decides the VAT rule.")
    hours_per_day = DecimalText()
    unit_price_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices)
    total_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices)
    is_demo = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class SettingsInSerializer(serializers.Serializer):
    """Settings of a project; what is left out stays as it is."""

    name = TextIn(max_length=LONGEST, allow_blank=False)
    location = TextIn(max_length=LONGEST, required=False)
    owner_name = TextIn(max_length=LONGEST, required=False)
    price_book = serializers.SlugField(max_length=50)
    overhead = NumberIn(digits=3, decimals=3, highest=100, required=False, help_text="In percent, at most 100.")
    vat_date = serializers.DateField()
    hours_per_day = serializers.ChoiceField(choices=HOURS, required=False)
    unit_price_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices, required=False)
    total_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices, required=False)


class TypedRateIn(TypedNumberIn):
    """Overhead and profit in percent as a person typed it: "12,5" or "12,5 %"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.allow_null = False

    def to_internal_value(self, data: Any) -> Decimal:
        text = data.strip().removesuffix("%") if isinstance(data, str) else data
        rate = super().to_internal_value(text)
        if rate is None or rate > MOST_OVERHEAD or rate != round(rate, OVERHEAD_DECIMALS):
            sentence = issue_text("typed.rate", {"text": str(data)[:40]}, get_language() or "id")
            raise serializers.ValidationError(sentence, code="typed.rate")
        return rate


class WorkspaceSettingsSerializer(serializers.Serializer):
    """Settings to change, of those the workspace offers. `version` is the revision at which they were seen."""

    name = TextIn(max_length=LONGEST, allow_blank=False, required=False)
    location = TextIn(max_length=LONGEST, required=False)
    owner_name = TextIn(max_length=LONGEST, required=False)
    overhead = TypedRateIn(required=False, help_text="In percent, at most 100.")
    vat_date = serializers.DateField(required=False)
    hours_per_day = serializers.ChoiceField(choices=HOURS, required=False)
    unit_price_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices, required=False)
    total_rounding = serializers.ChoiceField(choices=UnitPriceRounding.choices, required=False)
    numbering = serializers.ChoiceField(choices=Numbering.choices, required=False)
    budget = TypedNumberIn(required=False, help_text="In rupiah; nothing for none.")
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class ProjectInSerializer(SettingsInSerializer):
    """A project to make."""

    organization = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="By default the first one in which you may write."
    )
    edition = serializers.SlugField(max_length=50, help_text="A project keeps the edition it began with.")


class UndoSerializer(serializers.Serializer):
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="The change to undo.")
    force = serializers.BooleanField(default=False, help_text="Also what others have changed since.")
