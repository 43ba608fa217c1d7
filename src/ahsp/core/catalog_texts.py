"""Sentences for editions, price lists and the search: the part of issue_texts that is about the catalog."""

from __future__ import annotations

CATALOG_TEXTS: dict[str, str] = {
    "edition.unknown": "There is no edition {slug}; there are: {known}",
    "package.checksum": "{file} differs from its checksum in the manifest; copy the package again from its source.",
    "package.columns": "{file}, row {row}: the columns must be {expected}; found: {found}.",
    "package.csv": (
        "{file}, row {row}: a quotation mark is not closed or stands in the wrong place; write the file as CSV again."
    ),
    "package.duplicate_code": (
        "{file}, row {row}: the code {code} occurs a second time; every analysis needs a code of its own."
    ),
    "package.duplicate_price": "{file}, row {row}: {resource} ({unit}) already has a price; keep one row.",
    "package.empty": "{file}, row {row}: the column {column} is empty; fill it in.",
    "package.encoding": "{file}, row {row}: the text is not UTF-8; save the file as UTF-8.",
    "package.format": "{file} is not the manifest of a package of the kind {expected}; choose another folder.",
    "package.format_version": "{file} is of format version {found}, but only {expected} can be read; update ahsp.",
    "package.group": "{file}, row {row}: the group “{value}” is none of labor, material, equipment.",
    "package.line_kind": (
        "{file}, row {row}: the kind of line “{value}” is none of resource, percentage, nested, lump_sum, information."
    ),
    "package.manifest_field": "{file}: the field {field} is missing or has a wrong value; correct it.",
    "package.manifest_syntax": "{file}, row {row}: this is not JSON; correct the file.",
    "package.missing_file": "{file} cannot be read in {folder}; a package needs it.",
    "package.number": "{file}, row {row}, column {column}: “{value}” is not a plain number such as 1234.56.",
    "package.percentage_of": (
        "{file}, row {row}: a percentage of line {value}, which is not another line of the same analysis."
    ),
    "package.position": "{file}, row {row}: the position “{value}” is wrong; positions count from 1.",
    "package.position_order": (
        "{file}, row {row}: position {position} of analysis {code} does not follow the one before; sort "
        "the lines by position."
    ),
    "package.rows": (
        "{file} has {found} rows, but the manifest says {expected}; copy the package again from its source."
    ),
    "package.scattered": "{file}, row {row}: the lines of analysis {code} are not together; sort the file by analysis.",
    "package.text": "{file}, row {row}: the column {column} has spaces at an end or invisible characters; remove them.",
    "package.too_large": "{file} is larger than {limit}; a package cannot be that large.",
    "package.too_long": "{file}, row {row}: the text in column {column} is longer than {limit} characters; shorten it.",
    "package.unknown_analysis": "{file}, row {row}: the analysis {code} is not in analyses.csv.",
    "package.unused_field": "{file}, row {row}: a line of the kind {line} has nothing in column {column}; empty it.",
    "package.width": "{file}, row {row}: {found} fields instead of {expected}.",
    "price_book.unknown": "There is no price book {slug}; choose one of: {known}.",
    "prices.blank": "{file}, row {row}, column {column}: a price without its {heading}; fill it in.",
    "prices.duplicate": (
        "{file}, row {row}, column {column}: {resource} ({unit}) has another price in row {earlier}; keep one."
    ),
    "prices.example": "{name}: example prices, not basic unit prices (HSD) of any region",
    "prices.header_missing": (
        "{file}: no header was found within the first {rows} rows. Columns needed: kind, resource, "
        "unit, price (jenis, uraian, satuan, harga)."
    ),
    "prices.impossible": (
        "{file}, row {row}, column {column}: {text} cannot be a price; correct it, or leave the cell "
        "empty where the price is not known."
    ),
    "prices.kind_missing": (
        "{file}, row {row}: the kind is missing; write labor, material or equipment (upah, bahan, alat)."
    ),
    "prices.kind_unknown": (
        "{file}, row {row}, column {column}: the kind “{text}” is not known; write labor, material or "
        "equipment (upah, bahan, alat)."
    ),
    "prices.no_example": "There are no example prices for edition {edition}; name a price list with --prices",
    "prices.none": "{file} holds no price below its header; fill in the column of prices.",
    "prices.unreadable": "{file}, row {row}, column {column}: the price “{text}” is no number; write digits only.",
    "search.nothing": (
        "Nothing found for “{query}” in {edition}. Try fewer words, another word for the same work, or "
        "a code such as 3.6.1."
    ),
    "search.words_missing": "Say what to look for: ./ahsp search WORDS, for example: ./ahsp search bata merah 1:4",
}
