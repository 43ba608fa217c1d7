"""Parameters and take-off sheets as commands take them and the API shows them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ahsp.core.api.fields import DecimalText, TextIn
from ahsp.core.bill_limits import MAX_CELL_CHARS, MAX_UNIT_CHARS
from ahsp.engine.formulas import MAX_LENGTH
from ahsp.estimates.quantities.services import MOST_PARAMETERS
from ahsp.estimates.quantities.sheet_services import MOST_LINES
from ahsp.estimates.serializers import IssueSerializer, RevisedSerializer

MAX_NAME_CHARS = 40
LARGEST_VERSION = 2**31 - 1


class KeyIn(serializers.RegexField):
    """The key of a row of one table, such as "t12"."""

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__(rf"^{kind}[1-9][0-9]{{0,17}}$", **options)


class FormulaIn(TextIn):
    """A number or a formula as it was typed: spaces count, so that the place of a mistake is right."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_LENGTH, trim_whitespace=False, **options)


class NameIn(TextIn):
    """What the program calls a row that is to be made; errors name it so."""

    def __init__(self) -> None:
        super().__init__(max_length=40, required=False)


class VersionIn(serializers.IntegerField):
    """The version of a row as the person saw it; null overwrites knowingly."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True, min_value=0, max_value=LARGEST_VERSION)


def _with_values(fields: dict[str, Any]) -> dict[str, Any]:
    """A serializer keeps `values` for itself as an attribute."""
    fields["values"] = fields.pop("values_")
    return fields


def key_id(key: str) -> int:
    return int(key[1:])


class ParameterValuesSerializer(serializers.Serializer):
    name = TextIn(max_length=MAX_NAME_CHARS, allow_blank=False)
    formula = FormulaIn(allow_blank=False, help_text="A number or a formula, 1.234,56.")
    unit = TextIn(max_length=MAX_UNIT_CHARS, required=False)
    note = TextIn(max_length=MAX_CELL_CHARS, required=False)


class NewParameterSerializer(serializers.Serializer):
    id = NameIn()
    values_ = ParameterValuesSerializer()

    def get_fields(self) -> dict[str, Any]:
        return _with_values(super().get_fields())


class AddParametersSerializer(serializers.Serializer):
    rows = NewParameterSerializer(many=True, allow_empty=False, max_length=MOST_PARAMETERS)


class ParameterChangesSerializer(ParameterValuesSerializer):
    name = TextIn(max_length=MAX_NAME_CHARS, allow_blank=False, required=False)
    formula = FormulaIn(allow_blank=False, required=False)


class ParameterChangeSerializer(serializers.Serializer):
    key = KeyIn("p")
    version = VersionIn()
    values_ = ParameterChangesSerializer()

    def get_fields(self) -> dict[str, Any]:
        return _with_values(super().get_fields())


class SetParametersSerializer(serializers.Serializer):
    rows = ParameterChangeSerializer(many=True, allow_empty=False, max_length=MOST_PARAMETERS)


class RemoveParametersSerializer(serializers.Serializer):
    keys = serializers.ListField(child=KeyIn("p"), allow_empty=False, max_length=MOST_PARAMETERS)
    confirmed = serializers.BooleanField(default=False, help_text="Although others rest on them.")


class LineValuesSerializer(serializers.Serializer):
    """Cells that are left out stay as they are, or empty."""

    description = TextIn(max_length=MAX_CELL_CHARS, required=False)
    count = FormulaIn(required=False)
    length = FormulaIn(required=False)
    width = FormulaIn(required=False)
    height = FormulaIn(required=False)
    deduction = FormulaIn(required=False)
    formula = FormulaIn(required=False)


class LineInSerializer(serializers.Serializer):
    """A line to change, if it has a key, or to make."""

    key = KeyIn("t", required=False)
    id = NameIn()
    version = VersionIn()
    after = KeyIn("t", required=False, allow_null=True, help_text="For a line to make: behind this one; null is first.")
    values_ = LineValuesSerializer(required=False)

    def get_fields(self) -> dict[str, Any]:
        return _with_values(super().get_fields())


class SetLinesSerializer(serializers.Serializer):
    item = KeyIn("i")
    rows = LineInSerializer(many=True, max_length=MOST_LINES)
    whole = serializers.BooleanField(default=False, help_text="The sheet has these lines and no others, in this order.")
    lenient = serializers.BooleanField(
        default=False, help_text="Keep cells that are no formula as they were typed; the sheet says what is wrong."
    )


class RemoveLinesSerializer(serializers.Serializer):
    keys = serializers.ListField(child=KeyIn("t"), allow_empty=False, max_length=MOST_LINES)


class UseSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()


class ParameterSerializer(serializers.Serializer):
    key = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    formula = serializers.CharField()
    unit = serializers.CharField()
    note = serializers.CharField()
    value = DecimalText(allow_null=True)
    issues = IssueSerializer(many=True)
    use_count = serializers.IntegerField()
    uses = UseSerializer(many=True, help_text="The first of who refers to it.")


class ParametersSerializer(RevisedSerializer):
    parameters = ParameterSerializer(many=True)


class TakeoffLineSerializer(serializers.Serializer):
    """`values` and `issues` are by cell; the cell of an issue of the whole line is ""."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    description = serializers.CharField()
    count = serializers.CharField()
    length = serializers.CharField()
    width = serializers.CharField()
    height = serializers.CharField()
    deduction = serializers.CharField()
    formula = serializers.CharField()
    values_ = serializers.DictField(child=DecimalText())
    value = DecimalText(allow_null=True)
    issues = serializers.DictField(child=IssueSerializer())

    def get_fields(self) -> dict[str, Any]:
        return _with_values(super().get_fields())


class TakeoffSerializer(RevisedSerializer):
    item = serializers.CharField()
    tag = serializers.IntegerField()
    formula = serializers.CharField(help_text="Of the item, where it has no sheet.")
    quantity = DecimalText(allow_null=True)
    issues = IssueSerializer(many=True)
    lines = TakeoffLineSerializer(many=True)
    uses = UseSerializer(many=True)
    use_count = serializers.IntegerField()
