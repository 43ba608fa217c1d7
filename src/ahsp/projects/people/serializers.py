"""Members of a project as the API shows them, and what the commands about them take."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.accounts.models import Role
from ahsp.accounts.serializers import OrganizationSerializer

LARGEST_ID = 2**63 - 1


class MemberSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField()
    initials = serializers.CharField()
    organization_role = serializers.ChoiceField(choices=Role.choices)
    given = serializers.CharField(allow_null=True, help_text="The role in this project alone.")
    role = serializers.ChoiceField(choices=Role.choices, help_text="The role that counts.")
    rights = serializers.ListField(child=serializers.CharField())
    is_you = serializers.BooleanField()


class MembersSerializer(serializers.Serializer):
    organization = OrganizationSerializer()
    results = MemberSerializer(many=True)


class MemberSetSerializer(serializers.Serializer):
    person = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    role = serializers.ChoiceField(choices=Role.choices)


class MemberRemoveSerializer(serializers.Serializer):
    person = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
