"""The total that every page of a project shows."""

from __future__ import annotations

from django import template

from ahsp.engine.estimate import PricedEstimate
from ahsp.estimates.queries import Totals, totals

register = template.Library()


@register.simple_tag(takes_context=True)
def project_totals(context: template.Context) -> Totals:
    """Of the page's own estimate, else from the cache."""
    estimate = context.get("estimate")
    if isinstance(estimate, PricedEstimate):
        return Totals(estimate.rounded_total, estimate.item_count, estimate.incomplete)
    return totals(context["project"])
