"""Projects, their settings, their revision and their change log."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from ahsp.accounts.models import Organization, Person, Role
from ahsp.catalog.models import Edition
from ahsp.core.fields import ExactDecimalField
from ahsp.engine.rounding import Rounding
from ahsp.prices.models import PriceBook

# Neither i, l, o, 0 nor 1: codes are read aloud and typed.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def make_code() -> str:
    """A random code for an address: 31^10 possibilities, so it cannot be guessed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class UnitPriceRounding(models.TextChoices):
    NONE = "none", _("Not rounded")
    HALF_UP_CENT = "half-up:0.01", _("Nearest Rp 0.01")
    HALF_UP_1 = "half-up:1", _("Nearest Rp 1")
    HALF_UP_100 = "half-up:100", _("Nearest Rp 100")
    HALF_UP_1000 = "half-up:1000", _("Nearest Rp 1,000")
    FLOOR_CENT = "floor:0.01", _("Down to Rp 0.01")
    FLOOR_1 = "floor:1", _("Down to Rp 1")
    FLOOR_100 = "floor:100", _("Down to Rp 100")
    FLOOR_1000 = "floor:1000", _("Down to Rp 1,000")


class Numbering(models.TextChoices):
    """How sections and work items are numbered (see ahsp.engine.numbering)."""

    WRITTEN = "written", _("As written")
    DECIMAL = "decimal", "1.1.2"
    LETTERS = "letters", "A.1.2"
    ROMAN = "roman", "I.1.a"


class Project(models.Model):
    """One estimate and its settings. `revision` rises by one with every write inside the project.

    `last_tag` is the highest tag that a work item of it ever had (see ahsp.estimates.models.WorkItem).
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="projects")
    code = models.CharField(max_length=20, unique=True, default=make_code, editable=False)
    name = models.CharField(_("project name"), max_length=250)
    location = models.CharField(_("location"), max_length=250, blank=True)
    owner_name = models.CharField(_("owner of the work"), max_length=250, blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, verbose_name=_("AHSP edition"))
    price_book = models.ForeignKey(PriceBook, on_delete=models.PROTECT, verbose_name=_("price book"))
    overhead = models.DecimalField(
        _("overhead and profit (%)"),
        max_digits=6,
        decimal_places=3,
        default=Decimal(10),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    vat_date = models.DateField(_("date that decides the VAT rule"))
    hours_per_day = models.DecimalField(_("working hours a day"), max_digits=4, decimal_places=2, default=Decimal(7))
    unit_price_rounding = models.CharField(
        _("rounding of unit prices"),
        max_length=20,
        choices=UnitPriceRounding,
        default=UnitPriceRounding.HALF_UP_CENT,
    )
    total_rounding = models.CharField(
        _("rounding of the total"), max_length=20, choices=UnitPriceRounding, default=UnitPriceRounding.FLOOR_1000
    )
    numbering = models.CharField(_("numbering"), max_length=10, choices=Numbering, default=Numbering.WRITTEN)
    budget = ExactDecimalField(
        verbose_name=_("budget (pagu)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    is_demo = models.BooleanField(default=False, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    last_tag = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        # The orders of the list of projects, and the words of its search (see projects/listing.py).
        indexes = [
            models.Index(fields=["organization", "-updated_at", "-id"], name="project_list"),
            models.Index("organization", Upper("name"), "id", name="project_by_name"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="project_name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def basis(self) -> str:
        """What figures of the project depend on beside its revision, short enough for a key.

        A backup that is restored counts the same revisions again, hence the time; an edition or a price book is
        never changed in place, but a person with the database's password can, hence their checksums.
        """
        changed = f"{self.updated_at.timestamp():.6f}" if self.updated_at else ""
        return f"{changed}-{self.edition.checksum[:8]}-{self.price_book.checksum[:8]}"

    @staticmethod
    def catch_up(several: Sequence[Project]) -> None:
        """Read those projects again that were written since: their settings count as much as their rows."""
        now = dict(Project.objects.filter(pk__in=[one.pk for one in several]).values_list("pk", "revision"))
        for one in several:
            if now.get(one.pk, one.revision) != one.revision:
                one.refresh_from_db()

    @property
    def rounding(self) -> Rounding:
        return Rounding.parse(self.unit_price_rounding)

    @property
    def rounding_of_total(self) -> Rounding:
        return Rounding.parse(self.total_rounding)


class Change(models.Model):
    """Who did what to a project, and the revision it made. Written with the act, in its transaction.

    `command` is the id a program gave the act, so that one sent twice happens once. `row_count` says how many rows it
    wrote.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(max_length=50)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    command = models.UUIDField(null=True, editable=False)
    row_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "revision"], name="one_change_per_revision"),
            models.UniqueConstraint(fields=["project", "command"], name="one_change_per_command"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} r{self.revision} {self.act}"


class RowChange(models.Model):
    """What a change did to one row: values before and after by the name of the column.

    `kind` and `row` name the row (see projects/tables.py). `before` is None for a row that was made, `after` for one
    that was removed; values are those that differ, of a made or removed row those that are not its defaults.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="row_changes")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=1)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "revision", "id"], name="row_change_order"),
            models.Index(fields=["project", "kind", "row", "revision"], name="row_change_history"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} r{self.revision} {self.kind}{self.row}"


class ProjectRole(models.Model):
    """The role of a member of the organization in one project, instead of the one that the organization gives.

    It raises or lowers; owners of the organization stay owners whatever stands here.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="roles")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="project_roles")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="one_role_in_project")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} in project {self.project_id}"


class Comment(models.Model):
    """What somebody says about a row, or about the whole project (kind "g"); with `reply_to` in answer to another.

    It names the row as the row log does and no key of a table: it is there again when the removal of the row is undone.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=1)
    row = models.BigIntegerField()
    reply_to = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["project", "kind", "row"], name="comments_of_row")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}{self.row}: {self.text[:40]}"


class Snapshot(models.Model):
    """A version: the project as it was at a revision, under a name. It is never changed but for name and note.

    `inputs` is the project's file with the ids of its rows, `lines` the priced bill as it was shown (both packed, see
    exchange/versions/content.py), `totals` what it came to. An approved one is kept as it is, and stays.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="snapshots")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    inputs = models.BinaryField()
    lines = models.BinaryField()
    totals = models.JSONField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_version_of_a_name")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.name}"
