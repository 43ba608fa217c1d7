"""How the installation was, twice a minute, for the plots of its operator."""

from __future__ import annotations

from django.db import models


class Sample(models.Model):
    """Figures of one node over the seconds before `at`; names and units in `watching/figures.py`."""

    at = models.DateTimeField(db_index=True)
    node = models.CharField(max_length=64)
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.node} {self.at:%H:%M:%S}"
