"""Files on their way in."""

from __future__ import annotations

from django.db import models

from ahsp.accounts.models import Organization, Person
from ahsp.projects.models import Project


class BoqImport(models.Model):
    """An uploaded bill of quantities between its preview and its import; read again each time, never trusted."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="imports")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    notation = models.CharField(max_length=4, default="auto")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name
