"""Sums of the unit price sheet that say when they are not whole."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from ahsp.engine.pricing import Status
from ahsp.estimates.sheet import SheetGroup
from ahsp.web.templatetags.figures import bound

register = template.Library()


@register.simple_tag
def group_total(group: SheetGroup) -> SafeString:
    """A, B or C: a lower bound where a line lacks something, nothing where no line has a price."""
    statuses = {line.status for line in group.lines}
    if statuses == {Status.UNPRICED}:
        return bound(None)
    return bound(group.total, statuses != {Status.PRICED})
