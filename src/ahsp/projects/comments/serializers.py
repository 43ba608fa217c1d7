"""Comments as the API shows them, and what the commands about them take."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.core.api.fields import TextIn
from ahsp.projects.log.serializers import PersonSerializer

LONGEST = 4_000
LARGEST_ID = 2**63 - 1


class ReplySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    person = PersonSerializer(allow_null=True)
    text = serializers.CharField()
    at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    is_yours = serializers.BooleanField()


class CommentSerializer(ReplySerializer):
    """What begins a thread, with its replies in the order they came."""

    key = serializers.CharField()
    title = serializers.CharField(help_text="What the row is called.")
    present = serializers.BooleanField(help_text="Whether the row is in the project now.")
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = PersonSerializer(allow_null=True)
    replies = ReplySerializer(many=True)


class CommentsSerializer(serializers.Serializer):
    results = CommentSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class CommentAddSerializer(serializers.Serializer):
    key = TextIn(max_length=20, allow_blank=False)
    text = TextIn(max_length=LONGEST, allow_blank=False)
    reply_to = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, help_text="Of the same row.")


class CommentEditSerializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    text = TextIn(max_length=LONGEST, allow_blank=False)


class CommentResolveSerializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    resolved = serializers.BooleanField(default=True)


class CommentRemoveSerializer(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    confirmed = serializers.BooleanField(default=False, help_text="Also with the replies to it.")
