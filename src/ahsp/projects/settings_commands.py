"""The command that changes settings of a project in its workspace."""

from __future__ import annotations

from decimal import Decimal

from ahsp.projects.cells import Seen, require_unchanged
from ahsp.projects.commands import Arguments, command
from ahsp.projects.entries import Entry
from ahsp.projects.serializers import WorkspaceSettingsSerializer
from ahsp.projects.services import set_settings


@command("project.settings", WorkspaceSettingsSerializer)
def change_settings(entry: Entry, arguments: Arguments) -> None:
    """Change settings; what is left out stays as it is."""
    values = dict(arguments)
    version = values.pop("version", None)
    if "hours_per_day" in values:
        values["hours_per_day"] = Decimal(values["hours_per_day"])
    require_unchanged(entry, "g", {entry.project.pk: Seen(values, version)})
    set_settings(entry, values)
