"""Projects: list, make, read, settings."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import first_writable_membership, person_of, writable_memberships
from ahsp.accounts.models import Membership, Person
from ahsp.catalog.access import editions
from ahsp.core.api.bodies import answer, not_modified
from ahsp.core.api.etags import entity_tag, expected_revision
from ahsp.core.api.pages import CURSOR, LIMIT, Order, one_page, read_text, read_time
from ahsp.core.api.reading import choice_of, number_of, values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import Refused
from ahsp.estimates.bodies import book_name
from ahsp.estimates.queries import totals
from ahsp.prices.access import price_books_for
from ahsp.projects import serializers as shape
from ahsp.projects.access import ProjectDoor, open_project, projects_of
from ahsp.projects.api import telling_what_changed
from ahsp.projects.models import Project
from ahsp.projects.queries import narrow
from ahsp.projects.services import change_settings, create_project

ORDERS = {
    "-updated_at": Order("updated_at", descending=True, read=read_time),
    "updated_at": Order("updated_at", descending=False, read=read_time),
    "-created_at": Order("created_at", descending=True, read=read_time),
    "created_at": Order("created_at", descending=False, read=read_time),
    "name": Order("name", descending=False, read=read_text),
    "-name": Order("name", descending=True, read=read_text),
}


def project_tag(door: ProjectDoor) -> str:
    """The body says what the person may do, so the tag does too."""
    return entity_tag(door.project, get_language() or "id", door.membership.role)


def totals_body(project: Project) -> dict[str, Any]:
    found = totals(project)
    return {
        "total": found.total,
        "item_count": found.item_count,
        "incomplete": found.incomplete,
        "complete": found.incomplete == 0,
    }


def _in_list(project: Project) -> dict[str, Any]:
    organization = project.organization
    return {
        "code": project.code,
        "name": project.name,
        "organization": {"id": organization.pk, "name": organization.name},
        "revision": project.revision,
        "updated_at": project.updated_at,
        "totals": totals_body(project),
    }


def _plainest(number: Any) -> str:
    return f"{number.normalize():f}"


def _project(door: ProjectDoor) -> dict[str, Any]:
    project = door.project
    same = ("location", "owner_name", "vat_date", "unit_price_rounding", "total_rounding", "is_demo", "created_at")
    return {
        **_in_list(project),
        **{name: getattr(project, name) for name in same},
        "edition": {"slug": project.edition.slug, "title": project.edition.title},
        "price_book": book_name(project.price_book),
        "overhead": _plainest(project.overhead),
        "hours_per_day": _plainest(project.hours_per_day),
        "role": door.membership.role,
        "may_write": door.may_write,
    }


def _resolve(values: dict[str, Any], person: Person, organization_id: int) -> dict[str, Any]:
    """`values` with rows instead of slugs. Raises Refused. A book of another organization does not exist here."""
    found = dict(values)
    if "price_book" in found:
        slug = found["price_book"]
        book = price_books_for(person).filter(slug=slug).first()
        if book is None or book.organization_id not in {None, organization_id}:
            raise Refused("price_book.unknown", {"slug": slug}, field="price_book")
        found["price_book"] = book
    if "edition" in found:
        slug = found["edition"]
        found["edition"] = editions().filter(slug=slug).first()
        if found["edition"] is None:
            known = ", ".join(edition.slug for edition in editions())
            raise Refused("edition.unknown", {"slug": slug, "known": known}, field="edition")
    return found


def _membership(person: Person, organization: int | None) -> Membership:
    if organization is None:
        return first_writable_membership(person)
    found = writable_memberships(person).filter(organization_id=organization).first()
    if found is None:
        raise Refused("organization.none", {"id": str(organization)}, field="organization")
    return found


class ProjectsView(ApiView):
    tag = "projects"

    @described(
        "projects",
        {200: shape.ProjectsSerializer},
        parameters=[
            OpenApiParameter("q", str, description="Words that the name holds."),
            OpenApiParameter("organization", int),
            OpenApiParameter("sort", str, enum=list(ORDERS), default="-updated_at"),
            LIMIT,
            CURSOR,
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        """The projects of your organizations, latest change first."""
        order = ORDERS[choice_of(request, "sort", list(ORDERS))]
        search = request.GET.get("q", "")[:250]
        rows = narrow(projects_of(person_of(request)), search=search, organization=number_of(request, "organization"))
        found, following = one_page(request, rows, order)
        return answer(request, {"results": [_in_list(project) for project in found], "next": following})

    @described("project_create", {201: shape.ProjectSerializer}, request=shape.ProjectInSerializer)
    def post(self, request: Request) -> HttpResponse:
        """Make a project, empty as yet."""
        person = person_of(request)
        values = values_of(request, shape.ProjectInSerializer)
        membership = _membership(person, values.pop("organization", None))
        values = _resolve(values, person, membership.organization_id)
        project = create_project(person=person, membership=membership, values=values)
        door = open_project(person, project.code)
        address = reverse("api:project", kwargs={"code": project.code})
        return answer(request, _project(door), status=201, tag=project_tag(door), location=address)


class ProjectView(ApiView):
    tag = "projects"
    has_revision = True

    @described("project", {200: shape.ProjectSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """A project with its settings and totals."""
        door = open_project(person_of(request), code)
        known = not_modified(request, project_tag(door))
        return known or answer(request, _project(door), tag=project_tag(door))

    @described("project_change", {200: shape.ProjectSerializer}, request=shape.SettingsInSerializer)
    def patch(self, request: Request, code: str) -> HttpResponse:
        """Change settings; the edition stays."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        values = _resolve(values_of(request, shape.SettingsInSerializer, partial=True), person, project.organization_id)
        with telling_what_changed(project, expected):
            change_settings(project=project, person=person, expected=expected, values=values)
        door = open_project(person, code)
        return answer(request, _project(door), tag=project_tag(door))


api_urls = [
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<slug:code>/", ProjectView.as_view(), name="project"),
]
