"""What follows when a person's role changes: whoever has the project open is asked at the door again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from ahsp.accounts.models import Role
from ahsp.accounts.signals import membership_changed
from ahsp.core.live import publish, publish_where_open
from ahsp.projects.models import Project, ProjectRole


def tell_access(project: Project, person: int) -> None:
    """The rights of `person` in the project may be others now."""
    publish(project.pk, {"person": person}, kind="access")


@receiver(membership_changed, dispatch_uid="projects.people")
def follow_membership(organization: int, person: int, role: Role | None, **_others: Any) -> None:
    """Somebody who left keeps no role in any project of the organization; open windows learn of it at once."""
    if role is None:
        ProjectRole.objects.filter(organization_id=organization, person_id=person).delete()

    def own(opened: frozenset[int]) -> Iterable[int]:
        return Project.objects.filter(organization_id=organization, pk__in=opened).values_list("pk", flat=True)

    publish_where_open(own, {"person": person}, kind="access")
