"""The bill: its tree, and single sections and work items."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from ahsp.accounts.access import person_of
from ahsp.core.api.bodies import answer, answer_by_revision
from ahsp.core.api.etags import entity_tag, expected_revision
from ahsp.core.api.reading import flag_of, values_of
from ahsp.core.api.schema import described
from ahsp.core.api.views import ApiView
from ahsp.estimates import bill_serializers as shape
from ahsp.estimates import bill_services as acts
from ahsp.estimates import bodies
from ahsp.estimates.api.projects import totals_body
from ahsp.estimates.bill_queries import bill_rows, parent_of
from ahsp.estimates.bill_services import open_section
from ahsp.estimates.figures import project_figures
from ahsp.estimates.models import Section
from ahsp.estimates.places import LAST, Place
from ahsp.estimates.queries import priced_item
from ahsp.estimates.serializers import ItemPricingSerializer
from ahsp.estimates.tree import section_key
from ahsp.projects.access import open_project
from ahsp.projects.api import telling_what_changed
from ahsp.projects.models import Project

INSIDE = OpenApiParameter("with_content", bool, description="Whether what stands in the section goes with it.")


def _place(values: dict[str, Any], parent: int | None = None, *, always: bool = False) -> Place | None:
    """Takes the place out of `values`; None if they name none. `parent` is where the row stands now."""
    if not always and not {"parent", "after"} & values.keys():
        return None
    return Place(values.pop("parent", parent), values.pop("after", LAST))


def _written(request: Request, project: Project, more: dict[str, Any], **options: Any) -> HttpResponse:
    body = {"revision": project.revision, "totals": totals_body(project_figures(project)), **more}
    return answer(request, body, tag=entity_tag(project, bodies.language()), **options)


def _item(project: Project, pk: int) -> dict[str, Any]:
    return bodies.item_body(priced_item(project, pk), parent_of(project, pk))


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section_key(section.pk),
        "id": section.pk,
        "parent": section.parent_id,
        "number": section.number,
        "name": section.name,
    }


class TreeView(ApiView):
    tag = "bill"
    has_revision = True

    @described("tree", {200: shape.TreeSerializer})
    def get(self, request: Request, code: str) -> HttpResponse:
        """Sections and work items as they were entered, without prices."""
        project = open_project(person_of(request), code).project
        return answer_by_revision(request, "tree", project, lambda: bill_rows(project))


class SectionsView(ApiView):
    tag = "bill"
    has_revision = True

    @described("section_create", {201: shape.SectionWrittenSerializer}, request=shape.SectionInSerializer)
    def post(self, request: Request, code: str) -> HttpResponse:
        """Make a section."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        values = values_of(request, shape.SectionInSerializer)
        place = _place(values, always=True) or Place(None)
        with telling_what_changed(project, expected):
            made = acts.add_section(project=project, person=person, expected=expected, values=values, place=place)
        address = reverse("api:section", kwargs={"code": code, "pk": made.pk})
        return _written(request, project, {"section": _section(made)}, status=201, location=address)


class SectionView(ApiView):
    tag = "bill"
    has_revision = True

    @described("section_change", {200: shape.SectionWrittenSerializer}, request=shape.SectionInSerializer)
    def patch(self, request: Request, code: str, pk: int) -> HttpResponse:
        """Rename, renumber or move a section with all that stands in it."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        section = open_section(project, pk)
        values = values_of(request, shape.SectionInSerializer, partial=True)
        place = _place(values, section.parent_id)
        with telling_what_changed(project, expected):
            section = acts.change_section(
                project=project, person=person, expected=expected, pk=pk, values=values, place=place
            )
        return _written(request, project, {"section": _section(section)})

    @described("section_remove", {200: shape.WrittenSerializer}, parameters=[INSIDE])
    def delete(self, request: Request, code: str, pk: int) -> HttpResponse:
        """Take a section out. One that is not empty stays, unless `with_content` is true."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected, inside = expected_revision(request), flag_of(request, "with_content")
        with telling_what_changed(project, expected):
            acts.remove_section(project=project, person=person, expected=expected, pk=pk, with_content=inside)
        return _written(request, project, {})


class ItemsView(ApiView):
    tag = "bill"
    has_revision = True

    @described("item_create", {201: shape.ItemWrittenSerializer}, request=shape.ItemInSerializer)
    def post(self, request: Request, code: str) -> HttpResponse:
        """Make a work item."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        values = values_of(request, shape.ItemInSerializer)
        place = _place(values, always=True) or Place(None)
        with telling_what_changed(project, expected):
            made = acts.add_item(project=project, person=person, expected=expected, values=values, place=place)
        address = reverse("api:item", kwargs={"code": code, "pk": made.pk})
        return _written(request, project, {"item": _item(project, made.pk)}, status=201, location=address)


class ItemView(ApiView):
    tag = "bill"
    has_revision = True

    @described("item", {200: shape.ItemReadSerializer})
    def get(self, request: Request, code: str, pk: int) -> HttpResponse:
        """A work item with what it comes to."""
        project = open_project(person_of(request), code).project
        body = lambda: {"revision": project.revision, "item": _item(project, pk)}  # noqa: E731
        return answer_by_revision(request, f"item-{pk}", project, body)

    @described("item_change", {200: shape.ItemWrittenSerializer}, request=shape.ItemInSerializer)
    def patch(self, request: Request, code: str, pk: int) -> HttpResponse:
        """Change values of a work item, or its place; what is left out stays."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        parent = parent_of(project, pk)
        values = values_of(request, shape.ItemInSerializer, partial=True)
        place = _place(values, parent)
        with telling_what_changed(project, expected):
            acts.change_item(project=project, person=person, expected=expected, pk=pk, values=values, place=place)
        return _written(request, project, {"item": _item(project, pk)})

    @described("item_remove", {200: shape.WrittenSerializer})
    def delete(self, request: Request, code: str, pk: int) -> HttpResponse:
        """Take a work item out."""
        person = person_of(request)
        project = open_project(person, code).require_write()
        expected = expected_revision(request)
        with telling_what_changed(project, expected):
            acts.remove_item(project=project, person=person, expected=expected, pk=pk)
        return _written(request, project, {})


class ItemPricingView(ApiView):
    tag = "figures"
    has_revision = True

    @described("item_pricing", {200: ItemPricingSerializer})
    def get(self, request: Request, code: str, pk: int) -> HttpResponse:
        """The unit price sheet of a work item: every figure with where it is from."""
        project = open_project(person_of(request), code).project
        body = lambda: bodies.item_pricing(project, priced_item(project, pk))  # noqa: E731
        return answer_by_revision(request, f"item-pricing-{pk}", project, body)


api_urls = [
    path("projects/<slug:code>/tree/", TreeView.as_view(), name="tree"),
    path("projects/<slug:code>/sections/", SectionsView.as_view(), name="sections"),
    path("projects/<slug:code>/sections/<int:pk>/", SectionView.as_view(), name="section"),
    path("projects/<slug:code>/items/", ItemsView.as_view(), name="items"),
    path("projects/<slug:code>/items/<int:pk>/", ItemView.as_view(), name="item"),
    path("projects/<slug:code>/items/<int:pk>/pricing/", ItemPricingView.as_view(), name="item_pricing"),
]
