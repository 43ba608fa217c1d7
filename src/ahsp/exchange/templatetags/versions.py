"""What pages say of a project that is locked as an approved version."""

from __future__ import annotations

from typing import Any

from django import template

from ahsp.exchange.versions.queries import locking_version
from ahsp.projects.models import Project

register = template.Library()


@register.inclusion_tag("exchange/partials/lock.html")
def lock_banner(project: Project) -> dict[str, Any]:
    """exchange/partials/lock.html with `project` and `version` (None while it is open)."""
    return {"project": project, "version": locking_version(project)}
