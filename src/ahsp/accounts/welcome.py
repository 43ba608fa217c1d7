"""Telling somebody who was let into an organization: by mail where there is a mail server, else by who let them in."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ahsp.accounts.models import Membership

log = structlog.get_logger(__name__)


def welcome(request: HttpRequest, made: Membership) -> tuple[int, str]:
    """Send the mail if that can be done; what to tell the owner, as a level of messages and a sentence."""
    words = {"name": str(made.person)}
    if settings.MAIL_SERVER and _sent(request, made):
        return messages.SUCCESS, _("%(name)s was added and told by mail") % words
    text = _("%(name)s was added. No mail was sent: tell them that the projects are there when they sign in.") % words
    return messages.SUCCESS, text


def _sent(request: HttpRequest, made: Membership) -> bool:
    address = request.build_absolute_uri(reverse("estimates:projects"))
    context = {"made": made, "by": request.user, "address": address}
    # A name may hold a line break, which no subject may.
    subject = " ".join(render_to_string("account/email/added_subject.txt", context).split())
    body = render_to_string("account/email/added_message.txt", context)
    try:
        send_mail(subject, body, None, [made.person.email])
    except (SMTPException, OSError) as error:
        log.warning("member.mail_failed", person=made.person_id, error=str(error))
        return False
    return True
