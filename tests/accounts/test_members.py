"""Who belongs to an organization: added by an owner, changed, removed, and never without an owner."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from ahsp.accounts.models import Membership, Organization, Person, Role
from ahsp.projects.models import Project
from tests.people import PASSWORD, Cast, sign_in


def page(cast: Cast) -> str:
    return f"/account/organizations/{cast.office.pk}/"


def add(cast: Cast, email: str, role: str = "estimator") -> Any:
    return sign_in(cast.ani).post(page(cast), {"email": email, "role": role}, follow=True)


def role_of(cast: Cast, person: Person) -> str | None:
    return Membership.objects.filter(organization=cast.office, person=person).values_list("role", flat=True).first()


def test_somebody_added_sees_the_projects_at_once(project: Project, cast: Cast) -> None:
    answer = add(cast, " Dedi@Example.com ", "reviewer")
    assert answer.status_code == 200
    assert "Dedi ditambahkan" in answer.content.decode()
    assert role_of(cast, cast.dedi) == "reviewer"
    assert sign_in(cast.dedi).get(f"/p/{project.code}/").status_code == 200
    assert not mail.outbox


def test_with_a_mail_server_they_are_told(cast: Cast, settings: Any) -> None:
    settings.MAIL_SERVER = "smtp://mail.example.com"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast.office.name = "Dinas\nBcc: x@example.com <b>"
    cast.office.save()
    add(cast, "dedi@example.com")
    (message,) = mail.outbox
    assert message.to == ["dedi@example.com"]
    assert "Ani" in str(message.body)
    assert "http://testserver/projects/" in str(message.body)
    assert "Dinas Bcc: x@example.com <b>" in message.subject


def test_a_mail_server_that_is_ill_keeps_nobody_out(cast: Cast, settings: Any) -> None:
    settings.MAIL_SERVER = "smtp://127.0.0.1:9"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Tidak ada e-mail terkirim" in add(cast, "dedi@example.com").content.decode()
    assert role_of(cast, cast.dedi) == "estimator"


@pytest.mark.parametrize(
    ("email", "text"),
    [
        ("nobody@example.com", "mendaftar"),
        ("budi@example.com", "sudah menjadi anggota"),
        ("x", ""),
        ("", ""),
    ],
)
def test_who_cannot_be_added_is_said_beside_the_address(cast: Cast, email: str, text: str) -> None:
    answer = add(cast, email)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert Membership.objects.filter(organization=cast.office).count() == 4


def test_roles_change_and_people_go(project: Project, cast: Cast) -> None:
    ani = sign_in(cast.ani)
    ani.post(f"{page(cast)}members/{cast.citra.pk}/role/", {"role": "estimator"})
    assert role_of(cast, cast.citra) == "estimator"
    ani.post(f"{page(cast)}members/{cast.citra.pk}/role/", {"role": "king"})
    assert role_of(cast, cast.citra) == "estimator"
    ani.post(f"{page(cast)}members/{cast.citra.pk}/remove/")
    assert role_of(cast, cast.citra) is None
    assert sign_in(cast.citra).get(f"/p/{project.code}/").status_code == 404
    assert ani.post(f"{page(cast)}members/{cast.citra.pk}/role/", {"role": "viewer"}).status_code == 404


def test_the_last_owner_stays(cast: Cast) -> None:
    ani = sign_in(cast.ani)
    for path, data in (("role", {"role": "viewer"}), ("remove", {})):
        assert ani.post(f"{page(cast)}members/{cast.ani.pk}/{path}/", data).status_code == 409
    assert role_of(cast, cast.ani) == "owner"
    ani.post(f"{page(cast)}members/{cast.budi.pk}/role/", {"role": "owner"})
    assert ani.post(f"{page(cast)}members/{cast.ani.pk}/remove/").status_code == 302
    assert role_of(cast, cast.ani) is None


def test_everybody_may_leave_and_only_owners_act_on_others(cast: Cast) -> None:
    budi = sign_in(cast.budi)
    assert budi.post(page(cast), {"email": "dedi@example.com", "role": "owner"}).status_code == 403
    assert budi.post(f"{page(cast)}members/{cast.citra.pk}/remove/").status_code == 403
    assert budi.post(f"{page(cast)}members/{cast.budi.pk}/role/", {"role": "owner"}).status_code == 403
    left = budi.post(f"{page(cast)}members/{cast.budi.pk}/remove/", follow=True)
    assert role_of(cast, cast.budi) is None
    assert "Anda belum menjadi anggota organisasi" in left.content.decode()


def test_members_see_who_else_is_there_and_names_are_text(cast: Cast) -> None:
    cast.budi.name = "<script>alert(1)</script>"
    cast.budi.save()
    for person, dialogs in ((cast.ani, 4), (cast.citra, 1)):
        shown = sign_in(person).get(page(cast)).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert len(re.findall(r"<dialog class=.dialog. id=.remove-", shown)) == dialogs


def test_whoever_belongs_to_several_chooses(cast: Cast) -> None:
    elsewhere = Organization.objects.create(name="Kantor Kedua")
    Membership.objects.create(person=cast.ani, organization=elsewhere, role=Role.VIEWER)
    shown = sign_in(cast.ani).get("/account/organizations/").content.decode()
    assert "Kantor Kedua" in shown
    assert page(cast) in shown


def test_addresses_are_not_tried_out_without_end(cast: Cast) -> None:
    from ahsp.accounts.limits import ADD_MEMBER

    client = sign_in(cast.ani)
    tried = {"email": "n@example.com", "role": "viewer"}
    statuses = [client.post(page(cast), tried).status_code for _ in range(ADD_MEMBER.amount + 1)]
    assert statuses == [422] * ADD_MEMBER.amount + [429]
    assert Person.objects.create_user("n@example.com", PASSWORD)
