"""Fields of request and answer that every app uses. Numbers are strings: none is a binary fraction on the way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ahsp.core.bill_limits import MAX_NUMBER_CHARS, MOST_DECIMALS, MOST_DIGITS
from ahsp.core.issue_texts import issue_text
from ahsp.engine.numbers import Notation, NumberError, parse_number

# What no text of a bill holds: control characters but tab and line feed, halves of characters.
TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]*$"


@extend_schema_field({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "example": "107360.00"})
class DecimalText(serializers.Field):
    """A number in an answer: all its digits, no exponent."""


class NumberIn(serializers.Field):
    """A number in a request: at most `digits` before the point and `decimals` behind it, from 0 to `highest`."""

    default_error_messages = {"invalid": _("Write the number as a string such as “12.345”: no sign, no grouping.")}

    def __init__(
        self, *, digits: int = MOST_DIGITS, decimals: int = MOST_DECIMALS, highest: int | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.pattern = rf"^[0-9]{{1,{digits}}}(\.[0-9]{{1,{decimals}}})?$"
        self._highest = highest

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not re.fullmatch(self.pattern, data, re.ASCII):
            self.fail("invalid")
        number = Decimal(data)
        if self._highest is not None and number > self._highest:
            self.fail("invalid")
        return number


class NumberInDescription(OpenApiSerializerFieldExtension):
    target_class = NumberIn

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:  # noqa: ARG002 the framework's
        return {"type": "string", "pattern": self.target.pattern, "example": "12.345"}


class TextIn(serializers.RegexField):
    """A text in a request, without control characters."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("allow_blank", True)
        super().__init__(TEXT, **options)


@extend_schema_field({"type": ["string", "null"], "maxLength": MAX_NUMBER_CHARS, "example": "1.234,56"})
class TypedNumberIn(serializers.Field):
    """A number as a person typed it, Indonesian (1.234,56): not below zero; nothing typed is None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_internal_value(self, data: Any) -> Decimal | None:
        text = data if isinstance(data, str) else str(type(data).__name__)
        if not text.strip():
            return None
        try:
            number = parse_number(text, Notation.INDONESIAN)
        except NumberError as problem:
            raise _typed("typed.unreadable", text) from problem
        if number < 0:
            raise _typed("typed.negative", text)
        places = number.as_tuple().exponent
        if number >= 10**MOST_DIGITS or (isinstance(places, int) and -places > MOST_DECIMALS):
            raise _typed("typed.digits", text, digits=str(MOST_DIGITS), decimals=str(MOST_DECIMALS))
        return number


def _typed(code: str, text: str, **data: str) -> serializers.ValidationError:
    sentence = issue_text(code, {"text": text[:40], **data}, get_language() or "id")
    return serializers.ValidationError(sentence, code=code)


class KeyIn(serializers.RegexField):
    """The key of a row, such as "l12": a letter of `kinds` and an id."""

    def __init__(self, kinds: str, **options: Any) -> None:
        super().__init__(rf"^[{kinds}][1-9][0-9]{{0,17}}$", **options)


class VersionIn(serializers.IntegerField):
    """The version of a row as the person saw it; left out or null overwrites knowingly."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_null=True, min_value=0, max_value=2**31 - 1, **options)
