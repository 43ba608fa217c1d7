"""Settings of the bare page: the application's servers, and no more around them than a signed-in page needs."""

from __future__ import annotations

from ahsp.settings import *  # noqa: F403 - everything the application has, so that both run on the same

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # allauth's apps do not start without it.
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "ahsp.loadtest.bare_page"
