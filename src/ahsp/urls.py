"""Every address of the application."""

from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="projects:list"), name="home"),
    path("account/", include("allauth.account.urls")),
    path("language/", set_language, name="set_language"),
]
