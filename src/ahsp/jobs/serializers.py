"""Jobs as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.jobs.models import State


class JobFileSerializer(serializers.Serializer):
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    address = serializers.CharField()


class JobErrorSerializer(serializers.Serializer):
    code = serializers.CharField()
    data = serializers.DictField()
    text = serializers.CharField()


class JobSerializer(serializers.Serializer):
    """`text` says how it goes, in the language of the person. `project` is the code of the one it is about."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label = serializers.CharField()
    title = serializers.CharField()
    project = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    percent = serializers.IntegerField()
    text = serializers.CharField()
    error = JobErrorSerializer(allow_null=True)
    result = serializers.DictField()
    file = JobFileSerializer(allow_null=True)
    cancel_requested = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class JobsSerializer(serializers.Serializer):
    results = JobSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The address of the next page.")
