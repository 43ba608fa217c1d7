"""What an office does in a morning, in one process: `python -m tests.stack.acts BROWSERS CHANGES`, then JSON.

The database is the one that DATABASE_URL names, not one of the tests: only there every request ends its transaction.
"""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import django
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 Django comes first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from ahsp.exchange.models import BoqImport  # noqa: E402
from ahsp.projects.models import Change, Project  # noqa: E402
from tests.builders import make_edition, make_price_book  # noqa: E402
from tests.people import PASSWORD, make_cast  # noqa: E402

BILL = """No;Kode;Uraian Pekerjaan;Satuan;Volume;Harga Satuan
I;;PEKERJAAN TANAH;;;
1;1.1;Galian tanah;m3;1.042,50;
2;;Mobilisasi;ls;1;5.000.000,00
"""


def sign_in(email: str) -> Client:
    """A browser signed in through the real form."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.status_code
    return client


def change_settings(client: Client, project: Project, values: dict[str, object]) -> int:
    """Change the project as one who reads it again when somebody was faster; answers with the tries."""
    address = reverse("projects:settings", kwargs={"code": project.code})
    for tries in range(1, 200):
        page = client.get(address).content.decode()
        seen = re.search(r'name="revision" value="(\d+)"', page)
        assert seen is not None
        answer = client.post(address, {**values, "revision": seen[1]})
        if answer.status_code == 302:
            return tries
        assert answer.status_code == 409, answer.status_code
    raise AssertionError("somebody else was always faster")


def import_bill(client: Client, project: Project) -> str:
    """Upload, look, apply; answers with the page of the estimate."""
    where = {"code": project.code}
    file = SimpleUploadedFile("bill.csv", BILL.encode())
    assert client.post(reverse("exchange:import", kwargs=where), {"file": file, "notation": "auto"}).status_code == 302
    apply = reverse("exchange:apply", kwargs={**where, "pk": BoqImport.objects.get().pk})
    seen = {"notation": "auto", "revision": project.revision, "mode": "replace"}
    assert client.post(apply, seen).status_code == 302
    return client.get(reverse("estimates:rab", kwargs=where)).content.decode()


def morning(browsers: int, changes: int) -> dict[str, object]:
    """Sign in, make a project, import a bill, then change settings from many browsers at once."""
    cast = make_cast()
    values: dict[str, object] = {
        "name": "Puskesmas Cikole",
        "edition": make_edition().pk,
        "price_book": make_price_book().pk,
        "overhead": "10",
        "vat_date": "2026-01-15",
        "hours_per_day": "7",
        "unit_price_rounding": "half-up:0.01",
        "total_rounding": "none",
    }
    budi = sign_in(cast.budi.email)
    membership = cast.membership(cast.budi).pk
    assert budi.post(reverse("projects:create"), {**values, "organization": membership}).status_code == 302
    project = Project.objects.get(name=values["name"])

    total = import_bill(budi, project)

    def browse(number: int) -> int:
        client = sign_in(cast.ani.email if number % 2 else cast.budi.email)
        changed = {**values, "location": f"Room {number}"}
        tries = sum(change_settings(client, project, {**changed, "overhead": 10 + n}) for n in range(changes))
        connection.close()
        return tries

    before = Project.objects.get(pk=project.pk).revision
    with ThreadPoolExecutor(browsers) as threads:
        tries = sum(threads.map(browse, range(browsers)))
    after = Project.objects.get(pk=project.pk).revision
    return {
        "total": "116.922.800" in total,
        "changes": after - before,
        "entries": Change.objects.filter(project=project, revision__gt=before).count(),
        "tries": tries,
    }


if __name__ == "__main__":
    print(json.dumps(morning(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201 - it is what the test reads
