"""Forms for files on their way in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NOTATIONS = [
    ("auto", _("Recognize by itself")),
    ("id", _("1.234,56 (Indonesian)")),
    ("en", _("1,234.56 (English)")),
]


class UploadForm(forms.Form):
    """A bill of quantities and how its numbers are written."""

    file = forms.FileField(label=_("Bill of quantities"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}))
    notation = forms.ChoiceField(label=_("How numbers are written"), choices=NOTATIONS, initial="auto")


class ApplyForm(forms.Form):
    """How a previewed bill is written: with the notation shown, in place of the present bill or after it."""

    notation = forms.ChoiceField(choices=NOTATIONS, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("Present bill"),
        choices=[("replace", _("Replace the present bill")), ("append", _("Add after the present bill"))],
        initial="replace",
    )
