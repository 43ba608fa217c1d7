"""Where our sign-in, sign-up and care of an account differ from allauth's: limits, and answers that always come."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import EmailView, LoginView, PasswordResetView, SignupView
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from ahsp.accounts import limits
from ahsp.accounts.access import person_of
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
