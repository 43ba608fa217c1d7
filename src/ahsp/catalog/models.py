"""Editions of the regulation. A loaded edition is never changed; a later one stands beside it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ahsp.core.fields import ExactDecimalField
from ahsp.engine.resources import ResourceKind

KINDS = [(kind.value, kind.value) for kind in ResourceKind]
LINE_KINDS = [(kind, kind) for kind in ("resource", "percentage", "nested", "lump_sum", "information")]


class Edition(models.Model):
    """One annex of one regulation, as loaded from an edition package."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=300)
    regulation = models.CharField(max_length=300)
    number = models.CharField(max_length=100)
    date = models.DateField()
    annex = models.CharField(max_length=100)
    field = models.CharField(max_length=100)
    provenance = models.TextField()
    checksum = models.CharField(max_length=64)
    manifest = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Resource(models.Model):
    """Kind + name + unit within an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.TextField()
    unit = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "name", "unit"], name="resource_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class Analysis(models.Model):
    """Edition + code."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="analyses")
    code = models.CharField(max_length=64)
    division = models.CharField(max_length=200)
    section = models.CharField(max_length=200)
    name = models.TextField()
    unit = models.CharField(max_length=100)
    agreement = models.SmallIntegerField(null=True)
    position = models.IntegerField()

    class Meta:
        verbose_name_plural = "analyses"
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="analysis_identity")]
        indexes = [models.Index(fields=["edition", "division", "section", "position"], name="analysis_browse")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AnalysisLine(models.Model):
    """A row of an analysis; which columns are filled depends on `line_kind` (see ahsp.engine.analysis)."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="lines")
    position = models.IntegerField()
    line_kind = models.CharField(max_length=12, choices=LINE_KINDS)
    group_kind = models.CharField(max_length=10, choices=KINDS, blank=True)
    resource = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="lines")
    name = models.TextField(blank=True)
    unit = models.CharField(max_length=100, blank=True)
    nested_code = models.CharField(max_length=64, blank=True)
    coefficient = ExactDecimalField(null=True)
    percent = ExactDecimalField(null=True)
    price = ExactDecimalField(null=True)
    of = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=["analysis", "nested_code"],
                condition=models.Q(line_kind="nested"),
                name="analysis_line_nested",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "position"], name="analysis_line_position"),
            models.CheckConstraint(
                condition=~models.Q(line_kind="resource") | models.Q(resource__isnull=False),
                name="resource_line_has_resource",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analysis_id}/{self.position}"
