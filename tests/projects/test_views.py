"""Making a project and changing its settings through the pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ahsp.accounts.models import Membership, Role
from ahsp.prices.models import PriceBook
from ahsp.projects.models import Change, Project
from tests.people import Cast, sign_in


def values(project: Project, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Puskesmas Cikole",
        "location": "Sukabumi",
        "owner_name": "",
        "edition": project.edition_id,
        "price_book": project.price_book_id,
        "overhead": "12,5",
        "vat_date": "2026-01-15",
        "hours_per_day": "7",
        "unit_price_rounding": "floor:1",
        "total_rounding": "floor:1000",
    } | changes


def test_a_project_is_made_and_leads_to_the_import(project: Project, cast: Cast) -> None:
    form = values(project, organization=cast.membership(cast.budi).pk)
    answer = sign_in(cast.budi).post(reverse("projects:create"), form)
    made = Project.objects.get(name="Puskesmas Cikole")
    assert answer.headers["Location"] == reverse("exchange:import", kwargs={"code": made.code})
    assert (str(made.overhead), made.organization) == ("12.500", cast.office)


def test_the_hours_a_day_follow_the_price_book(project: Project, cast: Cast) -> None:
    project.price_book.hours_per_day = 8
    project.price_book.save()
    form = sign_in(cast.ani).get(reverse("projects:create")).context["form"]
    assert form["hours_per_day"].value() == "8"


def test_a_viewer_finds_no_organization_to_make_a_project_in(project: Project, cast: Cast) -> None:
    form = values(project, organization=cast.membership(cast.citra).pk)
    answer = sign_in(cast.citra).post(reverse("projects:create"), form)
    assert answer.status_code == 422
    assert not Project.objects.filter(name="Puskesmas Cikole").exists()


def test_wrong_settings_keep_what_was_typed_and_change_nothing(project: Project, cast: Cast) -> None:
    address = reverse("projects:settings", kwargs={"code": project.code})
    answer = sign_in(cast.budi).post(address, values(project, overhead="banyak", revision=1))
    assert answer.status_code == 422
    assert "banyak" in answer.content.decode()
    assert Project.objects.get(pk=project.pk).name == "Gedung Uji"


def test_settings_are_saved_with_the_revision_that_was_seen(project: Project, cast: Cast) -> None:
    address = reverse("projects:settings", kwargs={"code": project.code})
    client = sign_in(cast.budi)
    assert client.post(address, values(project, revision=1)).status_code == 302
    assert Project.objects.get(pk=project.pk).revision == 2
    stale = client.post(address, values(project, revision=1, name="Lain"))
    assert stale.status_code == 409
    assert Change.objects.filter(project=project).count() == 1


def test_stale_settings_stay_in_the_form_beside_what_somebody_else_saved(project: Project, cast: Cast) -> None:
    address = reverse("projects:settings", kwargs={"code": project.code})
    client = sign_in(cast.budi)
    client.post(address, values(project, revision=1, location="Garut"))
    stale = client.post(address, values(project, revision=1, location="Bandung", owner_name="Dinas"))
    form = stale.context["form"]
    assert form["location"].value() == "Bandung"
    assert "Garut" in form.errors["location"][0]
    assert "owner_name" not in form.errors
    assert stale.context["project"].location == "Garut"
    again = client.post(address, values(project, revision=form["revision"].value(), location="Bandung"))
    assert again.status_code == 302
    assert Project.objects.get(pk=project.pk).location == "Bandung"


def test_the_edition_of_a_project_cannot_be_changed(project: Project, cast: Cast) -> None:
    from tests.builders import make_edition

    other = make_edition("lain-2027")
    address = reverse("projects:settings", kwargs={"code": project.code})
    sign_in(cast.budi).post(address, values(project, revision=1, edition=other.pk))
    assert Project.objects.get(pk=project.pk).edition_id == project.edition_id


def test_prices_of_one_organization_stay_out_of_the_projects_of_another(project: Project, cast: Cast) -> None:
    elsewhere = cast.membership(cast.dedi).organization
    book = PriceBook.objects.create(slug="rahasia", name="Harga kantor lain", organization=elsewhere)
    Membership.objects.create(person=cast.dedi, organization=cast.office, role=Role.ESTIMATOR)
    client = sign_in(cast.dedi)
    address = reverse("projects:settings", kwargs={"code": project.code})
    assert client.post(address, values(project, revision=project.revision, price_book=book.pk)).status_code == 422
    office = Membership.objects.get(person=cast.dedi, organization=cast.office)
    form = values(project, price_book=book.pk, organization=office.pk)
    assert client.post(reverse("projects:create"), form).status_code == 422
    own = Membership.objects.get(person=cast.dedi, organization=elsewhere)
    assert client.post(reverse("projects:create"), form | {"organization": own.pk}).status_code == 302
