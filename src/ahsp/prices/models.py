"""Price books: prices of resources with where they come from."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from ahsp.accounts.models import Organization
from ahsp.catalog.models import KINDS
from ahsp.core.fields import ExactDecimalField


class PriceBook(models.Model):
    """Prices of one region and date. Without an organization it is shared; `is_example` is shown everywhere."""

    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.CASCADE)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("price book"), max_length=200)
    is_example = models.BooleanField(default=False)
    region = models.CharField(max_length=200, blank=True)
    valid_on = models.DateField(null=True)
    document = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    hours_per_day = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(7))
    checksum = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """Rupiah per unit of one resource, excluding VAT."""

    book = models.ForeignKey(PriceBook, on_delete=models.CASCADE, related_name="prices")
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.TextField()
    unit = models.CharField(max_length=100)
    price = ExactDecimalField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "kind", "name", "unit"], name="price_identity"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class Conversion(models.Model):
    """A recorded factor of a price book: 1 `from_unit` of `name` is `factor` `to_unit`."""

    book = models.ForeignKey(PriceBook, on_delete=models.CASCADE, related_name="conversions")
    name = models.TextField()
    from_unit = models.CharField(max_length=100)
    to_unit = models.CharField(max_length=100)
    factor = ExactDecimalField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "name", "from_unit", "to_unit"], name="conversion_identity"),
            models.CheckConstraint(condition=models.Q(factor__gt=0), name="conversion_positive"),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_unit} {self.name} = {self.factor} {self.to_unit}"
