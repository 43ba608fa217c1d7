"""The bill as it is entered: what the API shows of it and takes for it."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.core.api.fields import DecimalText, NumberIn, TextIn
from ahsp.core.bill_limits import MAX_CELL_CHARS, MAX_CODE_CHARS, MAX_NUMBER_CHARS, MAX_UNIT_CHARS
from ahsp.estimates.serializers import STATUS_CHOICES, IssueSerializer, RevisedSerializer, TreeRowSerializer
from ahsp.projects.serializers import TotalsSerializer

LARGEST_ID = 2**63 - 1


class TreeItemRowSerializer(TreeRowSerializer):
    code = serializers.CharField(required=False)
    known = serializers.BooleanField(required=False, help_text="Whether the edition has an analysis of this code.")
    unit = serializers.CharField(required=False)
    quantity = DecimalText(required=False, allow_null=True)
    unit_price = DecimalText(required=False, allow_null=True, help_text="A price of the line's own.")
    overhead = DecimalText(required=False, allow_null=True, help_text="In percent, instead of the project's.")


class TreeSerializer(RevisedSerializer):
    """Sections and work items in document order. Rows of sections have no code, unit and numbers."""

    rows = TreeItemRowSerializer(many=True)


class PlaceInSerializer(serializers.Serializer):
    """Where it stands: in the section `parent` (null: in none), behind the sibling with the key `after` (null: first).

    Without `after` it stands last.
    """

    parent = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=LARGEST_ID)
    after = TextIn(required=False, allow_null=True, max_length=20)


class SectionInSerializer(PlaceInSerializer):
    number = TextIn(max_length=MAX_NUMBER_CHARS, required=False)
    name = TextIn(max_length=MAX_CELL_CHARS, allow_blank=False)


class ItemInSerializer(PlaceInSerializer):
    """A work item to make or change. `code` is that of an analysis of the project's edition; a code it does not have is
    kept, and the line says so. `unit_price` is a price of the line's own, which wins over the analysis."""

    number = TextIn(max_length=MAX_NUMBER_CHARS, required=False)
    code = TextIn(max_length=MAX_CODE_CHARS, required=False)
    description = TextIn(max_length=MAX_CELL_CHARS, required=False, help_text="By default that of the analysis.")
    unit = TextIn(max_length=MAX_UNIT_CHARS, required=False, help_text="By default that of the analysis.")
    quantity = NumberIn(required=False, allow_null=True)
    unit_price = NumberIn(required=False, allow_null=True)
    overhead = NumberIn(digits=3, decimals=3, highest=100, required=False, allow_null=True)


class ItemSerializer(TreeRowSerializer):
    """A work item with what it comes to. `unit_price` and `amount` are those of the RAB."""

    code = serializers.CharField()
    known = serializers.BooleanField(help_text="Whether it is priced through an analysis.")
    unit = serializers.CharField()
    quantity = DecimalText(allow_null=True)
    unit_price = DecimalText(allow_null=True)
    own_price = serializers.BooleanField()
    own_unit_price = DecimalText(allow_null=True)
    overhead = DecimalText(allow_null=True, help_text="In percent, instead of the project's.")
    amount = DecimalText(allow_null=True)
    status = serializers.ChoiceField(choices=STATUS_CHOICES)
    issues = IssueSerializer(many=True)


class SectionSerializer(serializers.Serializer):
    key = serializers.CharField()
    id = serializers.IntegerField()
    parent = serializers.IntegerField(allow_null=True)
    number = serializers.CharField()
    name = serializers.CharField()


class WrittenSerializer(RevisedSerializer):
    """The revision that the write made, and what the project comes to now."""

    totals = TotalsSerializer()


class ItemWrittenSerializer(WrittenSerializer):
    item = ItemSerializer()


class SectionWrittenSerializer(WrittenSerializer):
    section = SectionSerializer()


class ItemReadSerializer(RevisedSerializer):
    item = ItemSerializer()
