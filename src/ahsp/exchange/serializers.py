"""What the API asks of the workers."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.exchange.exports import FORMATS

KINDS = ["document"]
LANGUAGES = ("id", "en")


class JobInSerializer(serializers.Serializer):
    """A document of a project, made by the workers. Asked again for the same revision, it is the same job."""

    kind = serializers.ChoiceField(choices=KINDS)
    project = serializers.SlugField(max_length=20)
    format = serializers.ChoiceField(choices=list(FORMATS))
    language = serializers.ChoiceField(choices=LANGUAGES, required=False, help_text="By default that of the answer.")
