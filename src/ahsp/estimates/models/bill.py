"""The bill of quantities: sections and work items."""

from __future__ import annotations

from django.db import models

from ahsp.accounts.models import Organization
from ahsp.catalog.models import Analysis
from ahsp.core.fields import ExactDecimalField
from ahsp.estimates.models.analyses import ProjectAnalysis
from ahsp.projects.models import Project


class Section(models.Model):
    """A heading (klasifikasi), to any depth. `position` orders the sections and items of one parent together."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sections")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveBigIntegerField()
    number = models.CharField(max_length=60, blank=True)
    name = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["project", "position"], name="section_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class WorkItem(models.Model):
    """One line of the bill (pekerjaan).

    It points at the catalog's analysis and copies nothing of it, or at an `own` analysis of the project, which wins.
    `code` is what was typed, kept when no analysis has it. `tag` names the item in formulas ("v12"), is unique in the
    project and stays the same in a copy. `formula` is what the quantity is calculated from, without its "=";
    `quantity` is then its value (see docs/decisions/0015), or, where it is `measured`, the sum of its take-off sheet.
    `reading_issues` are the findings of the import that are
    not visible in the values, as engine issues; `quantity_issues` those of the formula or the take-off sheet.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="items")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveBigIntegerField()
    tag = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=64, blank=True)
    analysis = models.ForeignKey(Analysis, null=True, on_delete=models.PROTECT, related_name="+")
    own = models.ForeignKey(ProjectAnalysis, null=True, on_delete=models.PROTECT, related_name="items")
    description = models.TextField()
    unit = models.CharField(max_length=100, blank=True)
    quantity = ExactDecimalField(null=True)
    formula = models.TextField(blank=True)
    measured = models.BooleanField(default=False)
    unit_price = ExactDecimalField(null=True)
    overhead = ExactDecimalField(null=True)
    reading_issues = models.JSONField(default=list)
    quantity_issues = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["project", "position"], name="item_order")]
        constraints = [models.UniqueConstraint(fields=["project", "tag"], name="item_tag")]

    def __str__(self) -> str:
        return f"{self.number} {self.description}".strip()
