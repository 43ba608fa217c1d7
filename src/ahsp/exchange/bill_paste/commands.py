"""The command that pastes rows of the bill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahsp.engine.numbers import Notation
from ahsp.estimates.places import LAST
from ahsp.exchange.bill_paste.serializers import PasteRowsSerializer
from ahsp.exchange.bill_paste.services import paste_rows
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry


@command("rows.paste", PasteRowsSerializer)
def paste(entry: Entry, arguments: Arguments) -> Mapping[str, Any]:
    """Make sections and work items of a block of cells; tried, the answer tells what each row becomes."""
    return paste_rows(
        entry=entry,
        cells=arguments["cells"],
        fields=arguments.get("fields"),
        notation=Notation(arguments["notation"]),
        parent=arguments["parent"],
        after=arguments.get("after", LAST),
        skip_errors=arguments["skip_errors"],
    )
