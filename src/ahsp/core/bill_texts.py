"""Sentences for what cells and rows of a bill refuse."""

BILL_TEXTS: dict[str, str] = {
    "cell.absurd": (
        "“{text}” has more than {digits} digits before the comma or {decimals} behind it; check the number."
    ),
    "cell.ambiguous": "“{text}” can be {low:n} or {high:n}; choose how the numbers are written.",
    "cell.error_value": "The cell holds the error {text} of the spreadsheet; mend it there and copy again.",
    "cell.long": "This text has {length} characters; at most {limit} fit.",
    "cell.negative": "“{text}” is below zero; write a number from 0 on.",
    "cell.no_number": "“{text}” is no number; write it as 1.234,56.",
    "cell.no_text": "This value holds characters that no text of a bill holds; type it again.",
    "cell.percent": "“{text}” is no percentage from 0 to 100 with at most three decimals.",
    "cell.unknown": "A row of this kind has no cell {field}.",
    "paste.formula_names": "This formula names {names}, which nothing here is called; it is kept and has no value yet.",
    "paste.no_columns": "Say which column holds the descriptions or the codes.",
    "paste.sum": "A sum: it is calculated here, not pasted.",
    "paste.words": "Words without a unit, a quantity or a price: a note, not a work item.",
    "place.at_the_top": "This row stands in no section, so it cannot move out of one.",
    "place.no_section_before": "There is no section right before this row for it to move into.",
    "rows.in_use": (
        "{sections} sections and {items} lines that stand inside go with these rows, and {uses} others calculate with "
        "their quantities; confirm to remove them all."
    ),
    "section.unnamed": "Write what the section is called.",
}
