"""What quantities are calculated from: parameters of the project and take-off sheets of work items."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models

from ahsp.accounts.models import Organization
from ahsp.estimates.models.bill import WorkItem
from ahsp.projects.models import Project

CELLS = ("count", "length", "width", "height", "deduction", "formula")
# Most cells are plain numbers; these are the lines that may refer to something.
REFERRING = reduce(or_, (models.Q(**{f"{cell}__regex": "[[:alpha:]_]"}) for cell in CELLS))


class Parameter(models.Model):
    """A named number of the project, or a formula over other names. Formulas are stored as typed, without "="."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="parameters")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveBigIntegerField()
    name = models.CharField(max_length=40)
    formula = models.TextField()
    unit = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="parameter_identity")]

    def __str__(self) -> str:
        return f"{self.name} = {self.formula}"


class TakeoffLine(models.Model):
    """A line of the take-off sheet (hitungan volume) of an item; every measure is a number or a formula as typed."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="takeoff_lines")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="takeoff")
    position = models.PositiveBigIntegerField()
    description = models.TextField(blank=True)
    count = models.TextField(blank=True)
    length = models.TextField(blank=True)
    width = models.TextField(blank=True)
    height = models.TextField(blank=True)
    deduction = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["project", "item", "position"], name="takeoff_order"),
            models.Index(fields=["project"], condition=REFERRING, name="takeoff_referring"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.position} {self.description}"
