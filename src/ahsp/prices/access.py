"""The door to price books."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ahsp.accounts.models import Person
from ahsp.prices.models import PriceBook


def price_books_for(person: Person) -> QuerySet[PriceBook]:
    """Shared books and those of the person's organizations; real prices before example prices."""
    own = Q(organization__isnull=True) | Q(organization__memberships__person=person)
    return PriceBook.objects.filter(own).distinct().order_by("is_example", "name", "id")


def example_book() -> PriceBook | None:
    """A shared book of example prices, for previews of the catalog."""
    return PriceBook.objects.filter(organization__isnull=True, is_example=True).order_by("id").first()
