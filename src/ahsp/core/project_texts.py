"""Sentences for what the acts on projects refuse."""

PROJECT_TEXTS: dict[str, str] = {
    "cells.changed": (
        "Somebody else wrote {count} of these cells in the meantime; nothing of yours was written yet. Compare both "
        "values and keep one."
    ),
    "change.filled_since": "Something was put into what this would remove ({key}); move or remove it first.",
    "change.in_use": "What revision {revision} made is used elsewhere by now, so it cannot be taken back.",
    "change.made_row": (
        "Revision {revision} made this row ({key}), so there is nothing before it; remove the row instead."
    ),
    "change.not_found": "There is no revision {revision} in the change log of this project.",
    "change.not_of_row": "Revision {revision} did not write the row {key}.",
    "change.not_undoable": "Revision {revision} changed no rows that could be put back.",
    "change.overwritten": "{count} of the values have been changed since; compare them, then undo all the same.",
    "change.owner_gone": "What it belonged to ({key}) is no longer there; restore that first.",
    "change.row_there": "The row {key} is in the project already.",
    "command.contradicts": "{command} contradicts what is stored by now; look at the present state and do it again.",
    "command.unknown": "There is no command {name}.",
    "key.unknown": "There is no row {key} here.",
    "comment.answered": "Somebody answered this comment; settle it instead, or ask an owner to remove it.",
    "comment.in_use": "{count} answers go with this comment.",
    "comment.no_thread": "An answer is settled with the comment it belongs to.",
    "comment.not_found": "This comment is no longer there.",
    "comment.not_yours": "Somebody else wrote this comment; only they change it, and an owner may remove it.",
    "edition.changed": "Edition {edition} is loaded with another content; give the changed package a slug of its own.",
    "edition.staff_only": "Only the staff of this server may load packages; ask whoever runs it.",
    "example.not_loaded": "No edition and example prices are loaded; run `./ahsp manage load_packages`.",
    "grid.no_such_part": "The bill has {parts} parts; there is no part {part}, counted from 0.",
    "import.not_found": "This upload is no longer there; choose the file again.",
    "item.not_found": "This line is no longer in the project; go back to the estimate.",
    "item.empty": "Write a description, or the code of an analysis of this edition.",
    "organization.none": "There is no organization {id} in which you may make projects.",
    "organization.read_only": "You may look at projects here, not make them; ask the owner of the organization.",
    "place.unknown": "There is no row {key} in that section to stand behind.",
    "price_book.changed": "Price book {book} is loaded with another content; give the changed one a slug of its own.",
    "price_book.unknown": "There is no price book {slug} for this project.",
    "project_file.broken": "{file} cannot be read as a project: {reason}. Nothing was written.",
    "project_file.format": "{file} is no project file of version {version}; `./ahsp manage dump_project` writes one.",
    "project_file.price_book": "The price book {book} is not here for this organization; load it first.",
    "project.changed": (
        "Somebody changed the project in the meantime (revision {expected} is now {revision}); nothing was written. "
        "Go back, reload and do it again."
    ),
    "project.locked": "“{project}” is locked as an approved version; an owner can unlock it.",
    "project.not_found": "There is no such project, or it is not yours to see.",
    "project.no_approval": "Your role in “{project}” is {role}; reviewers and owners approve versions.",
    "project.no_comments": "Your role in “{project}” is {role}; you may read comments there, not write them.",
    "project.owners_only": "Your role in “{project}” is {role}; that takes an owner.",
    "project.read_only": (
        "Your role in “{project}” is {role}: you may look at it, not change it. Nothing was written; ask an owner."
    ),
    "row.not_found": "The row {key} is no longer in “{project}”.",
    "section.inside_itself": "A section cannot stand inside itself.",
    "section.not_empty": (
        "“{section}” holds {sections} sections and {items} lines; remove them first, or say that they go with it."
    ),
    "section.not_found": "This section is no longer in the project.",
    "section.too_deep": "Sections may be nested {limit} levels deep.",
    "section.unknown": "There is no section {id} in this project.",
    "table.unknown": "There is no table {table}; there are {known}.",
    "typed.rate": "“{text}” is no rate; write a number from 0 to 100 with at most three decimals, such as 12,5.",
    "version.approved": "“{name}” is approved already.",
    "version.approved_stays": "“{name}” is approved: it stays, with its name.",
    "version.changed_since": "The project was changed after “{name}”; save it as a version and approve that one.",
    "version.name_taken": "There is a version “{name}” already; give this one another name.",
    "version.not_found": "There is no such version of this project, or no longer.",
    "version.not_yours": "Somebody else saved “{name}”; they or an owner change it.",
    "version.price_book": "The price book {book} of this version is not here any more.",
    "version.too_many": "A project may have {limit} versions; remove one first.",
    "workspace.no_step": "The workspace has no step {step}; choose one from the list at the left.",
}
