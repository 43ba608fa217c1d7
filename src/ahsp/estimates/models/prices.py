"""Prices and conversions of the project's own; they win over those of its price book."""

from __future__ import annotations

from django.db import models

from ahsp.accounts.models import Organization
from ahsp.catalog.models import KINDS
from ahsp.core.fields import ExactDecimalField
from ahsp.projects.models import Project


class ProjectPrice(models.Model):
    """Rupiah per `purchase_unit` (per `unit` where that is blank) of the resource kind + name + unit, excluding VAT.

    A purchase unit other than `unit` needs a recorded conversion. `source`, `region`, `dated` and `document` answer
    where the price is from.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="prices")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.TextField()
    unit = models.CharField(max_length=100)
    price = ExactDecimalField()
    purchase_unit = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=300, blank=True)
    region = models.CharField(max_length=200, blank=True)
    dated = models.DateField(null=True)
    document = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "name", "unit"], name="project_price_identity"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="project_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class ProjectConversion(models.Model):
    """A recorded factor of the project: 1 `from_unit` of `name` is `factor` `to_unit` (1 zak = 50 kg)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="conversions")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    from_unit = models.CharField(max_length=100)
    to_unit = models.CharField(max_length=100)
    factor = ExactDecimalField()
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "from_unit", "to_unit"], name="project_conversion_identity"
            ),
            models.CheckConstraint(condition=models.Q(factor__gt=0), name="project_conversion_positive"),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_unit} {self.name} = {self.factor} {self.to_unit}"
