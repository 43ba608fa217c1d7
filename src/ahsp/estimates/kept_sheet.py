"""The unit price sheet of a work item as a page shows it, kept by its project's revision."""

from __future__ import annotations

from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.translation import get_language

from ahsp.core.fragments import Fragment
from ahsp.core.revision_cache import by_revision
from ahsp.estimates.presentation import RabRow, item_row
from ahsp.estimates.queries import priced_item
from ahsp.estimates.sheet import item_sheet
from ahsp.estimates.sheet_origins import origins_of_item
from ahsp.projects.models import Project


def kept_sheet(project: Project, item: int) -> tuple[RabRow, Fragment]:
    """The row of the item and estimates/partials/sheet.html in the reader's language. Raises NotFound."""
    return by_revision(f"sheet-{item}", project, lambda: _make(project, item), vary=get_language() or "id")


def _make(project: Project, item: int) -> tuple[RabRow, Fragment]:
    priced = priced_item(project, item)
    row = item_row(priced, (), priced.amount or Decimal(0))
    origins = None if priced.analysis is None else origins_of_item(project, item, priced.analysis.analysis.code)
    context = {"project": project, "item": priced, "row": row, "groups": item_sheet(priced), "origins": origins}
    return row, Fragment.of(render_to_string("estimates/partials/sheet.html", context))
