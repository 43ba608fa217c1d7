"""Every address of the application."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from ahsp.accounts.views import ManageEmail, SignIn, SignUp, reset_password

handler400 = "ahsp.core.rendering.bad_request"
handler500 = "ahsp.core.rendering.server_error"
urlpatterns = [
    path("", include("ahsp.operations.urls")),
    path("api/", include("ahsp.api_urls")),
    path("", RedirectView.as_view(pattern_name="estimates:projects"), name="home"),
    path("account/login/", SignIn.as_view(), name="account_login"),
    path("account/signup/", SignUp.as_view(), name="account_signup"),
    path("account/password/reset/", reset_password, name="account_reset_password"),
    path("account/email/", ManageEmail.as_view(), name="account_email"),
    path("account/", include("ahsp.accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("ahsp.jobs.urls")),
    path("", include("ahsp.projects.urls")),
    path("", include("ahsp.estimates.urls")),
    path("", include("ahsp.exchange.urls")),
    path("", include("ahsp.workspace.urls")),
    path("", include("ahsp.catalog.urls")),
]
