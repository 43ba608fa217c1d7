"""What the workers do with the catalog."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from ahsp.core.errors import Forbidden
from ahsp.jobs.models import Job
from ahsp.jobs.registry import register
from ahsp.jobs.work import Work


def _label(_job: Job) -> str:
    return _("Reload of editions and prices")


def _opens(_job: Job) -> str:
    return reverse("catalog:index")


@register("reload_edition", label=_label, opens=_opens)
def reload_editions(work: Work) -> None:
    """Load whatever the folders of packages hold and the database does not. Running it again changes nothing."""
    if not work.job.person.is_staff:
        raise Forbidden("edition.staff_only")
    work.progress(10, "job.loading")
    said = StringIO()
    # On top of all apps, so it is named here and never imported.
    with work.completion():
        # Of two reloads the second waits here, and then finds everything loaded.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_packages'))")
        call_command("load_packages", stdout=said)
        loaded = [line.partition(":")[0] for line in said.getvalue().splitlines() if line.endswith(": loaded")]
        work.conclusion = (
            ("job.edition_loaded", {"loaded": ", ".join(loaded)}) if loaded else ("job.edition_unchanged", {})
        )
