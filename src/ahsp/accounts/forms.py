"""What allauth's sign-up asks beyond e-mail and password, and API tokens."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ahsp.accounts.models import ApiToken, Person, Role, Scope
from ahsp.accounts.services import found_organization


class SignUpForm(forms.Form):
    """Name of the person and of the organization that is made with the account."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    organization = forms.CharField(label=_("Organization"), max_length=200)

    field_order = ["name", "organization", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:  # noqa: ARG002 allauth's signature
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        found_organization(person=user, name=self.cleaned_data["organization"])


class MemberForm(forms.Form):
    """Somebody with an account, to be let into an organization."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.ESTIMATOR)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role)


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A token to be made."""

    days = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("1 year"))],
        coerce=int,
        initial=90,
    )
    scope = forms.ChoiceField(label=_("Access rights"), choices=Scope, initial=Scope.READ)

    class Meta:
        model = ApiToken
        fields = ["name"]
        labels = {"name": _("Name")}
