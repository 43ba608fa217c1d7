"""People and organizations as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.accounts.models import Role


class OrganizationSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MemberOfSerializer(OrganizationSerializer):
    role = serializers.ChoiceField(choices=Role.choices)
    may_write = serializers.BooleanField()


class TokenSerializer(serializers.Serializer):
    name = serializers.CharField()
    scope = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MeSerializer(serializers.Serializer):
    """`token` is the one the request came with, null for a session."""

    email = serializers.CharField()
    name = serializers.CharField()
    organizations = MemberOfSerializer(many=True)
    token = TokenSerializer(allow_null=True)
