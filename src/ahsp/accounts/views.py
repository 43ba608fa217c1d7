"""Where our sign-up and reset of a password differ from allauth's."""

from __future__ import annotations

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordResetView, SignupView
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from ahsp.core.errors import Unavailable


class SignUp(SignupView):  # type: ignore[misc]  # allauth ships no types
    """Person and organization in one transaction; of two at once with one e-mail address the second is told."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
        except IntegrityError:
            form.add_error("email", get_adapter().error_messages["email_taken"])
            answer = self.form_invalid(form)
        return answer


@login_not_required
def reset_password(request: HttpRequest) -> HttpResponse:
    """account/password_reset.html where a mail server is set up. Raises Unavailable."""
    if not settings.MAIL_SERVER:
        raise Unavailable("mail.not_set_up")
    try:
        answer: HttpResponse = PasswordResetView.as_view()(request)
    except (SMTPException, OSError) as error:
        raise Unavailable("mail.not_sent") from error
    return answer
