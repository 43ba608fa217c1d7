"""Projects: list, make, read, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import first_writable_membership, memberships_of, person_of, writable_memberships
from ahsp.accounts.models import Membership, Person, Role
from ahsp.catalog.access import editions
from ahsp.core.api.bodies import answer, not_modified
from ahsp.core.api.etags import entity_tag, expected_revision
from ahsp.core.api.pages import CURSOR, LIMIT, page_size, with_cursor
from ahsp.core.api.problems import ApiError
from ahsp.core.api.reading import choice_of, number_of, values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.core.errors import Refused
from ahsp.estimates.bodies import book_name
from ahsp.estimates.figures import Figures, figures_of, project_figures
from ahsp.prices.access import price_books_for
from ahsp.projects import serializers as shape
from ahsp.projects.access import RIGHTS, ProjectDoor, Right, listed_role, open_project
from ahsp.projects.api import telling_what_changed
from ahsp.projects.listing import Listing, Sort, Turn, Wanted
from ahsp.projects.models import Project
from ahsp.projects.services import change_settings, create_project

LONGEST_SEARCH = 250


def project_tag(door: ProjectDoor) -> str:
    """The body says what the person may do, so the tag does too."""
    return entity_tag(door.project, get_language() or "id", door.role)


def totals_body(figures: Figures) -> dict[str, Any]:
    return {
        "total": figures.total,
        "item_count": figures.item_count,
        "incomplete": figures.incomplete,
        "complete": figures.incomplete == 0,
    }


def _in_list(project: Project, figures: Figures, role: Role) -> dict[str, Any]:
    organization = project.organization
    return {
        "code": project.code,
        "name": project.name,
        "organization": {"id": organization.pk, "name": organization.name},
        "revision": project.revision,
        "updated_at": project.updated_at,
        "role": role,
        "may_write": Right.WRITE in RIGHTS[role],
        "totals": totals_body(figures),
    }


def _plainest(number: Any) -> str:
    return f"{number.normalize():f}"


def _project(door: ProjectDoor) -> dict[str, Any]:
    project = door.project
    same = ("location", "owner_name", "vat_date", "unit_price_rounding", "total_rounding", "is_demo", "created_at")
    return {
        **_in_list(project, project_figures(project), door.role),
        **{name: getattr(project, name) for name in same},
        "edition": {"slug": project.edition.slug, "title": project.edition.title},
        "price_book": book_name(project.price_book),
        "overhead": _plainest(project.overhead),
        "hours_per_day": _plainest(project.hours_per_day),
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


def _listing(request: Request, roles: Mapping[int, str]) -> Listing:
    wanted = Wanted(
        words=tuple(request.GET.get("q", "")[:LONGEST_SEARCH].split()),
        organization=number_of(request, "organization"),
        sort=Sort(choice_of(request, "sort", [sort.value for sort in Sort])),
    )
    return Listing(list(roles), wanted, person_of(request).pk)


class ProjectsView(ApiView):
    tag = "projects"

    @described(
        "projects",
        {200: shape.ProjectsSerializer},
        parameters=[
            OpenApiParameter("q", str, description="Words that the name holds."),
            OpenApiParameter("organization", {"type": "integer", "minimum": 1}),
            OpenApiParameter("sort", str, enum=[sort.value for sort in Sort], default=Sort.CHANGED.value),
            LIMIT,
            CURSOR,
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        """The projects of your organizations, latest change first."""
        roles = dict(memberships_of(person_of(request)).values_list("organization_id", "role"))
        listing = _listing(request, roles)
        cursor = request.GET.get("cursor", "")
        if cursor and not listing.knows(cursor):
            raise ApiError(400, "api.cursor")
        page = listing.page(Turn(after=cursor), page_size(request))
        figures = figures_of(page.rows)
        results = [_in_list(one, figures[one.pk], listed_role(one, roles)) for one in page.rows]
        following = with_cursor(request, page.next.written()) if page.next else None
        return answer(request, {"results": results, "next": following})

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
