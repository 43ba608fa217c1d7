"""Sentences for what acts on a project's own analyses refuse."""

ANALYSIS_TEXTS: dict[str, str] = {
    "analysis.circular": "The analyses would contain each other in a circle: {chain}. Choose another one.",
    "analysis.code_of_edition": "The edition has an analysis {code} already; choose another code.",
    "analysis.code_taken": "The project has an analysis {code} already; choose another code.",
    "analysis.code_unusable": (
        "“{code}” cannot be a code: use letters, digits, points and hyphens, without spaces, at most 64 characters."
    ),
    "analysis.in_use": (
        "{items} work items and {analyses} analyses use {codes}. Without it they have no price; their code stays."
    ),
    "analysis.line_in_use": "{count} percentages are of these lines; without them they are of less.",
    "analysis.line_not_of": "The line {key} is none of the analysis {code}.",
    "analysis.no_reference": "{code} was not made from another analysis, so there is nothing to go back to.",
    "analysis.not_found": "There is no analysis {code} in this project or its edition.",
    "analysis.not_of_item": "{count} of these items do not use {code}; choose them anew.",
    "analysis.nested_too_deep": "{code} would be nested more than {limit} levels deep.",
    "analysis.too_long": "An analysis holds at most {limit} lines.",
    "analysis.too_many": "A project holds at most {limit} analyses of its own.",
    "line.needs_group_kind": "Say whether the line is labour, material or equipment.",
    "line.needs_name": "Write a name for the line.",
    "line.needs_nested_code": "Write the code of the analysis that the line contains.",
    "line.needs_unit": "Write the unit of the resource.",
    "percentage.of_itself": "A percentage cannot be of its own line.",
    "resource.not_used": "Nothing in this part of the project uses {name} ({unit}).",
    "resource.same": "The two resources are the same; choose another one to put in its place.",
    "typed.digits": "“{text}” has more than {digits} digits before the comma or {decimals} behind it.",
    "typed.negative": "“{text}” is below zero.",
    "typed.unreadable": "“{text}” is no number; write it like 1.234,56.",
}
