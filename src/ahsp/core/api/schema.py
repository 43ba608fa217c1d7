"""How the API describes itself: every address with every answer it really gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation

from ahsp.core.api.problems import PROBLEM

READS = frozenset({"GET", "HEAD"})


class FieldErrorSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="The name of the value in the body; inner ones after a full stop.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """RFC 9457. `code` is stable; `detail` is its sentence in the language of the person."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    data = serializers.DictField(child=serializers.CharField(), help_text="What fills the sentence.")
    request_id = serializers.CharField(help_text="Stands in the logs of the server.")


class InvalidSerializer(ProblemSerializer):
    errors = FieldErrorSerializer(many=True)


class ChangeMadeSerializer(serializers.Serializer):
    """One write somebody else made."""

    revision = serializers.IntegerField()
    act = serializers.CharField()
    at = serializers.DateTimeField()
    person = serializers.CharField(allow_null=True)
    fields_ = serializers.ListField(child=serializers.CharField(), help_text="Names of what it changed.")

    def get_fields(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


class ConflictSerializer(ProblemSerializer):
    revision = serializers.IntegerField(required=False, help_text="The revision of the project now.")
    changes = ChangeMadeSerializer(many=True, required=False, help_text="What was written since, latest first.")


_TEXTS = {
    400: "The address, a parameter, a header or the body cannot be read.",
    401: "Not signed in, or a token that is unknown, revoked or expired.",
    403: "The right to write is missing, or the CSRF token of the session.",
    404: "It does not exist, or not for this person.",
    406: "Accept does not name application/json.",
    409: "Somebody wrote in the meantime, or what is there does not allow it.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Values that cannot be used.",
    428: "If-Match is missing.",
    429: "Too many requests; Retry-After says how long to wait.",
    503: "The database or a part behind it does not answer; Retry-After says when to try again.",
}
_SHAPES: Mapping[int, type[serializers.Serializer]] = {409: ConflictSerializer, 422: InvalidSerializer}


def described(
    operation_id: str,
    responses: Mapping[Any, Any],
    *,
    request: Any = None,
    parameters: list[OpenApiParameter] | None = None,
    text: str | None = None,
) -> Callable[[Any], Any]:
    """Decorate a method of a view with its description; what may go wrong is added by the kind of method and view.

    `text` stands instead of the method's docstring.
    """
    decorator: Callable[[Any], Any] = extend_schema(
        operation_id=operation_id,
        description=text,
        responses=dict(responses),
        request=request,
        parameters=parameters or [],
    )
    return decorator


class Description(AutoSchema):
    """Adds what every answer has in common, told from the view: `tag`, `has_revision`, and the method."""

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", "api")]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Whoever signed in; the schemes stand in the settings."""
        return [{"token": []}, {"session": []}]

    def get_override_parameters(self) -> list[Any]:
        if not getattr(self.view, "has_revision", False):
            return []
        if self.method in READS:
            return [OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="The ETag you have.")]
        text = "The ETag of the project as you saw it, of whichever of its addresses."
        return [OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description=text)]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            shape = _SHAPES.get(status, ProblemSerializer)
            response = OpenApiResponse(shape, _TEXTS[status])
            bodies[str(status)] = self._get_response_for_code(response, str(status), [PROBLEM], direction)
        if getattr(self.view, "has_revision", False):
            self._add_tags(bodies)
        return dict(sorted(bodies.items()))

    def _problems(self) -> list[int]:
        found = [400, 401, 429, 503]
        if self.view.content_negotiation_class is DefaultContentNegotiation:
            found.append(406)
        if self.path.count("{"):
            found.append(404)
        if self.method in READS:
            return found
        found += [403, *getattr(self.view, "refusals", ())]
        if self.method != "DELETE":
            found += [413, 415]
        if self.get_request_serializer() is not None:
            found.append(422)
        if getattr(self.view, "has_revision", False):
            found += [409, 428]
        return found

    def _add_tags(self, bodies: dict[str, Any]) -> None:
        tag = {"schema": {"type": "string"}, "description": "Names the revision of the project."}
        for status, body in bodies.items():
            if status.startswith("2"):
                body["headers"] = {**body.get("headers", {}), "ETag": tag}
        if self.method in READS:
            bodies["304"] = {"description": "You have it: If-None-Match names its ETag.", "headers": {"ETag": tag}}
