"""What a request brings, through the serializers that describe it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from ahsp.core.api.problems import ApiError


def values_of(request: Request, shape: type[serializers.Serializer], *, partial: bool = False) -> dict[str, Any]:
    """The values of the body. Raises ApiError 422 for those that cannot be used, the unknown ones among them: a name
    with a slip in it must not pass for a value that was left out."""
    read = shape(data=request.data, partial=partial)
    read.is_valid(raise_exception=True)
    unknown = sorted(set(map(str, request.data)) - set(read.fields))
    if unknown:
        raise serializers.ValidationError(
            {name[:40]: [_("There is no value of this name.")] for name in unknown}, code="unknown"
        )
    return dict(read.validated_data)


def flag_of(request: Request, name: str) -> bool:
    """Whether the address says `name=true`. Raises ApiError for anything but true and false."""
    given = request.GET.get(name, "false")
    if given not in {"true", "false"}:
        raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": "true, false"})
    return bool(given == "true")


def number_of(request: Request, name: str) -> int | None:
    """A whole number from the address, None if it is not there. Raises ApiError."""
    given = request.GET.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": "1, 2, 3 …"})
    return int(given)


def choice_of(request: Request, name: str, choices: list[str]) -> str:
    """One of `choices` from the address, the first by default. Raises ApiError."""
    given: str = request.GET.get(name, choices[0])
    if given not in choices:
        raise ApiError(400, "api.parameter", {"name": name, "value": given[:40], "allowed": ", ".join(choices)})
    return given
