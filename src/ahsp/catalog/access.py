"""The door to editions. They are public facts: whoever signed in sees them all."""

from __future__ import annotations

from django.db.models import QuerySet

from ahsp.catalog.models import Analysis, Edition
from ahsp.core.errors import NotFound


def editions() -> QuerySet[Edition]:
    """Every loaded edition, latest regulation first."""
    return Edition.objects.order_by("-date", "slug")


def open_edition(slug: str) -> Edition:
    """Raises NotFound."""
    edition = Edition.objects.filter(slug=slug).first()
    if edition is None:
        known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
        raise NotFound("edition.unknown", {"slug": slug, "known": known})
    return edition


def open_analysis(edition: Edition, code: str) -> Analysis:
    """Raises NotFound."""
    analysis = Analysis.objects.filter(edition=edition, code=code).first()
    if analysis is None:
        raise NotFound("analysis.unknown", {"code": code, "edition": edition.title})
    return analysis
