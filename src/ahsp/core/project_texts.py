"""Sentences for what the acts on projects refuse."""

PROJECT_TEXTS: dict[str, str] = {
    "edition.changed": "Edition {edition} is loaded with another content; give the changed package a slug of its own.",
    "example.not_loaded": "No edition and example prices are loaded; run `./ahsp manage load_packages`.",
    "import.not_found": "This upload is no longer there; choose the file again.",
    "item.not_found": "This line is no longer in the project; go back to the estimate.",
    "organization.read_only": "You may look at projects here, not make them; ask the owner of the organization.",
    "price_book.changed": "Price book {book} is loaded with another content; give the changed one a slug of its own.",
    "project.changed": (
        "Somebody changed the project in the meantime (revision {expected} is now {revision}); nothing was written. "
        "Go back, reload and do it again."
    ),
    "project.not_found": "There is no such project, or it is not yours to see.",
    "project.read_only": "You may look at “{project}”, not change it; ask the owner of the organization.",
}
