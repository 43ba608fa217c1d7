"""What other apps hear of people and organizations, in the transaction of the act."""

from __future__ import annotations

from django.dispatch import Signal

membership_changed = Signal()
"""A person's role in an organization changed: `organization` and `person` are ids, `role` is None for one who left."""
