"""Where the one search of every page looks."""

from __future__ import annotations

from django import template

from ahsp.catalog.queries import latest_edition

register = template.Library()


@register.simple_tag(takes_context=True)
def search_edition(context: template.Context) -> str:
    """Slug of the edition to search: the project's, the one on the page, else the latest; "" while none is loaded."""
    if project := context.get("project"):
        return str(project.edition.slug)
    if edition := context.get("edition"):
        return str(edition.slug)
    return latest_edition()
