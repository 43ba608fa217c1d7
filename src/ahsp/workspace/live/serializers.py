"""What a window tells about where its person is."""

from __future__ import annotations

from rest_framework import serializers

from ahsp.workspace.steps import KNOWN

TAB = r"^[A-Za-z0-9-]{1,40}$"
CELL = r"^([a-z][0-9]{1,18}(\.[A-Za-z_]{1,40})?)?$"


class PresenceSerializer(serializers.Serializer):
    """Where a window is now."""

    tab = serializers.RegexField(TAB, help_text="The window's own name, as it opened its stream.")
    step = serializers.ChoiceField(choices=sorted(KNOWN))
    cell = serializers.RegexField(CELL, allow_blank=True, required=False, help_text="Such as “i12.quantity”.")
