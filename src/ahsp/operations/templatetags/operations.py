"""What checks say, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from ahsp.operations.watching.checks import Check

register = template.Library()


@register.filter
def cause(check: Check) -> str:
    """The sentence of a check that is not well."""
    return check.cause(get_language() or "id")
