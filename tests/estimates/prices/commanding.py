"""Commands on prices as the workspace sends them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from ahsp.accounts.models import Person
from ahsp.engine.needs import resource_prices
from ahsp.engine.prices import FoundPrice
from ahsp.engine.resources import Resource, ResourceKind
from ahsp.estimates.queries import priced_estimate
from ahsp.projects.access import open_project
from ahsp.projects.models import Project
from ahsp.workspace.dispatch import dispatch

WORKER = Resource(ResourceKind.LABOR, "Pekerja", "OH")
CEMENT = Resource(ResourceKind.MATERIAL, "Semen", "kg")
SAND = Resource(ResourceKind.MATERIAL, "Pasir", "m3")


def cell(resource: Resource, version: int | None = None, **values: str) -> dict[str, Any]:
    named = {"kind": resource.kind.value, "name": resource.name, "unit": resource.unit}
    return {"key": f"{resource.name}/{resource.unit}", "resource": named, "version": version, "values": values}


def place(resource: Resource, version: int | None = None) -> dict[str, Any]:
    return {name: value for name, value in cell(resource, version).items() if name != "values"}


def factor(from_unit: str, to_unit: str, typed: str, name: str = "Semen") -> dict[str, str]:
    return {"name": name, "from_unit": from_unit, "to_unit": to_unit, "factor": typed}


def command(project: Project, person: Person, name: str, *, dry_run: bool = False, **arguments: Any) -> Any:
    """What the workspace's command answers."""
    door = open_project(person, project.code)
    call = {"id": uuid4(), "command": name, "arguments": arguments, "base": door.project.revision, "dry_run": dry_run}
    body = dispatch(door, person, call)
    project.refresh_from_db()
    return body


def found(project: Project, resource: Resource) -> FoundPrice | None:
    return resource_prices(priced_estimate(project))[resource]


def price(project: Project, resource: Resource) -> Decimal | None:
    one = found(project, resource)
    return one.price if one else None
