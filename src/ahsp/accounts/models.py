"""People, organizations and who belongs where."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    session_epoch = models.PositiveIntegerField(default=0)
    """Raised to end every session there is."""

    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to be one of this person's: as Django's, and ended by a change of the epoch."""
        usual: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # Django's stubs leave it out
        return f"{self.session_epoch}-{usual}" if self.session_epoch else usual

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        parts = (self.name or self.email).replace("@", " ").split()
        return "".join(part[0] for part in parts[:2]).upper()


class Organization(models.Model):
    """An office or agency. Every project belongs to one."""

    name = models.CharField(_("organization"), max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    people = models.ManyToManyField(Person, through="Membership", related_name="organizations")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ESTIMATOR = "estimator", _("Estimator")
    REVIEWER = "reviewer", _("Reviewer")
    VIEWER = "viewer", _("Viewer")


WRITING_ROLES = frozenset({Role.OWNER, Role.ESTIMATOR})


class Membership(models.Model):
    """A person's role in an organization."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.ESTIMATOR)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organization"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} in {self.organization_id}"

    @property
    def may_write(self) -> bool:
        return self.role in WRITING_ROLES


class Scope(models.TextChoices):
    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class ApiToken(models.Model):
    """What a program signs in with, in the name of a person and never beyond that person's rights.

    `key` names the token and stands in front of the secret; of the secret only `hash` is kept. A revoked token stays,
    so that lines of the log that name it can still be explained.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=16, unique=True)
    hash = models.CharField(max_length=64)
    scope = models.CharField(_("may"), max_length=5, choices=Scope)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class SignInFailure(models.Model):
    """Wrong passwords for one account from one source, in the two windows of accounts/guessing.py.

    `account` and `source` are pseudonyms (accounts/pseudonyms.py): the table names neither people nor addresses.
    """

    account = models.CharField(max_length=32)
    source = models.CharField(max_length=32)
    recent = models.PositiveIntegerField()
    recent_since = models.DateTimeField()
    daily = models.PositiveIntegerField()
    daily_since = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "source"], name="one_count_of_failures")]
        indexes = [models.Index(fields=["source", "recent_since"], name="failures_of_source")]

    def __str__(self) -> str:
        return f"{self.account} from {self.source}: {self.recent}"


class Tally(models.Model):
    """How often something was done until a moment, for accounts/limits.py. `key` is a pseudonym."""

    key = models.CharField(max_length=32, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
