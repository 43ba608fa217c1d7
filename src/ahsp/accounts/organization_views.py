"""The organizations a person belongs to, and who else does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ahsp.accounts import limits, members
from ahsp.accounts.access import member_of, members_of, membership_in, memberships_of, person_of, require_owner
from ahsp.accounts.forms import MemberForm, RoleForm
from ahsp.accounts.models import Membership, Person, Role
from ahsp.accounts.welcome import welcome
from ahsp.core.errors import Refused
from ahsp.core.issue_texts import issue_text


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """account/organizations.html with `memberships`; straight on to the only one."""
    own = list(memberships_of(person_of(request)))
    if len(own) == 1:
        return redirect("accounts:organization", pk=own[0].organization_id)
    return render(request, "account/organizations.html", {"memberships": own})


@require_http_methods(["GET", "POST"])
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """account/organization.html with `membership` (one's own), `members`, `roles`, and `form` (MemberForm) for owners.

    POST lets somebody in.
    """
    person = person_of(request)
    own = membership_in(person, pk)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        require_owner(own)
        if form.is_valid() and _add(request, own, person, form):
            return redirect("accounts:organization", pk=pk)
    members = members_of(own.organization)
    context = {"membership": own, "members": members, "roles": Role.choices, "form": form}
    return render(request, "account/organization.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, own: Membership, person: Person, form: MemberForm) -> bool:
    """Whether somebody was let in; if not, the form says why."""
    limits.spend(limits.ADD_MEMBER, str(person.pk))
    values = form.cleaned_data
    try:
        made = members.add_member(
            organization=own.organization, by=person, email=values["email"], role=Role(values["role"])
        )
    except Refused as refused:
        form.add_error("email", issue_text(refused.code, refused.data, get_language() or "id"))
        return False
    tone, text = welcome(request, made)
    messages.add_message(request, tone, text)
    return True


@require_POST
def set_role(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Give a member another role."""
    own = membership_in(person_of(request), pk)
    member = member_of(require_owner(own), person)
    form = RoleForm(request.POST)
    if form.is_valid() and form.cleaned_data["role"] != member.role:
        members.change_role(membership=member, by=person_of(request), role=Role(form.cleaned_data["role"]))
        words = {"name": member.person, "role": Role(member.role).label}
        messages.success(request, _("%(name)s is now: %(role)s") % words)
    return redirect("accounts:organization", pk=pk)


@require_POST
def remove(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Take a member out, or leave oneself."""
    by = person_of(request)
    own = membership_in(by, pk)
    member = own if person == by.pk else member_of(require_owner(own), person)
    members.remove_member(membership=member, by=by)
    if member is own:
        messages.success(request, _("You left %(organization)s") % {"organization": own.organization})
        return redirect("accounts:organizations")
    messages.success(request, _("%(name)s no longer belongs to %(organization)s") % {
        "name": member.person, "organization": own.organization,
    })  # fmt: skip
    return redirect("accounts:organization", pk=pk)
