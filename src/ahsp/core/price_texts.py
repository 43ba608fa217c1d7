"""Sentences about the prices and conversions of a project; see issue_texts."""

from __future__ import annotations

PRICE_TEXTS: dict[str, str] = {
    "cells.refused": "{count} of the cells cannot be used as they were typed; nothing was written.",
    "conversion.contradicts": (
        "1 {from_unit} of {name} is already {other:n} {to_unit} by what is recorded, so it cannot be {factor:n}."
    ),
    "conversion.factor": "Write how many {to_unit} 1 {from_unit} is: a number above 0, such as 50 or 1.400,5.",
    "conversion.in_use": "{count} prices are converted by this; without it they are missing.",
    "conversion.labor": (
        "Days and hours of people are bridged by the working hours a day of the project (now {hours:n}), not by a "
        "factor; change that setting."
    ),
    "conversion.same_unit": "{from_unit} and {to_unit} are the same unit; a factor between them says nothing.",
    "conversion.unit_missing": "Write both units.",
    "list.ambiguous": "“{text}” can mean {first:n} or {second:n}; choose above how the numbers are written.",
    "list.contradicts": "Row {row} gives another price for the same resource; leave one of the two out.",
    "list.price_zero": "A price of 0 in a list is taken as not filled in; type it in the table if it is meant.",
    "list.repeated": "The same as row {row}.",
    "list.several": "{count} resources of the project are called so; write the unit and the kind of the one meant.",
    "list.unit_missing": "The row has no unit, and a price without its unit says nothing.",
    "price.absurd": "{text} has more digits than a price is plausible with; correct it.",
    "price.ambiguous": (
        "“{text}” can mean {first:n} or {second:n}; write thousands with a full stop, decimals with a comma."
    ),
    "price.date": "“{text}” is no date; write it as 31/12/2026.",
    "price.negative": "{text} is negative; a price is 0 or above.",
    "price.needs_conversion": (
        "How many {to_unit} of {name} are in 1 {from_unit} is not recorded; record the factor, then the price per "
        "{from_unit} counts."
    ),
    "price.none_of_own": "{resource} has no price of this project; write one first, then where it is from.",
    "price.too_long": "This text is longer than {limit} characters; shorten it.",
    "price.unreadable": "“{text}” is no number; write digits only, such as 1.234,56. Formulas are not read here.",
    "resource.twice": "{resource} stands twice among these cells; write each once.",
    "resource.unknown": "{resource} is in no analysis of this edition and of this project.",
}
