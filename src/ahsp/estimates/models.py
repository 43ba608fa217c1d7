"""The bill of quantities: sections and work items."""

from __future__ import annotations

from django.db import models

from ahsp.accounts.models import Organization
from ahsp.catalog.models import Analysis
from ahsp.core.fields import ExactDecimalField
from ahsp.projects.models import Project


class Section(models.Model):
    """A heading (klasifikasi), to any depth. `position` orders sections and items of a project together."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sections")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["project", "position"], name="section_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class WorkItem(models.Model):
    """One line of the bill (pekerjaan).

    It points at the catalog's analysis and copies nothing of it. `code` is what was typed, kept when no analysis
    has it. `reading_issues` are the findings of the import that are not visible in the values, as engine issues.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="items")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=64, blank=True)
    analysis = models.ForeignKey(Analysis, null=True, on_delete=models.PROTECT, related_name="+")
    description = models.TextField()
    unit = models.CharField(max_length=100, blank=True)
    quantity = ExactDecimalField(null=True)
    unit_price = ExactDecimalField(null=True)
    overhead = ExactDecimalField(null=True)
    reading_issues = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["project", "position"], name="item_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.description}".strip()
