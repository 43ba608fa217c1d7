"""Acts: keeping a sample, letting somebody look after the server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from ahsp.core.errors import NotFound
from ahsp.operations.models import Sample

HOURS_KEPT = 48


@transaction.atomic
def keep_sample(*, at: datetime, node: str, figures: Mapping[str, float]) -> Sample:
    """Write a sample; those that are too old go."""
    Sample.objects.filter(at__lt=at - timedelta(hours=HOURS_KEPT)).delete()
    return Sample.objects.create(at=at, node=node, figures=dict(figures))


def set_administrator(*, email: str, is_administrator: bool) -> None:
    """Let the person with this address see the page of the server, or no longer. Raises NotFound."""
    people = get_user_model()._default_manager.filter(email__iexact=email)
    if not people.update(is_staff=is_administrator):
        raise NotFound("operations.person_unknown", {"email": email})
