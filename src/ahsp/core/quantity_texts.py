"""Sentences about quantity formulas, parameters and take-off sheets; see issue_texts."""

from __future__ import annotations

QUANTITY_TEXTS: dict[str, str] = {
    "formula.comparison_expected": "A comparison such as a < b is missing at character {position}",
    "formula.cycle": "These refer to each other in a circle: {names}",
    "formula.depends_on_invalid": "{name} (character {position}) cannot be calculated itself",
    "formula.division_by_zero": "Division by zero at character {position}",
    "formula.domain": "{function} cannot be calculated for this value, at character {position}",
    "formula.empty": "The formula is empty",
    "formula.incomplete": "The formula ends too early, at character {position}",
    "formula.name_invalid": "{name} cannot be a name: use letters, digits and _, and begin with a letter",
    "formula.name_reserved": (
        "{name} already means something in formulas: a cell of the take-off (n, p, l, t), the quantity of an item "
        "(v12) or a function; choose another name"
    ),
    "formula.number_invalid": "{text} at character {position} is not a number in this notation",
    "formula.quantity_missing": "{name} (character {position}) has no quantity yet",
    "formula.too_deep": "The formula is nested more than {limit} levels deep, at character {position}",
    "formula.too_large": "The value at character {position} becomes too large",
    "formula.too_long": "The formula is longer than {limit} characters",
    "formula.unexpected": "{text} cannot stand at character {position}",
    "formula.unknown_function": "There is no function {name} (character {position})",
    "formula.unknown_item": "There is no item {name} (character {position})",
    "formula.unknown_name": "{name} at character {position} has no value",
    "formula.wrong_arguments": "{function} at character {position} does not take {count} values",
    "parameter.exists": "There is a parameter {name} already, perhaps in other letters; choose another name",
    "parameter.in_use": (
        "{count} rows are calculated from {names}. Without it they lack their quantity; change them first, or confirm."
    ),
    "parameter.too_many": "A project holds at most {limit} parameters",
    "quantity.below_zero": "The quantity is below zero; check the deductions",
    "takeoff.in_use": (
        "The quantity of {count} items comes from a take-off sheet, which would be removed; confirm, or change the"
        " sheet."
    ),
    "quantity.too_large": "The quantity becomes too large to be meant",
    "takeoff.cell_empty": "{name} (character {position}) is an empty cell of this line",
    "takeoff.empty": "No line of the take-off has a value",
    "takeoff.faulty": "Lines of the take-off that cannot be calculated: {lines}",
    "takeoff.too_long": "A take-off sheet holds at most {limit} lines",
}
