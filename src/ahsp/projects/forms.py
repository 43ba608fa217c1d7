"""Project settings as a form."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ahsp.accounts.access import writable_memberships
from ahsp.accounts.models import Membership, Person
from ahsp.catalog.access import editions
from ahsp.prices.access import price_books_for
from ahsp.projects.models import Project
from ahsp.projects.services import SETTINGS


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Everything that decides how a project is calculated. `revision` is what the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    hours_per_day = forms.TypedChoiceField(
        label=_("Working hours a day (OH to OJ)"), choices=[("7", "7"), ("8", "8")], coerce=Decimal
    )

    class Meta:
        model = Project
        # The workspace has numbering and budget beside what they decide.
        fields = tuple(name for name in SETTINGS if name not in {"numbering", "budget"})
        localized_fields = ["overhead"]
        widgets = {"vat_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The codes of a bill are resolved in its edition, so a project keeps the edition it began with.
        if self.instance.pk:
            del self.fields["edition"]
            self.initial["revision"] = self.instance.revision
            self.initial["overhead"] = Decimal(f"{self.instance.overhead.normalize():f}")
            self.initial["hours_per_day"] = str(int(self.instance.hours_per_day))
        else:
            self._choices("edition").queryset = editions()
        self._choices("price_book").queryset = price_books_for(person)

    def _choices(self, name: str) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        if not isinstance(field, forms.ModelChoiceField):
            raise TypeError(f"{name} offers no rows of the database")
        return field

    def clean(self) -> dict[str, Any]:
        """Prices of one organization are not shown in another's project, though a person belongs to both."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        book, membership = values.get("price_book"), values.get("organization")
        own = membership.organization_id if membership else self.instance.organization_id
        if book is not None and own is not None and book.organization_id not in {None, own}:
            self.add_error("price_book", _("This price book belongs to another organization."))
        return values

    def ask_again(self, stored: Project, changed: Iterable[str]) -> None:
        """Keep what was typed, say beside each field of `changed` what is stored now, and accept the next try."""
        self.data = {**dict(self.data.items()), "revision": str(stored.revision)}
        marked = [name for name in changed if self.cleaned_data.get(name) != getattr(stored, name)]
        for name in marked:
            self.add_error(name, _("Saved by somebody else: %(value)s") % {"value": _shown(stored, name)})
        mend = _("Compare the marked fields, then save again to keep yours.") if marked else _("Save again to keep it.")
        lead = _("The project was changed while you were typing, so nothing is saved yet.")
        self.add_error(None, f"{lead} {mend}")


def _shown(project: Project, name: str) -> str:
    """A stored setting as a person reads it."""
    value = getattr(project, name)
    if isinstance(value, Decimal):
        return localize(Decimal(f"{value.normalize():f}"))
    display = getattr(project, f"get_{name}_display", None)
    return str(display() if display else localize(value)) or gettext("empty")


class OrganizationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """Memberships, shown by the name of their organization."""

    def label_from_instance(self, obj: Membership) -> str:
        return obj.organization.name


class CreateForm(SettingsForm):
    """Settings, and the organization the project belongs to."""

    organization = OrganizationField(label=_("Organization"), queryset=Membership.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        writable = writable_memberships(person)
        field = self._choices("organization")
        field.queryset = writable
        field.initial = writable.first()
        self.fields["edition"].initial = editions().first()
        book = price_books_for(person).first()
        self.fields["price_book"].initial = book
        # A price book knows the day its labour prices are for.
        self.fields["hours_per_day"].initial = str(int(book.hours_per_day)) if book else "7"
