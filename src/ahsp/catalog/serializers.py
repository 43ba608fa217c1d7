"""Editions and analyses as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.catalog.models import LINE_KINDS
from ahsp.core.api.fields import DecimalText
from ahsp.engine.resources import ResourceKind

KIND_CHOICES = [kind.value for kind in ResourceKind]


class EditionNameSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()


class EditionSerializer(EditionNameSerializer):
    regulation = serializers.CharField()
    number = serializers.CharField()
    date = serializers.DateField()
    annex = serializers.CharField()
    field = serializers.CharField()


class EditionsSerializer(serializers.Serializer):
    results = EditionSerializer(many=True)


class BranchSerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()


class DivisionSerializer(BranchSerializer):
    sections = BranchSerializer(many=True)


class EditionDetailSerializer(EditionSerializer):
    provenance = serializers.CharField()
    divisions = DivisionSerializer(many=True)


class AnalysisSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    division = serializers.CharField()
    section = serializers.CharField()


class AnalysesSerializer(serializers.Serializer):
    """Best first when `q` is given, and then without further pages; else in the order of the edition."""

    results = AnalysisSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")


class LineSerializer(serializers.Serializer):
    """A row of an analysis. What a sort of line does not have is null."""

    position = serializers.IntegerField()
    sort = serializers.ChoiceField(choices=[kind for kind, _ in LINE_KINDS])
    kind = serializers.ChoiceField(choices=KIND_CHOICES, allow_null=True)
    name = serializers.CharField()
    unit = serializers.CharField()
    coefficient = DecimalText(allow_null=True)
    percent = DecimalText(allow_null=True)
    of = serializers.ListField(child=serializers.IntegerField(), help_text="Positions a percentage is of.")
    price = DecimalText(allow_null=True, help_text="Of a lump sum.")


class AnalysisDetailSerializer(AnalysisSerializer):
    edition = serializers.CharField()
    lines = LineSerializer(many=True)
