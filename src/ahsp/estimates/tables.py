"""The tables of the estimate in the row log."""

from __future__ import annotations

from ahsp.estimates import models
from ahsp.projects.tables import Table, register

register(Table("s", models.Section, ("parent_id", "position", "number", "name"), owners=(("s", "parent_id"),)))
register(
    Table(
        "i",
        models.WorkItem,
        (
            "section_id", "position", "tag", "number", "code", "analysis_id", "own_id", "description", "unit",
            "quantity", "formula", "measured", "unit_price", "overhead", "reading_issues", "quantity_issues",
        ),
        owners=(("s", "section_id"),),
        references=(("a", "own_id"),),
        calculated=("quantity", "measured", "quantity_issues"),
        calculated_by=("formula", "measured"),
    )
)  # fmt: skip
register(Table("p", models.Parameter, ("position", "name", "formula", "unit", "note")))
register(
    Table(
        "t",
        models.TakeoffLine,
        ("item_id", "position", "description", "count", "length", "width", "height", "deduction", "formula"),
        owners=(("i", "item_id"),),
    )
)
register(Table("a", models.ProjectAnalysis, ("code", "name", "unit", "reference_id", "note")))
register(
    Table(
        "l",
        models.ProjectLine,
        (
            "analysis_id", "position", "line_kind", "group_kind", "name", "unit", "nested_code", "coefficient",
            "percent", "price", "of", "reference_position",
        ),
        owners=(("a", "analysis_id"),),
    )
)  # fmt: skip
register(
    Table(
        "r",
        models.ProjectPrice,
        ("kind", "name", "unit", "price", "purchase_unit", "source", "region", "dated", "document", "note"),
    )
)
register(Table("c", models.ProjectConversion, ("name", "from_unit", "to_unit", "factor", "note")))
