"""The fixed cast. Ani owns, Budi estimates, Citra only looks, Eka reviews; Dedi is a stranger with his own office."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from ahsp.accounts.models import Membership, Organization, Person, Role

PASSWORD = "kayu-kaso-lima-tujuh"


@dataclass(frozen=True)
class Cast:
    office: Organization
    ani: Person
    budi: Person
    citra: Person
    dedi: Person
    eka: Person

    def membership(self, person: Person) -> Membership:
        return Membership.objects.get(person=person)


def _join(name: str, office: Organization, role: Role) -> Person:
    person = Person.objects.create_user(f"{name}@example.com", PASSWORD, name=name.title())
    Membership.objects.create(person=person, organization=office, role=role)
    return person


def make_cast() -> Cast:
    """An office of four and a stranger."""
    office = Organization.objects.create(name="Dinas PUPR Kota Contoh")
    elsewhere = Organization.objects.create(name="Kantor Lain")
    return Cast(
        office=office,
        ani=_join("ani", office, Role.OWNER),
        budi=_join("budi", office, Role.ESTIMATOR),
        citra=_join("citra", office, Role.VIEWER),
        dedi=_join("dedi", elsewhere, Role.OWNER),
        eka=_join("eka", office, Role.REVIEWER),
    )


def sign_in(person: Person) -> Client:
    """A browser in which `person` is signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
