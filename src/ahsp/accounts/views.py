"""Where our sign-in, sign-up and care of an account differ from allauth's: limits, and answers that always come."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import EmailView, LoginView, PasswordResetView, SignupView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from ahsp.accounts import limits, services
from ahsp.accounts.access import person_of, token_of, tokens_of
from ahsp.accounts.forms import TokenForm
from ahsp.accounts.password_checks import note_incomplete
from ahsp.core.client_address import client_network
from ahsp.core.errors import Unavailable


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Passwords are checked, counted and logged by the adapter; what never gets there is logged here."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        if set(form.errors) - {NON_FIELD_ERRORS}:
            note_incomplete(self.request, act="sign_in", email=form.data.get("login", ""))
        answer: HttpResponse = super().form_invalid(form)
        return answer


class SignUp(SignupView):  # type: ignore[misc]
    """Person and organization in one transaction; of two at once with one e-mail address the second is told."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        limits.spend(limits.SIGN_UP, client_network(self.request))
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
        except IntegrityError:
            form.add_error("email", get_adapter().error_messages["email_taken"])
            answer = self.form_invalid(form)
        return answer


class ResetPassword(PasswordResetView):  # type: ignore[misc]
    """A link by mail, as often as one mailbox and one address may ask."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        limits.spend(limits.RESET_FROM_ADDRESS, client_network(self.request))
        limits.spend(limits.RESET_TO_MAILBOX, form.cleaned_data["email"].lower())
        answer: HttpResponse = super().form_valid(form)
        return answer


class ManageEmail(EmailView):  # type: ignore[misc]
    """The addresses of an account; most acts send a message."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.spend(limits.MANAGE_EMAIL, str(person_of(request).pk))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


@login_not_required
def reset_password(request: HttpRequest) -> HttpResponse:
    """account/password_reset.html where a mail server is set up. Raises Unavailable."""
    if not settings.MAIL_SERVER:
        raise Unavailable("mail.not_set_up")
    try:
        answer: HttpResponse = ResetPassword.as_view()(request)
    except (SMTPException, OSError) as error:
        raise Unavailable("mail.not_sent") from error
    return answer


@sensitive_variables("secret")
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """account/tokens.html with `form` (TokenForm), `tokens`, and once `secret` and `made` of the token just made.

    The answer to the form shows the secret itself: a redirect would have to keep it somewhere meanwhile.
    """
    person = person_of(request)
    form = TokenForm(request.POST or None)
    shown: dict[str, Any] = {}
    if form.is_valid():
        made, secret = services.create_token(person=person, **form.cleaned_data)
        shown = {"made": made, "secret": secret}
    status = 201 if shown else 422 if form.is_bound else 200
    context = {**shown, "form": TokenForm() if shown else form, "tokens": tokens_of(person)}
    return render(request, "account/tokens.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token of one's own."""
    token = token_of(person_of(request), pk)
    services.revoke_token(token=token)
    messages.success(request, _("%(name)s revoked") % {"name": token.name})
    return redirect("accounts:tokens")


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of the person but this one."""
    person = person_of(request)
    services.end_sessions(person=person)
    update_session_auth_hash(request, person)
    messages.success(request, _("Signed out everywhere else"))
    return redirect("account_change_password")
