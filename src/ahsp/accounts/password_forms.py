"""Forms that ask for the current password. Apart from forms.py, which allauth's own forms import."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context

from ahsp.accounts.adapter import has_password


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Who guesses the current password in a browser left open is stopped like at sign-in."""

    def clean_oldpassword(self) -> str:
        typed: str = self.cleaned_data.get("oldpassword", "")
        if not has_password(context.request, self.user, typed, act="password_change"):
            raise get_adapter().validation_error("enter_current_password")
        return typed
