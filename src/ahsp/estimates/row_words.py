"""What rows and columns of the estimate are called in the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ahsp.projects.log.words import Words, register_words

_NUMBER, _NAME, _CODE, _UNIT, _NOTE = _("Number"), _("Name"), _("Code"), _("Unit"), _("Note")
_DESCRIPTION, _FORMULA, _KIND, _PRICE = _("Description"), _("Formula"), _("Kind"), _("Price")
_KINDS = {"labor": _("Labour"), "material": _("Material"), "equipment": _("Equipment")}

register_words("s", Words(_("Section"), ("name",), {"number": _NUMBER, "name": _NAME, "parent_id": _("In section")}))
register_words(
    "i",
    Words(
        _("Work item"),
        ("description",),
        {
            "number": _NUMBER,
            "code": _CODE,
            "description": _DESCRIPTION,
            "analysis_id": _("Analysis"),
            "own_id": _("Analysis of the project"),
            "unit": _UNIT,
            "quantity": _("Quantity"),
            "formula": _FORMULA,
            "unit_price": _("Unit price of its own"),
            "overhead": _("Overhead and profit (%)"),
            "section_id": _("In section"),
        },
        together=(frozenset({"code", "analysis_id", "own_id"}), frozenset({"quantity", "formula", "measured"})),
    ),
)
register_words(
    "p",
    Words(_("Parameter"), ("name",), {"name": _NAME, "formula": _FORMULA, "unit": _UNIT, "note": _NOTE}),
)
register_words(
    "t",
    Words(
        _("Take-off line"),
        ("description",),
        {
            "item_id": _("Work item"),
            "description": _DESCRIPTION,
            "count": _("Count"),
            "length": _("Length"),
            "width": _("Width"),
            "height": _("Height"),
            "deduction": _("Deduction"),
            "formula": _FORMULA,
        },
    ),
)
register_words(
    "a",
    Words(
        _("Analysis of the project"),
        ("code", "name"),
        {"code": _CODE, "name": _NAME, "unit": _UNIT, "reference_id": _("Reference"), "note": _NOTE},
    ),
)
register_words(
    "l",
    Words(
        _("Line of an analysis"),
        ("name", "nested_code"),
        {
            "analysis_id": _("Analysis of the project"),
            "group_kind": _KIND,
            "name": _NAME,
            "nested_code": _CODE,
            "unit": _UNIT,
            "coefficient": _("Coefficient"),
            "percent": _("Per cent"),
            "price": _PRICE,
        },
        choices={"group_kind": _KINDS},
    ),
)
register_words(
    "r",
    Words(
        _("Price"),
        ("name", "unit"),
        {
            "kind": _KIND,
            "name": _NAME,
            "unit": _UNIT,
            "price": _PRICE,
            "purchase_unit": _("Purchase unit"),
            "source": _("Source"),
            "region": _("Region"),
            "dated": _("Date"),
            "document": _("Document"),
            "note": _NOTE,
        },
        choices={"kind": _KINDS},
    ),
)
register_words(
    "c",
    Words(
        _("Conversion"),
        ("name", "from_unit", "to_unit"),
        {
            "name": _NAME,
            "from_unit": _("From unit"),
            "to_unit": _("To unit"),
            "factor": _("Factor"),
            "note": _NOTE,
        },
    ),
)
