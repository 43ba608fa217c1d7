"""The back-up volume of a project as a document."""

from __future__ import annotations

from dataclasses import replace

from ahsp.estimates.quantities.queries import Whole, whole_takeoff
from ahsp.estimates.tree import issues_from_json, item_key
from ahsp.exchange.documents.rab import RabDocument
from ahsp.exchange.documents.takeoff.document import Measurement, ShownParameter, TakeoffDocument
from ahsp.projects.models import Project


def takeoff_document(project: Project, rab: RabDocument) -> TakeoffDocument:
    """Parameters, formulas and take-off sheets of `project`, in the order of `rab`; no prices, and no word of them."""
    whole = whole_takeoff(project)
    return TakeoffDocument(
        rab=replace(rab, prices_are_example=False), parameters=_parameters(whole), measurements=_measurements(whole)
    )


def _parameters(whole: Whole) -> tuple[ShownParameter, ...]:
    values, issues = whole.found.values, whole.found.issues
    return tuple(
        ShownParameter(one.name, one.formula, one.unit, one.note, values.get(one.name), tuple(issues.get(one.name, ())))
        for one in whole.parameters
    )


def _measurements(whole: Whole) -> dict[str, Measurement]:
    sheets = whole.found.sheets
    return {
        item_key(row.pk): Measurement(
            name=row.name,
            formula=row.formula,
            lines=sheets[row.name].lines if row.name in sheets else (),
            issues=issues_from_json(row.quantity_issues),
        )
        for row in whole.items
    }
