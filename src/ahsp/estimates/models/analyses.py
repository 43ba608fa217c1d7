"""Analyses of the project's own: a reference that was modified, or one that no edition has."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ahsp.accounts.models import Organization
from ahsp.catalog.models import KINDS, LINE_KINDS, Analysis
from ahsp.core.fields import ExactDecimalField
from ahsp.projects.models import Project


class ProjectAnalysis(models.Model):
    """An analysis that belongs to the project. `reference` is what it was made from; None for one of its own.

    `code` is unique in the project and none of its edition's, so that a line of the bill or a nested line that names
    it means it alone.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="analyses")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=64)
    name = models.TextField()
    unit = models.CharField(max_length=100, blank=True)
    reference = models.ForeignKey(Analysis, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "project analyses"
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="project_analysis_identity")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProjectLine(models.Model):
    """A row of a project's analysis; which columns are filled depends on `line_kind` (see ahsp.engine.analysis).

    A resource is `group_kind` + `name` + `unit`. `of` names positions of the same analysis. `reference_position` is
    the line of the reference that it came from; None for one that was added.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="analysis_lines")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    analysis = models.ForeignKey(ProjectAnalysis, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveBigIntegerField()
    line_kind = models.CharField(max_length=12, choices=LINE_KINDS)
    group_kind = models.CharField(max_length=10, choices=KINDS, blank=True)
    name = models.TextField(blank=True)
    unit = models.CharField(max_length=100, blank=True)
    nested_code = models.CharField(max_length=64, blank=True)
    coefficient = ExactDecimalField(null=True)
    percent = ExactDecimalField(null=True)
    price = ExactDecimalField(null=True)
    of = ArrayField(models.BigIntegerField(), default=list)
    reference_position = models.IntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["project", "analysis", "position"], name="project_line_order")]

    def __str__(self) -> str:
        return f"{self.analysis_id}/{self.position}"
